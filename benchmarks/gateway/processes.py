"""The processes under measurement: how they start, and what they cost."""
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGE = "org.deepseekplugin.gateway.bench."
TICKS = os.sysconf("SC_CLK_TCK")


def java() -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else "java"


def server_flags() -> list:
    """What `./deepseek up` starts its server with, read from where it does."""
    up = ROOT / "apps/cli/src/main/java/org/deepseekplugin/cli/up"
    program = (up / "Program.java").read_text()
    flags = [flag for flag in re.findall(r'"(-[^"]+)"', program) if not flag.startswith(("-cp", "--watch", "-Duser"))]
    heap = re.search(r'"server",\s*ServerMain\.class\.getName\(\),\s*"(\w+)"', (up / "Supervisor.java").read_text())
    if heap is None or "-Xmx" not in flags or "-XX:TieredStopAtLevel=" not in flags:
        sys.exit("cannot find the server's flags in apps/cli/…/up: benchmarks/gateway/processes.py must learn their new place")
    level = re.search(r'TieredStopAtLevel="\s*\+\s*\(name\.equals\("server"\) \? "(\d)"', program)
    full = {"-Xmx": "-Xmx" + heap.group(1), "-XX:TieredStopAtLevel=": "-XX:TieredStopAtLevel=" + level.group(1)}
    return [full.get(flag, flag) for flag in flags]


def classpath() -> str:
    file = ROOT / "gateway/target/bench.classpath"
    maven = ["mvn", "-q", "-B", "-o", "-f", str(ROOT / "pom.xml"), "-pl", "gateway", "-am", "test-compile",
             "dependency:build-classpath", f"-Dmdep.outputFile={file}", "-Dmdep.includeScope=test"]
    done = subprocess.run(maven, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    target = ROOT / "gateway/target"
    return f"{target}/classes:{target}/test-classes:{file.read_text()}"


class Processes:
    """Everything that was started, ended together."""

    def __init__(self, folder: Path, path: str):
        self.folder = folder
        self.path = path
        self.running = []

    def java(self, flags: list, main_class: str, *arguments) -> subprocess.Popen:
        line = [java(), *flags, "-cp", self.path, PACKAGE + main_class, *map(str, arguments)]
        return self._start(line, (self.folder / (main_class + ".log")).open("w"))

    def nginx(self, conf: str, **values) -> subprocess.Popen:
        text = (HERE / conf).read_text()
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        file = self.folder / conf
        file.write_text(text.replace("@DIR@", str(self.folder)))
        return self._start(["nginx", "-c", str(file), "-g", "daemon off;"], None)

    def _start(self, line: list, log) -> subprocess.Popen:
        process = subprocess.Popen(line, stdout=log, stderr=log)
        self.running.append(process)
        return process

    def end(self) -> None:
        for process in self.running:
            process.terminate()
            process.wait()


def family(pid: int) -> list:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def cpu_seconds(pid: int) -> float:
    return sum(_own_cpu_seconds(one) for one in family(pid))


def _own_cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    status = [Path(f"/proc/{one}/status").read_text() for one in family(pid)]
    return sum(int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) for text in status) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit(f"nothing listens on port {port} after 60 s")
