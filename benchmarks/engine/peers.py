"""The three that are measured. Each does a piece of work and says how long it took."""
import json
import os
import selectors
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Work:
    """Prompts to read (tokens 0), or to go on from by so many tokens; as text and in tokens."""
    tokens: int
    texts: list
    prompts: list

    def size(self) -> int:
        return self.tokens * len(self.prompts) if self.tokens else sum(map(len, self.prompts))


@dataclass
class Took:
    """How long it took, which tokens were made where that is known, and how many there were to make."""
    wall: float
    cpu: float
    tokens: float
    made: list = field(default_factory=list)

    def rate(self) -> float:
        return self.tokens / self.wall


class Loop:
    """A process that takes `prefill` and `decode` on its standard input."""

    def __init__(self, name: str, argv: list):
        self.name = name
        started = time.monotonic()
        self.process = subprocess.Popen(list(map(str, argv)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit(f"{name} did not start: {argv}")
        self.start_seconds = time.monotonic() - started

    def do(self, work: Work) -> Took:
        prompts = " ".join("| " + " ".join(map(str, prompt)) for prompt in work.prompts)
        self.process.stdin.write(f"{'decode' if work.tokens else 'prefill'} {work.tokens} {prompts}\n")
        self.process.stdin.flush()
        wall, cpu, *made = self.process.stdout.readline().split()
        return Took(float(wall), float(cpu), work.size(), made)


class Served:
    """The engine's process, called over HTTP: a stream for each sequence."""
    name = "engine over HTTP, streaming"

    def __init__(self, argv: list, folder: Path):
        port_file = folder / "port"
        started = time.monotonic()
        self.process = subprocess.Popen(list(map(str, argv + ["--port-file", port_file])))
        while not port_file.exists():
            if self.process.poll() is not None:
                raise SystemExit(f"the engine did not start: {argv}")
            time.sleep(0.005)
        self.start_seconds = time.monotonic() - started
        self.port = int(port_file.read_text())

    def tokenize(self, text: str) -> list:
        body = json.dumps({"text": text}).encode()
        with socket.create_connection(("127.0.0.1", self.port)) as client:
            client.sendall(request("/engine/tokenize", body))
            return json.loads(client.makefile("rb").read().split(b"\r\n\r\n", 1)[1])["tokens"]

    def do(self, work: Work) -> Took:
        streams = [Stream(self.port, text, max(1, work.tokens + 1)) for text in work.texts]
        cpu = [self.cpu()]
        started = time.monotonic()
        for stream in streams:
            stream.send()
        with selectors.DefaultSelector() as ready:
            for stream in streams:
                ready.register(stream.socket, selectors.EVENT_READ, stream)
            while not all(stream.ended for stream in streams):
                for key, _ in ready.select(60):
                    key.data.read()
                    if key.data.ended:
                        ready.unregister(key.fileobj)
                if len(cpu) == 1 and all(stream.times for stream in streams):
                    cpu.append(self.cpu())
        cpu.append(self.cpu())
        for stream in streams:
            stream.check(work)
        began = max(stream.times[0] for stream in streams)
        if work.tokens == 0:
            return Took(began - started, cpu[1] - cpu[0], work.size())
        # while all of them run
        ended = min(stream.times[-1] for stream in streams)
        return Took(ended - began, cpu[2] - cpu[1], sum(stream.tokens(began, ended) for stream in streams))

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Stream:
    """One streamed completion, with the time of each piece."""

    def __init__(self, port: int, text: str, most: int):
        self.body = json.dumps({"prompt": text, "max_tokens": most, "temperature": 0, "stream": True,
                                "stream_options": {"include_usage": True}}).encode()
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.times, self.usage, self.rest, self.ended = [], {}, b"", False

    def send(self) -> None:
        self.socket.sendall(request("/v1/completions", self.body))

    def read(self) -> None:
        data = self.socket.recv(1 << 16)
        now = time.monotonic()
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"data: {"):
                event = json.loads(line[6:])
                self.usage = event.get("usage") or self.usage
                if event.get("choices"):
                    self.times.append(now)
        if not data:
            self.ended = True
            self.socket.close()

    def check(self, work: Work) -> None:
        if self.usage.get("completion_tokens") != work.tokens + 1 and work.tokens:
            raise EndedEarly
        if self.usage["prompt_tokens_details"]["cached_tokens"] > self.usage["prompt_tokens"] / 10:
            raise SystemExit("a prompt was in the cache; there are too few texts for so many rounds")

    def tokens(self, began: float, ended: float) -> float:
        """A piece is a token, but for characters of several tokens and the event that ends the stream."""
        pieces = self.times[:-1]
        return sum(began < at <= ended for at in pieces) * (self.usage["completion_tokens"] / len(pieces))


class EndedEarly(Exception):
    """The model ended this text by itself."""


def request(path: str, body: bytes) -> bytes:
    return (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            f"Content-Length: {len(body)}\r\n\r\n").encode() + body
