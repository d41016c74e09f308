"""The report: facts of the machine, tables, and remarks that follow from the figures alone."""
import os
import platform
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from statistics import median


def spread(values: list, digits: int = 2) -> str:
    return f"{median(values):.{digits}f} ({min(values):.{digits}f} … {max(values):.{digits}f})"


def ratio(rows: list, floor: list, what: str) -> list:
    return [getattr(mine, what) / getattr(theirs, what) for mine, theirs in zip(rows, floor)]


def machine() -> list:
    cpu = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    return [f"{cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} processors, {int(memory.group(1)) / 2**20:.0f} GiB, "
            f"Linux {platform.release()}",
            _first_line([_java(), "-version"]) + "; " + _first_line(["nginx", "-v"]) + "; "
            + _first_line(["wrk", "-v"]).split(" Copyright")[0]]


def _java() -> str:
    return str(Path(os.environ["JAVA_HOME"]) / "bin/java") if "JAVA_HOME" in os.environ else "java"


def _first_line(command: list) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip().split("\n")[0]


def commit(root: Path) -> str:
    done = subprocess.run(["git", "-C", str(root), "describe", "--always", "--dirty"], capture_output=True, text=True)
    return done.stdout.strip()


def closed_table(name: str, rows: dict) -> list:
    lines = [f"### {name}", "",
             "| who | CPU seconds / 10,000 | beside nginx | requests / s, closed loop | beside nginx | p50 ms | p99 ms |",
             "|---|---|---|---|---|---|---|"]
    for who, mine in rows.items():
        floor = rows["nginx"]
        lines.append(f"| {who} | {spread([r.cpu for r in mine])} | {spread(ratio(mine, floor, 'cpu'))} | "
                     f"{spread([r.rate for r in mine], 0)} | {spread(ratio(mine, floor, 'rate'))} | "
                     f"{spread([r.p50 for r in mine])} | {spread([r.p99 for r in mine])} |")
    return [*lines, ""]


def paced_table(rate: int, rows: dict) -> list:
    lines = [f"### {rate} requests a second, 1 KB each way, from the moment a request was due", "",
             "| who | p50 ms | p99 ms | p50 added | p99 added |", "|---|---|---|---|---|"]
    for who, mine in rows.items():
        added = [[getattr(r, p) - getattr(d, p) for r, d in zip(mine, rows["upstream alone"])] for p in ("p50", "p99")]
        lines.append(f"| {who} | {spread([r.p50 for r in mine])} | {spread([r.p99 for r in mine])} | "
                     f"{spread(added[0])} | {spread(added[1])} |")
    return [*lines, ""]


def remarks(tables: dict, paced: dict, load_before: float, cores: int) -> list:
    lines = []
    for name, rows in tables.items():
        cpu = median(ratio(rows["gateway"], rows["nginx"], "cpu"))
        rate = median(ratio(rows["gateway"], rows["nginx"], "rate"))
        lines.append(f"{name}: the gateway spends {cpu:.1f} times nginx's CPU a request and reaches {rate:.0%} of its rate.")
        busiest = median(r.cores for r in rows["gateway"])
        if busiest > 0.9 * cores:
            lines.append(f"{name}: {busiest:.1f} of {cores} processors were busy, load generator and mock included: the rate is what "
                         "this machine can do with all of them on it, not the gateway's limit.")
        for who, mine in rows.items():
            if max(r.cpu for r in mine) > 1.3 * min(r.cpu for r in mine):
                lines.append(f"{name}: {who}'s CPU differs by more than 30 % between rounds; take its median with care.")
    added = median(g.p99 - d.p99 for g, d in zip(paced["gateway"], paced["upstream alone"]))
    theirs = median(n.p99 - d.p99 for n, d in zip(paced["nginx"], paced["upstream alone"]))
    lines.append(f"At the fixed rate the gateway adds {added:.2f} ms at p99, nginx {theirs:.2f} ms.")
    alone = median(d.p99 for d in paced["upstream alone"])
    if alone > 2:
        lines.append(f"The upstream alone has a p99 of {alone:.1f} ms at that rate: stalls of the machine, in which what a proxy adds is lost.")
    if load_before > 0.5:
        lines.append(f"The machine was NOT quiet (load average {load_before:.1f} before the start): do not publish these figures.")
    return lines


def write(file: Path, root: Path, flags: list, asked, tables: dict, paced: dict, memory: dict, load_before: float) -> str:
    command = " ".join(["./dev bench gateway", *sys.argv[1:]])
    text = ["# The gateway beside nginx", "",
            "Same mock engine, same load, one run, rounds interleaved. nginx only proxies, without an access log: it is the floor. The",
            "gateway has everything on: keys, routing, limits and deadlines, ledger on disk, metrics, access log.", "",
            f"- {datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC, commit {commit(root)}, load average before {load_before:.2f}",
            *[f"- {fact}" for fact in machine()],
            f"- command: `{command}`",
            f"- {asked.rounds} rounds of {asked.seconds} s each; median (lowest … highest)",
            f"- the gateway's JVM, as `./deepseek up` starts it: `{' '.join(flags)}`", "",
            *[line for name, rows in tables.items() for line in closed_table(name, rows)],
            *paced_table(asked.rate, paced),
            "### Resident memory at the end", "",
            *[f"- {who}: {megabytes:.0f} MB" for who, megabytes in memory.items()], "",
            "## Remarks", "",
            *[f"- {line}" for line in remarks(tables, paced, load_before, os.cpu_count() or 1)], ""]
    file.write_text("\n".join(text))
    return "\n".join(text)
