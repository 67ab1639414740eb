#!/usr/bin/env python3
"""Readers as a station meets them: scan --readers on a FIFO and a socket, scanner, scanner test,
scanner sheet, doctor. Prints TAP."""
import json
import os
import pty
import re
import select
import signal
import socket
import stat
import subprocess
import sys
import termios

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import run as programs, wait
from kit.run import ACCUEIL, EVENT, MORNING, done
from kit.tap import main, new_folder, tests_of
from kit.wait import Patience, ended

ROSTER = """Référence;Nom;Prénom;Catégorie;Rencontres;Jours
FR-0001;Barthélémy;Joëlle;élu;oui;26,27
FR-0002;Le Goff;Aurélien;expert;oui;26,27
FR-0003;Hué;Mickaël;expert;oui;26
"""
TEXT = "ACCUEIL 0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:END"
SETTINGS = """[reader porte]
kind = lines
path = {0}/porte
[reader socle]
kind = lines
path = {0}/socle.socket
"""


def environment():
    return programs.environment(
        ACCUEIL_DB=os.path.join(FOLDER, "a.db"),
        ACCUEIL_NOW=MORNING,
        ACCUEIL_SETTINGS=os.path.join(FOLDER, "station.ini"),
    )


def run(*words, stdin="", status=0):
    said = programs.accueil(*words, env=environment(), stdin=stdin, status=status)
    return said.out + said.err


def begin(settings=SETTINGS):
    """A fresh replica with three delegates and the station's settings; their tickets."""
    global FOLDER
    FOLDER = new_folder("readers")
    with open(os.path.join(FOLDER, "station.ini"), "w") as file:
        file.write(settings.format(FOLDER))
    run("init", "--station", "desk")
    run("event", "load", EVENT)
    with open(os.path.join(FOLDER, "roster.csv"), "w", encoding="utf-8") as file:
        file.write(ROSTER)
    run("import", os.path.join(FOLDER, "roster.csv"), "--yes")
    run("key", "new")
    lines = run("ticket", "issue").splitlines()
    return {line.split(",")[0]: line.split(",")[7] for line in lines if line.startswith("FR-")}


