"""The rows of scripts/bench that need a running server: throughput, overload, slow clients.

wrk makes the load; what its totals cannot tell (the time of refusals, of /livez, of one good client
among a thousand slow ones) is measured by connections of this program's own.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

CONNECTIONS = (8, 32, 64)
OVERLOAD_CONNECTIONS = 480
OVERLOAD_TIMES = 8  # what is offered, in peaks
ADMITTED_WAIT = 0.25  # seconds that a request may wait in the server's queue
SLOW_CLIENTS = 1000
IDLE_CLIENTS = 100

# Each thread of wrk starts elsewhere in the list, so that two never ask the same at the same time.
WRK_SCRIPT = """
local paths = {}
for line in io.lines(os.getenv("BROADSHEET_BENCH_PATHS")) do paths[#paths + 1] = line end
local at, threads = 0, 0
local pause = tonumber(os.getenv("BROADSHEET_BENCH_PAUSE"))
function setup(thread) thread:set("first", threads * 997); threads = threads + 1 end
function init(args) at = first end
-- Between an answer and the next request of its connection, in ms.
if pause > 0 then
  function delay() return math.random(0, 2 * pause) end
end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


class Server:
    """broadsheet-server on a free port; ends with the block."""

    def __init__(self, program, data):
        self.process = subprocess.Popen(
            [str(program), "--data", str(data), "--listen", "127.0.0.1:0"],
            stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            found = re.search(r"listening on (http://127\.0\.0\.1:(\d+))", line)
            if found:
                self.url, self.port = found.group(1), int(found.group(2))
                break
        else:
            sys.exit("scripts/bench: the server ended before it listened")
        # Nobody reads its log from here on, and a full pipe would stop it.
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def memory_mib(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


class Prober(threading.Thread):
    """Asks for paths in turn on one connection, every `pause` seconds, and keeps (status, ms)."""

    def __init__(self, port, paths, pause):
        super().__init__(daemon=True)
        self.port, self.paths, self.pause = port, paths, pause
        self.answers = []
        self.ended = threading.Event()

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        at = 0
        while not self.ended.wait(self.pause):
            started = time.perf_counter()
            try:
                connection.request("GET", self.paths[at % len(self.paths)])
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 0
            self.answers.append((status, (time.perf_counter() - started) * 1000))
            at += 1

    def stop(self):
        self.ended.set()
        self.join()

    def at(self, share, statuses=None):
        """The percentile in ms over the answers of these statuses; None without any."""
        times = sorted(ms for status, ms in self.answers if not statuses or status in statuses)
        return times[int(share * (len(times) - 1))] if times else None


def milliseconds(text):
    number, unit = re.match(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


class Wrk:
    """One run of wrk over the queries; its connections rest `pause` ms, on average, before each."""

    def __init__(self, folder, url, connections, seconds, paths="paths.txt", pause=0):
        environment = dict(os.environ, BROADSHEET_BENCH_PATHS=str(folder / paths),
                           BROADSHEET_BENCH_PAUSE=str(round(pause)))
        done = subprocess.run(
            ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "-s",
             str(folder / "search.lua"), url],
            env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done).group(1))
        self.p50, self.p99 = (milliseconds(re.search(rf"^\s+{rank}%\s+(\S+)", done, re.M).group(1))
                              for rank in ("50", "99"))
        total = int(re.search(r"(\d+) requests in", done).group(1))
        bad = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
        self.bad = int(bad.group(1)) if bad else 0
        self.good_rate = self.rate * (total - self.bad) / max(total, 1)


def measure_throughput(server, folder, seconds, report):
    report("memory of the idle server", f"{server.memory_mib():.0f}", "MiB")
    Wrk(folder, server.url, min(CONNECTIONS), seconds)  # warms the caches
    for connections in CONNECTIONS:
        run = Wrk(folder, server.url, connections, seconds)
        name = f"HTTP search, {connections} connections"
        report(name, f"{run.rate:.0f}", "requests/s")
        report(f"{name}, p50", f"{run.p50:.1f}", "ms")
        report(f"{name}, p99", f"{run.p99:.1f}", "ms")
        report(f"{name}, errors", run.bad, "")
        report(f"memory after {connections} connections", f"{server.memory_mib():.0f}", "MiB")


def measure_overload(server, folder, seconds, report):
    """Offers dear searches: of cheap ones eight times the peak would keep both cores busy with
    sending and refusing alone."""
    paths = (folder / "dear.txt").read_text().split()
    # The first run only warms the caches.
    peak = [Wrk(folder, server.url, max(CONNECTIONS), seconds, "dear.txt").good_rate
            for _ in range(2)][-1]
    report("overload, peak of headlines with 50 hits", f"{peak:.0f}", "requests/s")
    # Those in the queue send nothing meanwhile; the others are refused at once and rest.
    resting = OVERLOAD_CONNECTIONS - ADMITTED_WAIT * peak
    livez = Prober(server.port, ["/livez"], 0.02)
    search = Prober(server.port, paths, 0.02)
    livez.start()
    search.start()
    run = Wrk(folder, server.url, OVERLOAD_CONNECTIONS, seconds, "dear.txt",
              pause=1000 * resting / (OVERLOAD_TIMES * peak))
    livez.stop()
    search.stop()
    name = f"overload, {OVERLOAD_CONNECTIONS} connections"
    report(f"{name}, offered", f"{run.rate / peak:.1f}", "times the peak")
    report(f"{name}, goodput", f"{100 * run.good_rate / peak:.0f}", "% of the peak")
    refused = search.at(0.5, (503,))
    report(f"{name}, refusal p50", "none" if refused is None else f"{refused:.1f}", "ms")
    report(f"{name}, /livez p99", f"{livez.at(0.99):.1f}", "ms")


def measure_slow_clients(server, folder, seconds, report):
    paths = (folder / "paths.txt").read_text().split()
    before = server.memory_mib()
    held = [socket.create_connection(("127.0.0.1", server.port))
            for _ in range(SLOW_CLIENTS + IDLE_CLIENTS)]
    for client in held[:SLOW_CLIENTS]:
        client.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    good = Prober(server.port, paths, 0.005)
    good.start()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:  # a byte a second from each, as the slowest clients do
        time.sleep(1)
        for client in held[:SLOW_CLIENTS]:
            try:
                client.send(b"a")
            except OSError:
                pass  # its time was up
    good.stop()
    grown = server.memory_mib() - before
    for client in held:
        client.close()
    name = f"{SLOW_CLIENTS} slow heads and {IDLE_CLIENTS} idle"
    report(f"{name}, a good request's p99", f"{good.at(0.99):.1f}", "ms")
    report(f"{name}, memory", f"{grown:+.1f}", "MiB")


def write_load(folder, queries, headlines):
    """What Wrk reads: its script and the paths to ask for."""
    def path(query, more=""):
        return f"/v1/search?q={urllib.parse.quote_plus(query)}{more}\n"

    (folder / "paths.txt").write_text("".join(map(path, queries)))
    (folder / "dear.txt").write_text(
        "".join(path(headline, "&limit=50") for headline in headlines))
    (folder / "search.lua").write_text(WRK_SCRIPT)
