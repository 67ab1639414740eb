"""A real PostgreSQL for the tests: its own cluster in a folder of the test's, by a user without
rights, on a Unix socket and a port of loopback; primary and standby, killed and started again."""
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

if __package__:
    from . import small_disk
    from .run import done, environment
    from .tap import expect, new_folder
    from .wait import wait_for
else:  # asked by tests/postgres_here.h
    sys.path.insert(0, __file__.rsplit("/", 2)[0])
    from kit import small_disk
    from kit.run import done, environment
    from kit.tap import expect, new_folder
    from kit.wait import wait_for

ENVIRONMENT = environment(foreign=("LC_", "LANG", "ACCUEIL", "PG"))


def programs():
    """Where Debian keeps them: the newest version."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: int(f.parent.name))
    expect(folders, "PostgreSQL is wanted: apt-get install postgresql")
    return folders[-1]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def plain():
    """PostgreSQL does not run as root: what to put before it, and whose its files are."""
    if os.geteuid() != 0:
        return [], None
    user = pwd.getpwnam("nobody")
    words = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return words, user


def is_alive(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def kill_all(process):
    """A server and those that serve its connections, which would go on for a moment without it and
    keep its memory. It is stopped first, so that it makes no more of them."""
    process.send_signal(signal.SIGSTOP)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for child in (*map(int, children), process.pid):
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    wait_for(lambda: not any(map(is_alive, children)), "PostgreSQL's processes to end")


class Postgres:
    """One server. @of: the primary whose standby it is; @room_mb: on a disk of its own."""

    def __init__(self, name, of=None, settings=(), room_mb=None):
        self.words, self.user = plain()
        self.folder = Path(new_folder("postgres-" + name))
        self.ends = contextlib.ExitStack()
        if room_mb:
            self.ends.enter_context(small_disk.mounted(self.folder, room_mb, self.user))
        self.data, self.port = self.folder / "data", free_port()
        self.name, self.process = name, None
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        if of is None:
            self.run("initdb", "-D", self.data, "-U", "accueil", "-A", "trust", "-E", "UTF8")
        else:
            self.run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-h",
                     of.folder, "-p", of.port, "-U", "accueil", "-d",
                     f"application_name={name}")  # fmt: skip
        self.set(
            f"unix_socket_directories = '{self.folder}'",
            f"port = {self.port}",
            "listen_addresses = '127.0.0.1'",
            "shared_buffers = 32MB",
            "max_wal_senders = 4",
            "wal_keep_size = 256MB",
            *settings,
        )

    def run(self, program, *words, status=0):
        path = str(programs() / program)
        env = dict(ENVIRONMENT, HOME=str(self.folder))
        return done([*self.words, path, *map(str, words)], env=env, cwd=self.folder, status=status)

    def set(self, *lines):
        with open(self.data / "postgresql.auto.conf", "a", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)

    def start(self):
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            [*self.words, str(programs() / "postgres"), "-D", str(self.data)],
            stdout=log,
            stderr=log,
            env=ENVIRONMENT,
            cwd=self.folder,
        )
        wait_for(self.answers, "PostgreSQL does not start")
        return self

    def answers(self):
        expect(self.process.poll() is None, (self.folder / "log").read_text()[-3000:])
        ready = ["-q", "-h", self.folder, "-p", self.port, "-t", "1"]
        return self.run("pg_isready", *ready, status=None).code == 0

    def state(self):
        return "running" if self.process and self.process.poll() is None else "ended"

    def stop(self, number=signal.SIGINT):
        """SIGINT: at once and in order; SIGKILL: what a power cut does to its processes."""
        process, self.process = self.process, None
        if process is None:
            return
        if number == signal.SIGKILL:
            kill_all(process)
        else:
            process.send_signal(number)
        process.wait()

    def promote(self):
        self.run("pg_ctl", "promote", "-D", self.data, "-w")

    def query(self, sql, database="postgres"):
        words = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p",
                 self.port, "-U", "accueil", "-d", database, "-c", sql]  # fmt: skip
        return self.run("psql", *words).out.strip()

    def make(self, database):
        self.query(f"CREATE DATABASE {database}")
        return self.address(database)

    def address(self, database, *others):
        """Of this server; with @others of whichever takes writes."""
        servers = (self, *others)
        hosts = ",".join("127.0.0.1" for _ in servers)
        ports = ",".join(str(server.port) for server in servers)
        return f"postgresql:///{database}?host={hosts}&port={ports}&user=accueil"

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        self.ends.close()


def serve():
    """A line in: the address of a new database out, until there are no more."""
    with Postgres("here") as server:
        for number, _ in enumerate(sys.stdin):
            print(server.make(f"here_{number}"), flush=True)


if __name__ == "__main__":
    serve()