class Station:
    """`accueil scan --readers` at work."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [ACCUEIL, "scan", "--checkpoint", "entree-est", "--readers", "--json"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        self.said = []
        while not all(
            any(line.startswith(name) and "Prêt · 就绪" in line for line in self.said)
            for name in ("porte", "socle")
        ):
            line = self.process.stderr.readline().decode()
            assert line, self.said
            self.said.append(line)
        return self

    def verdict(self):
        answer = json.loads(self.process.stdout.readline())
        return answer["verdict"], answer["reference"]

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


def write(name, text):
    with open(os.path.join(FOLDER, name), "wb") as fifo:
        fifo.write(text.encode())


def connect():
    client = socket.socket(socket.AF_UNIX)
    client.connect(os.path.join(FOLDER, "socle.socket"))
    return client


def test_scan():
    """Two readers at one door: each decides at once, one code at both is one scan, and writers come
    and go."""
    tickets = begin()
    with Station() as station, connect() as client:
        write("porte", tickets["FR-0001"] + "\n")
        assert station.verdict() == ("ADMITTED", "FR-0001")
        client.sendall((tickets["FR-0001"] + "\r\n" + tickets["FR-0002"] + "\r\n").encode())
        assert station.verdict() == (
            "ADMITTED",
            "FR-0002",
        )  # the first of the two was read a moment ago
        write("porte", tickets["FR-0003"] + "\n")
        assert station.verdict() == ("ADMITTED", "FR-0003")
        station.process.send_signal(signal.SIGTERM)
        assert ended(station.process) == 0
    assert not os.path.exists(os.path.join(FOLDER, "socle.socket"))
    assert json.loads(run("counts", "--json"))["passages"] == 3
    run("verify")


def test_flood():
    """A thousand different codes as fast as they can be written: each is answered, in order, while
    a second reader is served as well."""
    tickets = begin()
    with Station() as station, connect() as client:
        client.sendall(b"".join(b"nothing %d\n" % i for i in range(1000)))
        write("porte", tickets["FR-0001"] + "\n")
        answers = [station.verdict() for _ in range(1001)]
        assert (
            answers.count(("ADMITTED", "FR-0001")) == 1 and answers.count(("UNKNOWN", "")) == 1000
        ), answers[:5]
        station.process.send_signal(signal.SIGTERM)
        assert ended(station.process) == 1


def test_unread():
    """Whoever reads what is printed stands still, or goes: the station ends when it is told to, or
    with a word, and leaves nothing behind."""
    begin()
    with Station() as station, connect() as client:
        client.settimeout(600)
        passed = 0
        while passed < 65536 * 4:  # verdicts of so many codes are more than a pipe takes
            passed += client.send(b"".join(b"nothing %d\n" % (passed + i) for i in range(500)))
            patience = Patience(2)
            while not select.select([], [client], [], 0.02)[1] and not patience.over():
                pass
            if patience.over():
                break
        station.process.send_signal(signal.SIGTERM)
        assert ended(station.process) == 1
        assert "the decision is kept" in station.process.stderr.read().decode()
    assert not os.path.exists(os.path.join(FOLDER, "socle.socket"))
    with Station() as station, connect() as client:
        station.process.stdout.close()
        client.sendall(b"nothing\n")
        assert ended(station.process) == 1
        assert "Broken pipe; the decision is kept" in station.process.stderr.read().decode()
    assert not os.path.exists(os.path.join(FOLDER, "socle.socket"))


def test_hanging_camera():
    """A camera that does not answer is said, keeps no other reader from working, and does not hold
    up the end."""
    tickets = begin(
        SETTINGS + "[reader oeil]\nkind = camera\npipeline = filesrc location={0}/dead ! pngdec\n"
    )
    os.mkfifo(os.path.join(FOLDER, "dead"))
    with Station() as station:
        write("porte", tickets["FR-0001"] + "\n")
        assert station.verdict() == ("ADMITTED", "FR-0001")
        line = ""
        while not line.startswith(
            "oeil  Ne fonctionne pas · 故障  the camera has not answered for 5 s"
        ):
            line = station.process.stderr.readline().decode()
            assert line
        station.process.send_signal(signal.SIGTERM)
        assert ended(station.process, 10) == 0


def test_end():
    """Standard input as the only reader: its end is the station's."""
    tickets = begin("[reader clavier]\nkind = lines\npath = -\n")
    text = run(
        "scan",
        "--checkpoint",
        "entree-est",
        "--readers",
        stdin=tickets["FR-0001"] + "\n\x1b[31m\n" + "x" * 10000 + "\n",
        status=1,
    )
    assert "ADMITTED" in text and "\x1b" not in text and text.count("UNKNOWN") == 1, text
    assert (
        "clavier  Terminé · 已结束  codes longer than 1024 bytes, left out: 1; characters that no "
        "code has, replaced by “?”: 1" in text
    ), text


def test_faults():
    begin("[reader porte]\nkind = lines\n")
    assert "station.ini:1: [reader porte] path: is missing" in run(
        "scan", "--checkpoint", "entree-est", "--readers", status=1
    )
    assert "path: is missing" in run("scanner", status=1)
    assert "path: is missing" in run("doctor", status=1)
    run("scan", "--checkpoint", "entree-est", "--readers", "--image", "x.png", status=2)
    run("scanner", "test", "--wait", "0", status=2)
    run("scanner", "test", "more", status=2)


def test_scanner():
    """Another program sees how the readers stand, and takes no code from the station."""
    tickets = begin()
    text = run("scanner")
    assert re.search(r"^· porte +lines +Démarre · 启动中 +nothing reads there yet$", text, re.M), text
    with Station() as station:
        states = {r["name"]: r["state"] for r in json.loads(run("scanner", "--json"))["readers"]}
        assert states == {"porte": "ready", "socle": "ready"}, states
        assert re.search(
            r"✓ reader +porte \(lines\): ready",
            programs.accueil("doctor", env=environment(), status=None).out,
        )
        write("porte", tickets["FR-0001"] + "\n")
        assert station.verdict() == ("ADMITTED", "FR-0001")
    begin("[reader porte]\nkind = lines\npath = {0}/station.ini\n")
    assert re.search(
        r"^✗ porte +lines +Ne fonctionne pas · 故障 +.*station\.ini is no FIFO",
        run("scanner", status=1),
        re.M,
    )


