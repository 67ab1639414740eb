#!/usr/bin/env python3
"""How browsers reach the pages without a warning: a certificate of an authority, taken again when
its files change; a proxy in front of a Unix socket; and what `accueil-hub doctor` says of both.
TAP."""
import contextlib
import http.client
import os
import re
import shutil
import socket
import sqlite3
import ssl
import stat
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from kit.hub import Raw
from kit.office import NOW, NOW_MS, PASSWORD, Browser, Office, Page
from kit.run import ACCUEIL, HUB, done
from kit.tap import expect, main, new_folder, tests_of
from kit.wait import HANGS_S, wait_for

FOLDER = new_folder("certificate")


def openssl(*words):
    subprocess.run(["openssl", *words], cwd=FOLDER, check=True, capture_output=True)


def authority():
    """ca.pem, and a key for it."""
    if not os.path.exists(os.path.join(FOLDER, "ca.pem")):
        words = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl(
            *words, "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650", "-subj", "/CN=Venue"
        )


def sign(name, days=90, key=None):
    """NAME.pem and NAME.key, of the authority, for localhost."""
    authority()
    words = ("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(*words, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
    with open(os.path.join(FOLDER, "names"), "w", encoding="ascii") as file:
        file.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    words = ("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key")
    openssl(*words, "-days", str(days), "-extfile", "names", "-out", f"{name}.pem")


def install(name, certificate="web.pem", key="web.key"):
    """As certbot's hook does: the files under their fixed names, each whole."""
    for source, target in ((f"{name}.pem", certificate), (f"{name}.key", key)):
        part = os.path.join(FOLDER, target + ".part")
        shutil.copy(os.path.join(FOLDER, source), part)
        os.rename(part, os.path.join(FOLDER, target))


def path_of(name):
    return os.path.join(FOLDER, name)


def common_name(office):
    """Whose certificate the pages show to a browser that trusts the authority, and nobody else."""
    context = ssl.create_default_context(cafile=path_of("ca.pem"))
    with socket.create_connection(("127.0.0.1", office.web), timeout=HANGS_S) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as tls:
            subject = dict(pair[0] for pair in tls.getpeercert()["subject"])
            return subject["commonName"]


def log_of(office):
    with open(office.log.name, encoding="utf-8") as file:
        return file.read()


def test_certificate_and_reload():
    """Browsers trust it; a new one is taken by itself, without signing anybody out; what is
    broken, or half copied, leaves the one in use."""
    office = Office("reload")
    sign("first")
    sign("second")
    install("first")
    office.more = ["--web-certificate", path_of("web.pem"), "--web-key", path_of("web.key")]
    office.user("viewer")
    office.start()
    try:
        who = Browser(office)
        expect(who.sign_in("viewer").status == 303)
        expect(common_name(office) == "first", common_name(office))
        install("second")
        wait_for(lambda: common_name(office) == "second", "the new certificate", forgive=(OSError,))
        expect(who.get("/now").status == 200, "the session goes on")
        expect("have taken the new certificate" in log_of(office), log_of(office))
        # The key of another, and then no certificate at all.
        install("first", key="unused.key")
        wait_for(lambda: "cannot be used" in log_of(office), lambda: log_of(office))
        expect(common_name(office) == "second" and who.get("/now").status == 200)
        os.remove(path_of("web.pem"))
        wait_for(lambda: "cannot be read again" in log_of(office), lambda: log_of(office))
        expect(common_name(office) == "second")
        install("first")
        wait_for(lambda: common_name(office) == "first", "the repaired one", forgive=(OSError,))
        # Stations go on pinning the hub's own key.
        expect(Raw(office, "est-1").request("GET", "/v1/head").status == 200)
    finally:
        office.stop()


def refused(office, *words):
    """The hub does not start with these words."""
    command = [HUB, "--db", office.db, "--listen", "127.0.0.1:0", *words]
    result = subprocess.run(
        command, capture_output=True, text=True, env=office.env, timeout=HANGS_S
    )
    expect(result.returncode == 1, result)
    return result.stderr


def test_refused():
    """One of two files, one that is not there, a key of another: said, and nothing served."""
    office = Office("refused")
    sign("one")
    sign("two")
    web = ("--web", "127.0.0.1:0")
    expect("belong together" in refused(office, *web, "--web-certificate", path_of("one.pem")))
    said = refused(
        office, *web, "--web-certificate", path_of("none.pem"), "--web-key", path_of("one.key")
    )
    expect("none.pem" in said, said)
    refused(office, *web, "--web-certificate", path_of("one.pem"), "--web-key", path_of("two.key"))
    expect("listening on" in refused(office, "--web", "unix:" + path_of("no/such/folder")))
    refused(office, "--web", "unix:" + path_of("x" * 200))


class Proxied:
    """Somebody behind a proxy, which speaks HTTP to the socket and says from where she comes."""

    def __init__(self, path, address="192.0.2.7"):
        self.path, self.address, self.cookie = path, address, ""

    def ask(self, method, where, fields=None):
        connection = http.client.HTTPConnection("hub.example", timeout=HANGS_S)
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.settimeout(HANGS_S)
        connection.sock.connect(self.path)
        # A proxy adds whom it has spoken to; what stood there before anybody may have written.
        headers = {"X-Forwarded-For": f"203.0.113.9, {self.address}", "Cookie": self.cookie}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, where, body, headers)
        response = connection.getresponse()
        page = Page(response, response.read())
        for text in response.headers.get_all("Set-Cookie") or ():
            self.cookie = text.split(";")[0]
        connection.close()
        return page

    def sign_in(self, name, password=PASSWORD):
        return self.ask("POST", "/signin", {"name": name, "password": password})


