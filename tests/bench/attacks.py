"""The hub under ten attacks, one after the other: how long honest stations wait for the answer to a
fact (p99), beside the same hub just before without the attack, and how long a new station takes to
be enrolled meanwhile; and what an attack takes of the hub's processor, beside a fact of an honest
station, which a busy machine does not change. Prints rows for run.py.

The attackers are processes of this machine, so that what they compute themselves is paid by the
hub too; each does no more than one that a stranger or a stolen token can keep up for hours."""
import contextlib
import gzip
import multiprocessing
import os
import socket
import ssl
import sys
import threading
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.hub import Hub, Raw, lines, read_code  # noqa: E402

STATIONS = 6
PACE_S = 0.05  # of each station, a fact
BOMB = gzip.compress(bytes(64 * 1024 * 1024), 9)
MEASURE_S = float(os.environ.get("ATTACK_S", "6"))
LIMIT = 2.0
ENROL_S = 2.0


def percentile(times, part=0.99):
    return sorted(times)[int(len(times) * part)]


class Honest:
    """Stations that send a fact every now and then, for as long as it is asked."""

    def __init__(self, hub):
        self.stations = [Raw(hub, f"honest-{i}") for i in range(STATIONS)]

    def run(self, station, end, times):
        while (start := time.monotonic()) < end:
            answer = station.push([station.fact()])
            if answer.status != 200:
                raise SystemExit(f"an honest station was answered {answer}")
            times.append(time.monotonic() - start)
            time.sleep(max(0, PACE_S - (time.monotonic() - start)))

    def measure(self, hub, seconds):
        """The p99 of their waiting, in ms; how many facts; the hub's processor time, in s."""
        times, end, before = [], time.monotonic() + seconds, spent_s(hub)
        threads = [threading.Thread(target=self.run, args=(s, end, times)) for s in self.stations]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return percentile(times) * 1000, len(times), spent_s(hub) - before


def spent_s(hub):
    """Of the processor, by the hub up to now."""
    with open(f"/proc/{hub.process.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# Attacks: each is called again and again, in a process of its own, until it is ended. @kept is for
# what stays open between two calls.


def plain(port):
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def secured(port, ciphers=None):
    context = ssl._create_unverified_context()
    if ciphers:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers(ciphers)
    return context.wrap_socket(plain(port))


def finite_field(port, token, kept):
    """handshakes by a finite field, the dearest that there are"""
    with contextlib.suppress(OSError), secured(port, "DHE-RSA-AES256-GCM-SHA384"):
        pass
    time.sleep(0.05)


def handshakes(port, token, kept):
    """handshakes without end, and no word after them"""
    with contextlib.suppress(OSError), secured(port):
        pass
    time.sleep(0.02)


def silent(port, token, kept):
    """connections that say nothing"""
    with contextlib.suppress(OSError):
        kept.append(plain(port))
    del kept[:-500]
    time.sleep(0.005)


def slow(port, token, kept):
    """requests that come byte by byte"""
    if len(kept) < 400:
        with contextlib.suppress(OSError):
            kept.append(secured(port))
    for connection in list(kept):
        try:
            connection.send(b"G")
        except OSError:
            kept.remove(connection)
    time.sleep(0.02)


def ask(port, text, kept):
    """Over one connection, made again where it was closed."""
    try:
        if not kept:
            kept.append(secured(port))
        kept[0].sendall(text)
        kept[0].recv(65536)
    except OSError:
        kept.clear()


def request(method, path, token, body=b"", more=""):
    head = f"{method} {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def tokens(port, token, kept):
    """tokens by chance"""
    ask(port, request("GET", "/v1/head", os.urandom(24).hex()), kept)
    time.sleep(0.005)


def codes(port, token, kept):
    """enrolment codes by chance, for a name that is invited"""
    secret = os.urandom(24).hex()
    body = f'{{"station":"wanted","secret":"{secret}","public":"{"A" * 43}="}}'.encode()
    ask(port, request("POST", "/v1/enrol", "", body), kept)
    time.sleep(0.005)


def doubtful(port, token, kept):
    """requests whose end is in doubt"""
    bad = (
        b"POST /v1/facts HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding : chunked\r\nContent-Length: 4"
    )
    ask(port, bad + b"\r\n\r\n0\r\n\r\n", kept)
    time.sleep(0.005)


def bombs(port, token, kept):
    """with a stolen token: facts that inflate to far more than is allowed"""
    ask(port, request("POST", "/v1/facts", token, BOMB, "Content-Encoding: gzip\r\n"), kept)
    time.sleep(0.2)


def snapshots(port, token, kept):
    """with a stolen token: the whole replica, again and again"""
    ask(port, request("GET", "/v1/snapshot", token), kept)
    kept.clear()
    time.sleep(0.2)


def flood(port, token, kept):
    """with a stolen token: facts beyond any quota"""
    if not kept:
        kept.append(iter(flood.batches))
    with contextlib.suppress(OSError, StopIteration), secured(port) as connection:
        connection.sendall(request("POST", "/v1/facts", token, next(kept[0])))
        connection.recv(4096)
    time.sleep(0.05)


flood.batches = ()
ATTACKS = (
    finite_field,
    handshakes,
    silent,
    slow,
    tokens,
    codes,
    doubtful,
    bombs,
    snapshots,
    flood,
)


def attack(way, port, token, count):
    kept = []
    while True:
        way(port, token, kept)
        count.value += 1


def enrolled(hub, name):
    """Seconds until a new station has its token."""
    station, secret = Raw(hub, name, enrol=False), read_code(hub.invite(name))["secret"]
    start = time.monotonic()
    answer = station.enrol(secret)
    if answer.status != 200:
        raise SystemExit(f"a new station was answered {answer}")
    station.close()
    return time.monotonic() - start


def under(way, hub, honest, stolen):
    before, facts, spent = honest.measure(hub, MEASURE_S)
    each, count = spent / facts, multiprocessing.Value("Q", 0)
    attacker = multiprocessing.Process(target=attack, args=(way, hub.port, stolen.token, count))
    attacker.start()
    try:
        time.sleep(1)  # so that it is under way
        joined = enrolled(hub, "new-" + way.__name__.replace("_", "-"))
        attacks = count.value
        during, facts, spent = honest.measure(hub, MEASURE_S)
        attacks = count.value - attacks
    finally:
        attacker.terminate()
        attacker.join()
    name = way.__doc__
    peer = f"{LIMIT:g} × {before:.1f} ms without it, in this run"
    print(f"{name}: p99|{during:.3f}|ms|{LIMIT * before:.3f}|{peer}", flush=True)
    more = max(spent - facts * each, 0)
    rate, share = attacks / MEASURE_S, more / MEASURE_S * 100
    one, fact = more / max(attacks, 1) * 1e6, each * 1e6
    print(f"  {rate:.0f} a second took {share:.1f} % of a processor of the hub: {one:.0f} µs each")
    print(f"  (a fact of an honest station {fact:.0f} µs)", flush=True)
    print(f"  a new station enrols|{joined:.3f}|s|{ENROL_S}|limit", flush=True)


def main():
    with Hub("attacked") as hub:
        honest, stolen = Honest(hub), Raw(hub, "stolen")
        hub.invite("wanted")
        flood.batches = [lines(stolen.facts(500)) for _ in range(100)]
        honest.measure(hub, 2)  # warm
        for way in ATTACKS:
            if not sys.argv[1:] or way.__name__ in sys.argv[1:]:
                under(way, hub, honest, stolen)


if __name__ == "__main__":
    main()