def test_selftest_lines():
    begin("[reader porte]\nkind = lines\npath = {0}/porte\n")
    for text, status, found in (
        (TEXT, 0, ("✓ Le code de test a été lu sans faute", "测试码读取正确")),
        (TEXT.lower(), 1, ("verrouillage des majuscules", "大写锁定已打开")),
        ("]Q1" + TEXT, 1, ("l’identifiant de symbologie ]Q1", "码制标识 ]Q1")),
        (
            "QCCUEIL à&é\"'(-è_ç QBCDEFGHIJKL?NOPARSTUVZXYW 458+):!MEND",
            1,
            ("Le lecteur tape en disposition américaine (us)", "layout = us"),
        ),
        ("hello", 1, ("Ce n’est pas le code de test", "这不是测试码")),
    ):
        said = run("scanner", "test", "--wait", "20", stdin=text + "\n", status=status)
        assert all(part in said for part in found), said
        assert "█▀▀▀▀▀█" in said and "请用要检测的扫描器扫描此码" in said, said
    assert "Rien n’est arrivé du lecteur" in run("scanner", "test", "--wait", "1", status=1)


def test_selftest_terminal():
    """A keyboard-type scanner that types into the terminal: its pace is measured, nothing is
    echoed, and the terminal is as it was."""
    begin()
    control, terminal = pty.openpty()
    process = subprocess.Popen(
        [ACCUEIL, "scanner", "test", "--wait", "30"],
        stdin=terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(),
    )
    said = ""
    while "扫描此码" not in said:
        said += process.stdout.readline().decode()
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        select.select([], [], [], 0.01)
    for c in TEXT + "\r":
        os.write(control, c.encode())
        select.select([], [], [], 0.02)  # as slow as a scanner with a long delay between characters
    said, status = process.stdout.read().decode(), ended(process)
    assert status == 1 and re.search(r"Lent\s: [1-5]?\d caractères par seconde", said), said
    assert termios.tcgetattr(terminal)[3] & termios.ECHO
    assert not select.select([control], [], [], 0)[0]
    process.stdout.close()
    os.close(control)
    os.close(terminal)


def test_closed():
    """Started without standard input, as some launchers do: nothing else is read in its place,
    nobody runs in circles, and the end of the wait is the end."""
    begin()
    before = os.times()
    process = subprocess.Popen(
        [ACCUEIL, "scanner", "test", "--wait", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=lambda: os.close(0),
    )
    said = wait.answer(process)[0].decode()
    after = os.times()
    assert process.returncode == 1 and "Rien n’est arrivé du lecteur" in said, said
    spent = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    assert spent < 1, spent


def test_selftest_png():
    begin()
    path = os.path.join(FOLDER, "test.png")
    run("scanner", "test", "-o", path)
    read = run("scan", "--checkpoint", "entree-est", "--image", path, status=1)
    assert read.count("UNKNOWN") == 1, read


def test_sheet():
    begin()
    path = os.path.join(FOLDER, "sheet.pdf")
    run("scanner", "sheet", "-o", path)
    text = done(["pdftotext", "-layout", path, "-"]).out
    assert text.count("\f") == 6
    for part in (
        "Essayer un lecteur",
        "检测扫描器",
        "Régler un lecteur Honeywell",
        "设置 Datalogic 扫描器",
        "Newland",
        "TRMUSB131.",
        "美式键盘布局",
    ):
        assert part in text, text
    run("scanner", "sheet", status=2)
    assert "/nowhere" in run("scanner", "sheet", "-o", "/nowhere/sheet.pdf", status=1)
    pipe = os.path.join(FOLDER, "pipe")
    os.mkfifo(pipe)
    assert "pipe” is no file" in run("scanner", "sheet", "-o", pipe, status=1)
    assert "pipe” is no file" in run("scanner", "test", "-o", pipe, status=1)
    assert "“” is no file" in run("scanner", "sheet", "-o", "", status=1)
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


FOLDER = ""

if __name__ == "__main__":
    main(tests_of(globals()))
