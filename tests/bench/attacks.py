"""The hub under eleven attacks, one after the other: how long honest stations wait for the answer
to a fact (p99) under it, beside the same hub without it, in turns; and how long a new station takes
to be enrolled meanwhile. Also what an attack takes of the hub's processor, beside a fact of an
honest station. Prints rows for run.py.

Attackers are other machines, whose own work costs the hub nothing. So the hub has one processor of
this machine for itself, with and without attack; attackers and honest stations share the other, the
attackers as the least of all (nice 19), so that whom an honest station waits for is the hub; and
where that is allowed, hub and honest stations come before whatever else runs here. Each attacker
does no more than one that a stranger or a stolen token can keep up for hours: what a station may
send at once, before its quota slows it down, is sent beforehand, and how long others wait meanwhile
is told without a limit, since it is over within seconds."""
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
TURNS = 3  # without and with the attack
BOMB = gzip.compress(bytes(64 * 1024 * 1024), 9)
MEASURE_S = float(os.environ.get("ATTACK_S", "4"))
LIMIT = 2.0
ENROL_S = 2.0
BATCH = 500  # facts, the most of one request
AT_ONCE = 120000  # facts of a station, before its quota slows it down (replication/quota.h)


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
        """How long each fact waited, in s; and the hub's processor time meanwhile, in s."""
        times, end, before = [], time.monotonic() + seconds, spent_s(hub)
        threads = [threading.Thread(target=self.run, args=(s, end, times)) for s in self.stations]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return times, spent_s(hub) - before


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


def halves(port, token, kept):
    """handshakes that stop half-way"""
    into, out = ssl.MemoryBIO(), ssl.MemoryBIO()
    half = ssl._create_unverified_context().wrap_bio(into, out)
    with contextlib.suppress(ssl.SSLWantReadError):
        half.do_handshake()
    with contextlib.suppress(OSError):
        kept.append(plain(port))
        kept[-1].sendall(out.read())
    del kept[:-100]
    time.sleep(0.05)


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
    with contextlib.suppress(OSError), secured(port) as connection:
        connection.sendall(request("POST", "/v1/facts", token, flood.batches[flood.sent.value]))
        flood.sent.value += connection.recv(4096).startswith(b"HTTP/1.1 200")
    time.sleep(0.05)


flood.batches, flood.sent = (), multiprocessing.Value("Q", 0)
ATTACKS = (
    finite_field,
    handshakes,
    halves,
    silent,
    slow,
    tokens,
    codes,
    doubtful,
    bombs,
    snapshots,
    flood,
)


class Attack:
    """A process that attacks, until it is left."""

    def __init__(self, way, hub, token):
        self.count = multiprocessing.Value("Q", 0)
        self.process = multiprocessing.Process(target=self.run, args=(way, hub.port, token))

    def run(self, way, port, token):
        kept = []
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
        os.nice(19)
        while True:
            way(port, token, kept)
            self.count.value += 1

    def __enter__(self):
        self.process.start()
        time.sleep(1)  # so that it is under way
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()


def enrolled(hub, name):
    """Seconds until a new station has its token."""
    station, secret = Raw(hub, name, enrol=False), read_code(hub.invite(name))["secret"]
    start = time.monotonic()
    answer = station.enrol(secret)
    if answer.status != 200:
        raise SystemExit(f"a new station was answered {answer}")
    station.close()
    return time.monotonic() - start


class Sums:
    """Of all turns of one kind."""

    def __init__(self):
        self.times, self.spent, self.attacks = [], 0, 0

    def add(self, measured, attacks=0):
        self.times += measured[0]
        self.spent += measured[1]
        self.attacks += attacks

    def p99_ms(self):
        return percentile(self.times) * 1000


def tell(way, without, during, joined):
    peer = f"{LIMIT:g} × {without.p99_ms():.1f} ms without it, in this run"
    print(f"{way.__doc__}: p99|{during.p99_ms():.3f}|ms|{LIMIT * without.p99_ms():.3f}|{peer}")
    each = without.spent / len(without.times)
    more = max(during.spent - len(during.times) * each, 0)
    rate = during.attacks / MEASURE_S / TURNS
    share, one = more / MEASURE_S / TURNS * 100, more / max(during.attacks, 1) * 1e6
    print(f"  {rate:.0f} a second took {share:.1f} % of a processor of the hub: {one:.0f} µs each")
    print(f"  (a fact of an honest station {each * 1e6:.0f} µs)")
    print(f"  a new station enrols|{joined:.3f}|s|{ENROL_S}|limit", flush=True)


def under(way, hub, honest, stolen):
    without, during, joined = Sums(), Sums(), 0
    for turn in range(TURNS):
        without.add(honest.measure(hub, MEASURE_S))
        with Attack(way, hub, stolen.token) as attack:
            name = f"new-{way.__name__.replace('_', '-')}-{turn}"
            joined = max(joined, enrolled(hub, name))
            before = attack.count.value
            measured = honest.measure(hub, MEASURE_S)
            during.add(measured, attack.count.value - before)
    tell(way, without, during, joined)


def use_up(hub, honest, stolen):
    """The stolen station sends all that its quota lets it send at once; @flood then has what comes
    after it."""
    batches = [lines(stolen.facts(BATCH)) for _ in range(AT_ONCE // BATCH + 150)]
    sent, end = AT_ONCE // BATCH, threading.Event()
    waits = []

    def others():
        while not end.is_set():
            waits.extend(honest.measure(hub, 0.5)[0])

    beside, start = threading.Thread(target=others), time.monotonic()
    beside.start()
    stolen.close()  # idle for too long
    try:
        for batch in batches[:sent]:
            stolen.request("POST", "/v1/facts", batch)
    finally:
        took = time.monotonic() - start
        end.set()
        beside.join()
    print(f"all that a stolen token may send at once, {AT_ONCE} facts, took {took:.1f} s, while")
    print(f"  others waited {percentile(waits) * 1000:.1f} ms (p99)", flush=True)
    flood.batches = batches[sent:]


def processors():
    """One for the hub, and this process on another; both before whatever else runs here."""
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    all_of_them = sorted(os.sched_getaffinity(0))
    if len(all_of_them) < 2:
        return
    Hub.words = ("taskset", "-c", str(all_of_them[0]))
    os.sched_setaffinity(0, set(all_of_them[1:]))


def main():
    processors()
    with Hub("attacked") as hub:
        honest, stolen = Honest(hub), Raw(hub, "stolen")
        hub.invite("wanted")
        honest.measure(hub, 2)  # warm
        for way in ATTACKS:
            if not sys.argv[1:] or way.__name__ in sys.argv[1:]:
                if way is flood:
                    use_up(hub, honest, stolen)
                under(way, hub, honest, stolen)


if __name__ == "__main__":
    main()