def test_unix_socket():
    """Pages behind a proxy: for its group alone, signed in, throttled by the address that the proxy
    has seen; a socket that a killed hub has left is no hindrance, one that ends takes it away."""
    office = Office("unix")
    path = path_of("web.sock")
    office.listen = "unix:" + path
    office.user("viewer")
    office.start()
    try:
        mode = os.stat(path)
        expect(
            stat.S_ISSOCK(mode.st_mode) and stat.S_IMODE(mode.st_mode) == 0o660, oct(mode.st_mode)
        )
        who = Proxied(path)
        expect(who.ask("GET", "/now").status == 303)
        answer = who.sign_in("viewer")
        expect(answer.status == 303 and "Secure" in answer.headers["Set-Cookie"], answer)
        expect(who.ask("GET", "/now").status == 200)
        # Who guesses is slowed down by her address, whatever name she tries; another is not.
        guesser = Proxied(path, "198.51.100.3")
        statuses = [guesser.sign_in(f"nobody{i}", "wrong wrong wrong").status for i in range(40)]
        expect(429 in statuses, statuses)
        expect(Proxied(path, "192.0.2.8").sign_in("viewer").status == 303)
        office.stop(9)
        expect(os.path.exists(path), "a killed hub leaves it")
        office.start()
        expect(who.ask("GET", "/now").status == 200)
    finally:
        office.stop()
    expect(not os.path.exists(path), "the socket is taken away")


def doctor(office, *words, status=0, now=None):
    env = dict(office.env, ACCUEIL_NOW=now) if now else dict(office.env, ACCUEIL_NOW="")
    result = done([HUB, "--db", office.db, "doctor", *words], env=env, status=status)
    return result.out


def line_of(said, topic):
    """Marks and texts of a topic, each with its remedy."""
    return re.findall(rf"^(.) {topic} +(.*)\n(?:  +→ (.*)\n)?", said, re.M)


