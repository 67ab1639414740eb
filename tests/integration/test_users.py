#!/usr/bin/env python3
"""Hub, agent and kiosk as the users that systemd/accueil.sysusers makes: one replica for all three
and nobody else, and of CUPS no more than each needs: a private cupsd with Debian's own policies,
which knows them by the socket. In a mount namespace of its own, with passwd and group of its own;
so it runs as root only. Prints TAP."""
import os
import pwd
import shutil
import stat
import subprocess
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.run import ACCUEIL, TOP, environment
from kit.tap import Skip, expect, main, new_folder, tests_of
from kit.wait import ended, wait_for

INSIDE = "ACCUEIL_TEST_USERS"
FOLDER = os.environ.get(INSIDE) or new_folder("users")
SOCKET, QUEUE = os.path.join(FOLDER, "cups.sock"), "badges"
SYSUSERS = TOP / "systemd" / "accueil.sysusers"
AGENT, HUB, KIOSK, PERSON = "accueil-agent", "accueil-hub", "accueil-kiosk", "accueil"
NEEDS = ("unshare", "setpriv", "systemd-sysusers", "/usr/sbin/cupsd", "lpadmin")
CONFIGURATION = "/usr/share/cups/cupsd.conf.default"


def enter():
    """This program again, where /etc has those users and nothing outside is changed."""
    for name in NEEDS:
        if os.geteuid() != 0 or shutil.which(name) is None or not os.path.exists(CONFIGURATION):
            raise Skip(f"needs root, {CONFIGURATION} and {name}")
    os.chmod(FOLDER, 0o755)
    root = os.path.join(FOLDER, "root")
    os.makedirs(os.path.join(root, "etc"))
    for name in ("passwd", "group", "shadow", "gshadow"):
        if os.path.exists(f"/etc/{name}"):
            shutil.copy(f"/etc/{name}", os.path.join(root, "etc"))
    subprocess.run(["systemd-sysusers", f"--root={root}", SYSUSERS], check=True)
    binds = " && ".join(
        f"mount --bind {root}/etc/{name} /etc/{name}" for name in ("passwd", "group")
    )
    words = f"{binds} && exec {sys.executable} {' '.join(sys.argv)}"
    inside = environment(**{INSIDE: FOLDER})
    sys.exit(subprocess.run(["unshare", "-m", "sh", "-c", words], env=inside).returncode)


def as_user(user, *words, status=0, home="/"):
    """What the user @user is answered."""
    env = environment(CUPS_SERVER=SOCKET, ACCUEIL_DB=os.path.join(FOLDER, "var", "accueil.db"))
    whole = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}"]
    whole += ["--init-groups", *map(str, words)]
    ran = subprocess.run(whole, capture_output=True, text=True, env=env, timeout=60, cwd=home)
    expect(status is None or ran.returncode == status, user, words, ran)
    return ran.stdout + ran.stderr


class Cups:
    """cupsd as Debian sets it up, but for its places: policies and groups are its own."""

    def __enter__(self):
        for name in ("etc", "spool", "tmp", "cache", "state", "log"):
            os.makedirs(os.path.join(FOLDER, "cups", name), exist_ok=True)
        top = os.path.join(FOLDER, "cups")
        lines = [
            line
            for line in open(CONFIGURATION, encoding="utf-8").read().splitlines()
            if not line.startswith(("Listen", "Port", "Browsing", "WebInterface"))
        ]
        lines = [f"Listen {SOCKET}", "Browsing No", "WebInterface No", *lines]
        self.write("cupsd.conf", "\n".join(lines) + "\n")
        self.write(
            "cups-files.conf",
            f"SystemGroup root lpadmin\nUser lp\nGroup lp\nFileDevice Yes\nServerRoot {top}/etc\n"
            f"RequestRoot {top}/spool\nTempDir {top}/tmp\nCacheDir {top}/cache\n"
            f"StateDir {top}/state\nAccessLog {top}/log/access\nErrorLog {top}/log/error\n"
            f"PageLog {top}/log/page\n",
        )
        files = [os.path.join(top, "etc", name) for name in ("cupsd.conf", "cups-files.conf")]
        self.process = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", files[0], "-s", files[1]], env=environment()
        )
        wait_for(lambda: os.path.exists(SOCKET), "cupsd's socket")
        as_user("root", "lpadmin", "-p", QUEUE, "-E", "-v", "file:///dev/null", "-m", "raw")
        return self

    def write(self, name, text):
        with open(os.path.join(FOLDER, "cups", "etc", name), "w", encoding="utf-8") as file:
            file.write(text)

    def __exit__(self, *_):
        self.process.terminate()
        ended(self.process)


