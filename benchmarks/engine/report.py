"""Figures of a run, as a page in Markdown. What it says about them is computed from them."""
import datetime
import os
import platform
import re
import statistics
import subprocess
from pathlib import Path

BAR = 0.95
QUIET = 0.5


class Run:
    """What every peer took in every round."""

    def __init__(self, names: list, start_seconds: dict):
        self.names = names
        self.start_seconds = start_seconds
        self.load_before = os.getloadavg()[0]
        self.stolen_before = stolen()
        self.measured = {}
        self.memory = {}

    def add(self, kind: str, sequences: int, took: dict) -> None:
        for name in self.names:
            self.measured.setdefault((kind, sequences, name), []).append(took[name])

    def remember_memory(self, pids: dict) -> None:
        self.memory = {name: memory(pid) for name, pid in pids.items()}
        self.stolen = stolen() - self.stolen_before

    def ratios(self, kind: str, sequences: int, name: str) -> list:
        """Round by round, as the machine's state drifts."""
        floor = self.measured[kind, sequences, self.names[0]]
        return [mine.rate() / its.rate() for mine, its in zip(self.measured[kind, sequences, name], floor)]

    def cpu_ratios(self, kind: str, sequences: int, name: str) -> list:
        """Tokens for a second of processor time, beside the plain loop's."""
        floor = self.measured[kind, sequences, self.names[0]]
        return [(mine.tokens / mine.cpu) / (its.tokens / its.cpu)
                for mine, its in zip(self.measured[kind, sequences, name], floor)]

    def kinds(self) -> list:
        return sorted({(kind, sequences) for kind, sequences, _ in self.measured}, key=lambda k: (k[0] == "decode", k[1]))


def write(run: Run, natives: Path, weights: Path, asked, root: Path) -> None:
    page = "\n".join([
        "# The engine beside a plain llama.cpp loop", "",
        *facts(run, natives, weights, asked, root), "",
        *table(run), "",
        *processes(run), "",
        "## Remarks", "",
        *remarks(run, asked), ""])
    print(page)
    asked.report.write_text(page)


def facts(run: Run, natives: Path, weights: Path, asked, root: Path) -> list:
    def git(*arguments) -> str:
        return subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True).stdout.strip()

    changed = ", changed since" if git("status", "--porcelain", "--", "node", "platform", "benchmarks/engine/*.c") else ""
    library = next(natives.glob("libllama*.so")).name
    return [
        f"    ./dev bench engine --rounds {asked.rounds} --tokens {asked.tokens} --threads {asked.threads}", "",
        f"- {datetime.date.today()}, commit {git('rev-parse', '--short', 'HEAD')}{changed}",
        f"- {processor()}, {os.cpu_count()} processors, {total_memory():.0f} GB, Linux {platform.release().split('-')[0]}",
        f"- {library}, {weights.name}, {asked.threads} thread(s), steps of 512 tokens, 4 slots of 2048 tokens",
        f"- load average {run.load_before:.1f} before; {run.stolen:.1f} s of processor time were stolen by neighbours",
        f"- {asked.rounds} rounds after one to warm up; all take turns within a round, on the same prompts, greedily;"
        " median (lowest – highest)"]


def table(run: Run) -> list:
    rows = ["| work | sequences | who | tokens / s | beside the plain loop | tokens / CPU second, beside it |",
            "|---|---|---|---|---|---|"]
    for kind, sequences in run.kinds():
        for name in run.names:
            rates = [took.rate() for took in run.measured[kind, sequences, name]]
            rows.append(f"| {kind} | {sequences} | {name} | {spread(rates, 1)} | {spread(run.ratios(kind, sequences, name), 2)}"
                        f" | {spread(run.cpu_ratios(kind, sequences, name), 2)} |")
    return rows


def processes(run: Run) -> list:
    rows = ["| who | start to ready | resident | of it weights and libraries, which are shared |", "|---|---|---|---|"]
    for name in run.names:
        resident, files = run.memory[name]
        rows.append(f"| {name} | {run.start_seconds[name]:.2f} s | {resident:.0f} MB | {files:.0f} MB |")
    return rows


def remarks(run: Run, asked) -> list:
    lines = []
    if run.load_before > QUIET or run.stolen > 1:
        lines.append(f"- **Not quiet**: the machine was busy with other things (load average {run.load_before:.1f} before,"
                     f" {run.stolen:.1f} s stolen). Read ratios only, and those with care.")
    for name in run.names[1:]:
        medians = {key: statistics.median(run.ratios(*key, name)) for key in run.kinds()}
        (kind, sequences), worst = min(medians.items(), key=lambda item: item[1])
        below = [key for key, ratio in medians.items() if ratio < BAR]
        verdict = f"below the bar of {BAR} in {len(below)} of {len(medians)} rows" if below else f"at or above the bar of {BAR} everywhere"
        lines.append(f"- {name[0].upper() + name[1:]}: {verdict}; the lowest median ratio is {worst:.2f}"
                     f" ({kind}, {sequences} sequence{'s' if sequences > 1 else ''}).")
        if name == run.names[-1] and (beside := medians["decode", 2]) > 1.05:
            lines.append(f"- {beside:.2f} at 2 sequences is no merit of ours: the engine takes the slots unused for longest, llama.cpp"
                         " splits a step whose slots are not neighbours, and its product with this model's Q8_0 output matrix takes"
                         " longer for 2 columns together than one by one. The loops use neighbours.")
    for name in run.names:
        alone, four = (statistics.median(t.rate() for t in run.measured["decode", n, name]) for n in (1, 4))
        lines.append(f"- Batching, {name}: 4 sequences make {four / alone:.2f} times the tokens of one.")
    lines.append(f"- In all {asked.rounds * 3} decode measurements the engine's loop chose the plain loop's tokens, one by one.")
    return lines


def spread(values: list, digits: int) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} – {max(values):.{digits}f})"


def memory(pid: int) -> tuple:
    """Resident MB, and of it what is a mapped file."""
    status = Path(f"/proc/{pid}/status").read_text()
    return tuple(int(re.search(rf"{name}:\s+(\d+)", status).group(1)) / 1024 for name in ("VmRSS", "RssFile"))


def processor() -> str:
    return re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()).group(1)


def total_memory() -> float:
    return int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 1024 / 1024


def stolen() -> float:
    return int(Path("/proc/stat").read_text().split()[8]) / os.sysconf("SC_CLK_TCK")
