"""Bad networks, made of the kernel's own parts: this program's network namespace is the hub's side,
another is a station's, and between them is one cable (veth) that is pulled, narrowed (tbf) or made
to lose (iptables). With a name server that fails or lies, a proxy, and a portal that answers
everything with 200 and a page.

    reason = networks.enter()          # first thing in the program: re-enters it in namespaces
    with Network() as network: …

What cannot be had on a machine is a reason, to skip with."""
import contextlib
import os
import random
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading

INSIDE = "ACCUEIL_NETWORKS_INSIDE"
HERE, THERE, PORTAL = "10.77.0.1", "10.77.0.2", "10.77.0.9"
HERE6, THERE6 = "fd77::1", "fd77::2"
NAME = "hub.congress.test"
PROXY_PORT, DNS_PORT = 3128, 53
SPOILT_S, CUT_S = 0.5, 0.05
PAGE = b"<!DOCTYPE html><title>Welcome</title><p>Please accept our terms."
TRIED = (
    "ip link add here type veth peer name there && ip link set here up"
    " && tc qdisc add dev here root tbf rate 256kbit burst 16kb latency 400ms"
    " && iptables-legacy -A INPUT -m statistic --mode random --probability 0.2 -j DROP"
    " && iptables-legacy -A INPUT -p tcp -j REJECT --reject-with tcp-reset"
    " && iptables-legacy -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 1"
)


def enter():
    """None inside of namespaces; else why this machine does not give them. Does not come back where
    it does: the program begins anew in them."""
    if os.environ.get(INSIDE):
        _run("ip", "link", "set", "lo", "up")
        return None
    ways = (["-Urnm"], ["-nm"]) if os.geteuid() == 0 else (["-Urnm"],)
    os.environ["XTABLES_LOCKFILE"] = os.path.join(tempfile.gettempdir(), f"xtables.{os.getpid()}")
    for way in ways:
        tried = subprocess.run(["unshare", *way, "sh", "-c", TRIED], capture_output=True, text=True)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.environ["XTABLES_LOCKFILE"])
        if tried.returncode == 0:
            os.environ[INSIDE] = "1"
            os.execvp("unshare", ["unshare", *way, sys.executable, *sys.argv])
    return tried.stderr.strip().splitlines()[-1] if tried.stderr else "unshare is refused"


def _run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, words))}: {done.stderr}")
    return done.stdout


def _serve(listener, handle):
    """Each connection in a thread of its own, until the socket is closed."""

    def accept():
        with contextlib.suppress(OSError):
            while True:
                peer, _ = listener.accept()
                threading.Thread(target=_guarded, args=(handle, peer), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def _guarded(handle, peer):
    with contextlib.suppress(OSError, ValueError), peer:
        handle(peer)


def listener(address, port=0):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((address, port))
    made.listen(64)
    return made


def carry(one, other, keep=lambda data: data):
    """Bytes of @one to @other, as @keep gives them on; None of it ends both."""
    with contextlib.suppress(OSError):
        while data := one.recv(16384):
            data = keep(data)
            if data is None:
                break
            other.sendall(data)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def join(one, other, keep=lambda data: data):
    """Both ways; what comes from @other passes @keep."""
    back = threading.Thread(target=carry, args=(other, one, keep), daemon=True)
    back.start()
    carry(one, other)
    back.join()


class Cutter:
    """Before a hub, on loopback: cuts each connection after so many bytes of answers, by chance
    @least to @most, and changes one of them in each @spoils-th."""

    def __init__(self, port, least, most, seed, spoils=4):
        self.hub, self.least, self.most, self.spoils = port, least, most, spoils
        self.chance = random.Random(seed)
        self.cuts = self.spoiled = self.bytes = 0
        self.listener = listener("127.0.0.1")
        self.port = self.listener.getsockname()[1]
        _serve(self.listener, self.handle)

    def handle(self, peer):
        left, number = self.chance.randint(self.least, self.most), self.cuts
        spoil = self.chance.randrange(left) if number % self.spoils == self.spoils - 1 else None

        def keep(data):
            nonlocal left, spoil
            if left <= 0:
                return None
            data = bytearray(data[:left])
            if spoil is not None and left - len(data) <= spoil < left:
                data[left - 1 - spoil] ^= 0x20
                self.spoiled, spoil = self.spoiled + 1, None
                # Who waits for as many bytes as a changed length says would wait for long.
                threading.Timer(SPOILT_S, self.end, (peer,)).start()
            left -= len(data)
            self.bytes += len(data)
            if left <= 0:  # the hub may have no more to say
                threading.Timer(CUT_S, self.end, (peer,)).start()
            return data

        with socket.create_connection(("127.0.0.1", self.hub)) as hub:
            join(peer, hub, keep)

    def end(self, peer):
        self.cuts += 1
        with contextlib.suppress(OSError):
            peer.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.listener.close()


class Names:
    """A name server for NAME. @mode: right, fails, silent, lies (the portal's address), six (no
    IPv4)."""

    def __init__(self):
        self.mode = "right"
        self.socket = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        self.socket.bind((HERE6, DNS_PORT))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                question, peer = self.socket.recvfrom(1500)
                if self.mode != "silent":
                    self.socket.sendto(self.answer(question), peer)

    def answer(self, question):
        end = question.index(b"\0", 12) + 5
        kind = struct.unpack(">H", question[end - 4 : end - 2])[0]
        if self.mode == "fails":
            return question[:2] + struct.pack(">5H", 0x8182, 1, 0, 0, 0) + question[12:end]
        data = b""
        if kind == 1 and self.mode != "six":
            data = socket.inet_aton(PORTAL if self.mode == "lies" else HERE)
        if kind == 28 and self.mode == "six":
            data = socket.inet_pton(socket.AF_INET6, HERE6)
        record = struct.pack(">3HIH", 0xC00C, kind, 1, 0, len(data)) + data if data else b""
        head = question[:2] + struct.pack(">5H", 0x8180, 1, 1 if data else 0, 0, 0)
        return head + question[12:end] + record


class Proxy:
    """CONNECT. @mode: off, on, portal (200 and a page to whoever asks)."""

    def __init__(self):
        self.mode, self.tunnels = "off", 0
        self.listener = listener(HERE, PROXY_PORT)
        _serve(self.listener, self.handle)

    def handle(self, peer):
        if self.mode == "off":
            return
        said = b""
        while b"\r\n\r\n" not in said:
            piece = peer.recv(4096)
            if not piece:
                return
            said += piece
        if self.mode == "portal":
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
            return
        self.tunnels += 1
        port = int(said.split()[1].rsplit(b":", 1)[1])
        with socket.create_connection((HERE, port)) as hub:
            peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            join(peer, hub)


class Portal:
    """Answers everything with 200 and a page; with TLS of its own key, or without."""

    def __init__(self, folder, tls):
        self.context, self.asked = None, 0
        if tls:
            certificate, key = (os.path.join(folder, name) for name in ("portal.pem", "portal.key"))
            _run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:prime256v1", "-nodes", "-days", 2, "-subj", f"/CN={NAME}",
                 "-keyout", key, "-out", certificate)  # fmt: skip
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(certificate, key)
        self.listener = listener(HERE)
        self.port = self.listener.getsockname()[1]
        _serve(self.listener, self.handle)

    def handle(self, peer):
        self.asked += 1
        with self.context.wrap_socket(peer, server_side=True) if self.context else peer as end:
            end.recv(65536)
            length = str(len(PAGE)).encode()
            end.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: " + length + b"\r\n\r\n" + PAGE)


