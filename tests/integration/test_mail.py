#!/usr/bin/python3
"""Letters with tickets, by a real mail server with TLS: who gets one, none twice, what is refused,
and a work that was broken off. Prints TAP."""
import email
import email.policy
import os
import socket
import ssl
import subprocess
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from kit import run as programs
from kit.run import EVENT, MORNING
from kit.tap import expect, main, new_folder, tests_of

ROSTER = """Référence;Nom;Prénom;Nom chinois;Catégorie;Rencontres;Jours;Ateliers;Pays;Courriel
FR-0001;Barthélémy;Joëlle;;élu;oui;26,27;A1;FR;a@example.org
CN-0002;Ouyang;Siyuan;欧阳思远;expert;oui;26,27;A2;CN;b@example.org
FR-0003;Hué;Mickaël;;expert;oui;27;A2;FR;nobody@example.org
FR-0004;Le Goff;Aurélien;;expert;oui;27;A2;FR;
FR-0005;Roy;Zoé;;expert;oui;27;A2;FR;later@example.org
"""


class Box:
    """What the server has taken, and how it answers."""

    def __init__(self):
        self.messages = []
        self.broken = set()  # whose message breaks the connection

    def sent_to(self, address):
        return [to for to, _ in self.messages].count(address)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such user"
        if address.startswith("later"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.messages.append((envelope.rcpt_tos[0], envelope.content))
        if envelope.rcpt_tos[0] in self.broken:
            server.transport.abort()
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    good = data.login == b"congres" and data.password == b"secret"
    return AuthResult(success=good, handled=False)


class Server(Controller):
    def factory(self):
        return SMTP(
            self.handler,
            require_starttls=True,
            tls_context=CONTEXT,
            authenticator=authenticate,
            auth_required=True,
        )


def certificate(folder):
    key, pem = os.path.join(folder, "key.pem"), os.path.join(folder, "cert.pem")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
        ]
        + [
            "-nodes",
            "-keyout",
            key,
            "-out",
            pem,
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ]
        + ["-addext", "subjectAltName=DNS:localhost"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    return context, pem


def accueil(*words, status=0):
    environment = programs.environment(ACCUEIL_DB=os.path.join(FOLDER, "a.db"), ACCUEIL_NOW=MORNING)
    return programs.accueil(*words, env=environment, status=status)


def free_port():
    with socket.socket() as at:
        at.bind(("localhost", 0))
        return at.getsockname()[1]


def begin():
    global FOLDER, CONTEXT, PEM
    FOLDER = new_folder("mail")
    CONTEXT, PEM = certificate(FOLDER)
    accueil("init", "--station", "hub")
    accueil("event", "load", EVENT)
    roster = os.path.join(FOLDER, "roster.csv")
    with open(roster, "w", encoding="utf-8") as file:
        file.write(ROSTER)
    with open(os.path.join(FOLDER, "password"), "w", encoding="utf-8") as file:
        file.write("secret\n")
    accueil("import", roster, "--yes")
    accueil("key", "new")


def mail(server, *words, status=0, authorities=None, user="congres"):
    return accueil(
        "ticket",
        "mail",
        "--server",
        f"smtp://localhost:{server.port}",
        "--from",
        "invitations@congres.example",
        "--user",
        user,
        "--password-file",
        os.path.join(FOLDER, "password"),
        "--authorities",
        authorities or PEM,
        "--rate",
        "6000",
        *words,
        status=status,
    )


def serve(box):
    server = Server(box, hostname="localhost", port=free_port())
    server.start()
    return server


def states():
    return programs.rows(
        os.path.join(FOLDER, "a.db"),
        "SELECT reference, state FROM letter ORDER BY reference",
    )


def test_dry_run():
    """Who would get one is said, and nothing is sent or written."""
    begin()
    said = accueil("ticket", "mail", "--dry-run").out
    expect(said.count("example.org") == 4 and "FR-0004" not in said, said)
    expect(not states(), states())


def test_sent():
    """Each letter once, over TLS, with her name and a PDF whose code is her ticket."""
    begin()
    box = Box()
    server = serve(box)
    try:
        first = mail(server, status=1)
        again = mail(server, status=1)
    finally:
        server.stop()
    expect(
        [to for to, _ in box.messages] == ["b@example.org", "a@example.org"],
        box.messages,
    )
    expect("5.1.1 no such user" in first.out and "4.7.1" in first.out, first)
    expect("nobody" not in again.out and "4.7.1" in again.out, again)
    expect(
        [tuple(row) for row in states()]
        == [
            ("CN-0002", "sent"),
            ("FR-0001", "sent"),
            ("FR-0003", "refused"),
            ("FR-0005", "delayed"),
        ],
        states(),
    )
    listed = accueil("ticket", "mail", "--list").out
    expect("FR-0003" in listed and "FR-0005" in listed and "FR-0001" not in listed, listed)
    message = email.message_from_bytes(box.messages[0][1], policy=email.policy.default)
    expect(
        "论坛" in message["Subject"] and "Rencontres" in message["Subject"],
        message["Subject"],
    )
    text, pdf = message.iter_parts()
    expect(text.get_content().startswith("欧阳思远"), text.get_content())
    path = os.path.join(FOLDER, "letter.pdf")
    with open(path, "wb") as file:
        file.write(pdf.get_content())
    words = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True)
    expect("欧阳思远" in words.stdout and "OUYANG" in words.stdout, words.stdout)


def test_broken_off():
    """What was under way when the connection broke is not sent again by itself; the rest is."""
    begin()
    box = Box()
    box.broken = {"b@example.org"}
    server = serve(box)
    try:
        mail(server, status=1)
        box.broken = set()
        mail(server, status=1)
        expect(box.sent_to("b@example.org") == 1, states())
        expect(box.sent_to("a@example.org") == 1, states())
        expect(("CN-0002", "sending") in [tuple(row) for row in states()], states())
        mail(server, "--again", "CN-0002")
        expect(box.sent_to("b@example.org") == 2, states())
    finally:
        server.stop()


def test_not_trusted():
    """A server with another certificate, or that does not know us, gets no letter."""
    begin()
    box = Box()
    server = serve(box)
    other = new_folder("other")
    _, foreign = certificate(other)
    try:
        answer = mail(server, status=1, authorities=foreign)
        expect("certificate" in answer.err.lower(), answer)
        answer = mail(server, status=1, user="somebody")
        expect("535" in answer.err or "denied" in answer.err.lower(), answer)
    finally:
        server.stop()
    expect(not box.messages, box.messages)
    expect(all(state == "delayed" for _, state in states()), states())


FOLDER, CONTEXT, PEM = "", None, ""

if __name__ == "__main__":
    main(tests_of(globals()))
