"""For the tests of webhooks: who is told, and what happens that somebody is told of."""
import contextlib
import http.server
import json
import threading
import time

from .hub import Raw, run
from .run import HUB
from .tap import expect


class Receiver(http.server.BaseHTTPRequestHandler):
    """Who is told by webhooks: refuses each message once, then takes it."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = self.headers["Accueil-Delivery"], dict(self.headers), body
        self.server.tries.append(told)
        first = sum(t[0] == told[0] for t in self.server.tries) == 1
        if not first:
            self.server.taken.append(told)
        self.send_response(500 if first else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


class Astray(Receiver):
    """Leads elsewhere: to where the server says."""

    def do_POST(self):
        self.server.tries.append(self.path)
        self.send_response(307)
        self.send_header("Location", self.server.leads_to)
        self.end_headers()


class Endless(Receiver):
    """Takes the message, and does not come to an end with its answer."""

    def do_POST(self):
        self.server.tries.append(self.path)
        with contextlib.suppress(OSError):
            self.send_response(200)
            self.end_headers()
            while not self.server.ended:
                self.wfile.write(b"x" * 65536)
                time.sleep(0.05)


def receiver(kind=Receiver):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.ended = False
    server.tries, server.taken = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/told"


def events_of(server):
    return sorted(headers["Accueil-Event"] for _, headers, _ in server.taken)


def push_guest(hub, more=""):
    """A guest of the protocol arrives, and one person uses a right twice; @more: others of them."""
    body = {"family": "Secretissime", "protocol": True, "delegation": "france"}
    came = {"checkpoint": "entree-est", "verdict": "ADMITTED", "day": "2016-10-26"}
    came |= {"period": "2016-10-26", "code": "badge", "direction": "in"}
    office, other = Raw(hub, "bureau" + more), Raw(hub, "nord" + more)
    run(HUB, "--db", hub.db, "role", "bureau" + more, "office")
    facts = [
        office.fact("registration", "VIP-007" + more, json.dumps(body)),
        office.fact("passage", "VIP-007" + more, json.dumps(came)),
        office.fact("passage", "FR-0004" + more, json.dumps(came)),
    ]
    expect(office.push(facts).status == 200)
    expect(other.push([other.fact("passage", "FR-0004" + more, json.dumps(came))]).status == 200)
    office.close()
    other.close()