class Network:
    """The cable and what hangs on it. Whoever is @there() is a station's program."""

    def __init__(self, folder):
        self.folder, self.rules = folder, []
        _run("ip", *"link add here type veth peer name there".split())
        self.holder = subprocess.Popen(
            ["unshare", "-n", "sh", "-c", "ip link set lo up && echo in && exec sleep infinity"],
            stdout=subprocess.PIPE,
        )
        self.holder.stdout.readline()
        _run("ip", "link", "set", "there", "netns", self.holder.pid)
        for line in (f"addr add {HERE}/24 dev here", f"addr add {PORTAL}/32 dev here",
                     f"addr add {HERE6}/64 dev here nodad", "link set here up"):  # fmt: skip
            _run("ip", *line.split())
        for line in (f"addr add {THERE}/24 dev there", f"addr add {THERE6}/64 dev there nodad",
                     "link set there up"):  # fmt: skip
            _run(*self.there(), "ip", *line.split())
        resolver = os.path.join(folder, "resolv.conf")
        with open(resolver, "w", encoding="ascii") as file:
            file.write(f"nameserver {HERE6}\noptions timeout:2 attempts:1\n")
        _run("mount", "--bind", resolver, os.path.realpath("/etc/resolv.conf"))
        self.names, self.proxy = Names(), Proxy()

    def there(self):
        return ["nsenter", "-t", str(self.holder.pid), "-n", "--"]

    def rule(self, *words):
        """Of iptables, until heal ()."""
        _run("iptables-legacy", *words)
        self.rules.append([{"-A": "-D", "-I": "-D"}.get(word, word) for word in words])

    def ip(self, line, there=False):
        _run(*(self.there() if there else []), "ip", *line.split())

    def narrow(self, rate):
        words = ("qdisc", "add", "dev", None, "root", "tbf", "rate", rate, "burst", "4kb",
                 "latency", "800ms")  # fmt: skip
        _run("tc", *(word or "here" for word in words))
        _run(*self.there(), "tc", *(word or "there" for word in words))

    def widen(self):
        _run("tc", "qdisc", "del", "dev", "here", "root")
        _run(*self.there(), "tc", "qdisc", "del", "dev", "there", "root")

    def heal(self):
        for words in self.rules:
            _run("iptables-legacy", *words)
        self.rules.clear()
        self.names.mode, self.proxy.mode = "right", "off"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.holder.kill()
        self.holder.wait()
        _run("umount", os.path.realpath("/etc/resolv.conf"))
        with contextlib.suppress(FileNotFoundError, KeyError):
            os.unlink(os.environ["XTABLES_LOCKFILE"])
