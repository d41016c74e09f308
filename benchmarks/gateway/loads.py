"""Two ways to load a port: as fast as it answers (wrk), and at a fixed rate (PacedLoad)."""
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from processes import PACKAGE, cpu_seconds, java

HERE = Path(__file__).resolve().parent


@dataclass
class Target:
    name: str
    port: int
    pid: int


@dataclass
class Closed:
    """What wrk and /proc say of one round."""
    cpu: float          # seconds for 10,000 requests
    rate: float         # requests a second
    p50: float          # milliseconds
    p99: float
    cores: float        # busy in the whole machine meanwhile


def closed(target: Target, connections: int, stream: bool, seconds: int) -> Closed:
    before, busy, began = cpu_seconds(target.pid), _busy_seconds(), time.monotonic()
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency",
                           "-s", str(HERE / "chat.lua"), f"http://127.0.0.1:{target.port}"],
                          env=dict(os.environ, BENCH_STREAM=str(stream).lower()), capture_output=True, text=True)
    used = cpu_seconds(target.pid) - before
    cores = (_busy_seconds() - busy) / (time.monotonic() - began)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout or done.returncode != 0:
        sys.exit(f"{target.name} failed under load:\n{done.stdout}{done.stderr}")
    count = int(re.search(r"(\d+) requests in", done.stdout).group(1))
    # requests still running at the end have used CPU, too: half of one each
    count += connections / 2
    return Closed(used / count * 10_000, count / seconds, _millis(done.stdout, "50%"), _millis(done.stdout, "99%"), cores)


def _millis(text: str, percentile: str) -> float:
    value, unit = re.search(rf"{percentile}\s+([\d.]+)(us|ms|s|m)\b", text).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def _busy_seconds() -> float:
    fields = list(map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]))
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


@dataclass
class Paced:
    """Latencies from the moment a request was due, in milliseconds."""
    p50: float
    p99: float


def paced(path: str, target: Target, rate: int, seconds: int) -> Paced:
    done = subprocess.run([java(), "-XX:+UseSerialGC", "-cp", path, PACKAGE + "PacedLoad",
                           str(target.port), str(rate), str(seconds)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{target.name} failed at {rate} requests a second:\n{done.stdout}{done.stderr}")
    p50, p99 = map(float, done.stdout.split())
    return Paced(p50, p99)


def warm_up(target: Target, connections: int, stream: bool, enough: int, seconds: int) -> None:
    """By requests, not by time: on a busy machine the compiler needs longer."""
    done = 0
    while done < enough:
        done += closed(target, connections, stream, seconds).rate * seconds