def test_doctor():
    """Each thing that is wrong is named, with what to do; when nothing is, it says so."""
    office = Office("doctor")
    said = doctor(office)
    own = line_of(said, "pages' certificate")
    expect(own[0][0] == "!" and "certbot" in own[0][2], said)
    expect(
        line_of(said, "stations")[0] == ("!", "none is enrolled", "accueil-hub invite STATION"),
        said,
    )
    expect("accueil verify" in line_of(said, "whole file")[0][2], said)
    expect("user add" in line_of(said, "accounts")[0][2], said)
    expect(line_of(said, "disk")[0][0] in "✓!", said)

    sign("good")
    good = ("--web-certificate", path_of("good.pem"), "--web-key", path_of("good.key"))
    said = doctor(office, *good)
    expect(
        line_of(said, "pages' certificate")[0][:2]
        == ("✓", line_of(said, "pages' certificate")[0][1]),
        said,
    )
    expect("localhost" in said, said)
    sign("soon", days=5)
    soon = ("--web-certificate", path_of("soon.pem"), "--web-key", path_of("soon.key"))
    mark, text, remedy = line_of(doctor(office, *soon), "pages' certificate")[0]
    expect(mark == "!" and "days" in text and "certbot renew" in remedy, mark, text, remedy)
    past = line_of(
        doctor(office, *soon, status=1, now="2099-01-01T00:00:00Z"), "pages' certificate"
    )
    expect(past[0][0] == "✗" and "ended on" in past[0][1], past)
    early = line_of(
        doctor(office, *good, status=1, now="2016-10-27T09:00:00Z"), "pages' certificate"
    )
    expect(early[0][0] == "✗" and "not valid yet" in early[0][1], early)
    mixed = ("--web-certificate", path_of("good.pem"), "--web-key", path_of("soon.key"))
    mark, text, remedy = line_of(doctor(office, *mixed, status=1), "pages' certificate")[0]
    expect(mark == "✗" and "not that of the certificate" in text and "privkey" in remedy, text)
    lost = ("--web-certificate", path_of("lost.pem"), "--web-key", path_of("soon.key"))
    expect(line_of(doctor(office, *lost, status=1), "pages' certificate")[0][0] == "✗")
    self_signed = line_of(
        doctor(office, "--web-certificate", path_of("ca.pem"), "--web-key", path_of("ca.key")),
        "pages' certificate",
    )
    expect(self_signed[1][0] == "!" and "browsers warn" in self_signed[1][1], self_signed)


def test_doctor_of_stations():
    """Silent ones are named; a proof, an administrator and a station that is heard are well."""
    office = Office("patients")
    office.user("chief", "administrator")
    office.start()
    try:
        for name in ("est-1", "est-2"):
            Raw(office, name).close()
    finally:
        office.stop()
    done([ACCUEIL, "verify"], env=dict(office.env, ACCUEIL_DB=office.db))

    def change(name, age_ms):
        with contextlib.closing(sqlite3.connect(office.db, timeout=60)) as db, db:
            words = f"last_ms = {NOW_MS - age_ms}, enrolled_ms = 1"
            db.execute(f"UPDATE enrolment SET {words} WHERE station = '{name}'")

    change("est-1", -600000)  # heard in ten minutes' time, however slow this machine is
    change("est-2", 7200000)
    said = doctor(office, now=NOW)
    mark, text, remedy = line_of(said, "stations")[0]
    expect(mark == "!" and "1 of 2 heard" in text and "est-2 (120 min)" in text, said)
    expect("accueil doctor" in remedy and "est-1" not in text, said)
    expect(line_of(said, "whole file")[0][0] == "✓", said)
    expect(line_of(said, "accounts")[0][0] == "✓", said)
    expect(line_of(said, "replica")[0][0] == "✓", said)
    change("est-1", 7200000)
    said = doctor(office, status=1, now=NOW)
    expect(line_of(said, "stations")[0][0] == "✗" and "1 thing will fail" in said, said)
    change("est-1", -600000)
    change("est-2", -600000)
    said = doctor(office, now=NOW)
    expect(line_of(said, "stations")[0][0] == "✓" and "Nothing will fail." in said, said)


if __name__ == "__main__":
    main(tests_of(vars()))