def is_stopped():
    return "disabled" in as_user("root", "lpstat", "-p", QUEUE)


def test_cups():
    """the agent alone lets a queue go on that CUPS has paused; who is taken over of the others
    changes no queue, but may print"""
    with Cups():
        for user in (HUB, KIOSK, PERSON, "nobody"):
            for words in (
                ("cupsdisable", QUEUE),
                ("cupsenable", QUEUE),
                ("cupsreject", QUEUE),
                ("lpadmin", "-p", QUEUE, "-v", "file:///etc/passwd"),
                ("lpadmin", "-p", "evil", "-E", "-v", "file:///dev/null", "-m", "raw"),
                ("lpadmin", "-x", QUEUE),
            ):
                as_user(user, *words, status=1)
            expect(not is_stopped(), user)
        expect("evil" not in as_user("root", "lpstat", "-v"))
        as_user("root", "cupsdisable", QUEUE)
        as_user(KIOSK, "cupsenable", QUEUE, status=1)
        expect(is_stopped())
        as_user(AGENT, "cupsenable", QUEUE)
        expect(not is_stopped())
        paper = os.path.join(FOLDER, "paper")
        with open(paper, "w") as file:
            file.write("badge")
        for user in (AGENT, KIOSK, PERSON):
            expect("request id" in as_user(user, "lp", "-d", QUEUE, paper), user)
        as_user("root", "cupsdisable", QUEUE)
        # Nobody takes back another's badge; the agent, who follows all, may.
        job = as_user(AGENT, "lp", "-d", QUEUE, paper).split()[3]
        as_user(KIOSK, "cancel", job, status=1)
        expect(job in as_user("root", "lpstat", "-o"))
        as_user(AGENT, "cancel", job)
        expect(job not in as_user("root", "lpstat", "-o"))


def test_replica():
    """the three share one replica, whoever made it; no other user reads it"""
    var = os.path.join(FOLDER, "var")
    os.mkdir(var)
    os.chown(var, pwd.getpwnam(PERSON).pw_uid, pwd.getpwnam(PERSON).pw_gid)
    os.chmod(var, 0o2770)
    program = os.path.join(FOLDER, "accueil")  # where all may read it
    shutil.copy(ACCUEIL, program)
    os.chmod(program, 0o755)
    as_user(HUB, program, "init", "--station", "entree")
    mode = os.stat(os.path.join(var, "accueil.db"))
    expect(stat.S_IMODE(mode.st_mode) == 0o660 and mode.st_gid == pwd.getpwnam(PERSON).pw_gid)
    as_user(AGENT, program, "volunteer", "add", "Lin")
    as_user(PERSON, program, "volunteer", "add", "Na")
    said = as_user(KIOSK, program, "volunteer", "list")
    expect("Lin" in said and "Na" in said, said)
    as_user(KIOSK, program, "verify")
    expect("Lin" not in as_user("nobody", program, "volunteer", "list", status=1))
    as_user("nobody", "cat", os.path.join(var, "accueil.db"), status=1)
    # The way the packages set it up is no fault, and what the doctor advises keeps it.
    said = as_user(PERSON, program, "doctor", status=None)
    expect("✓ file modes" in said, said)
    os.chmod(os.path.join(var, "accueil.db"), 0o664)
    said = as_user(PERSON, program, "doctor", status=None)
    expect("✗ file modes" in said and "chmod 660 " in said, said)


if __name__ == "__main__":
    if INSIDE not in os.environ:
        try:
            enter()
        except Skip as reason:
            print(f"1..1\nok 1 - users # SKIP {reason}")
            sys.exit(0)
    main(tests_of(globals()))
