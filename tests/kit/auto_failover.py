"""A PostgreSQL that fails over by itself, for the tests: a monitor and two servers under Debian's
pg_autoctl, the standby synchronous, each killed with all its processes and started again."""
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path

from .postgres import ENVIRONMENT, free_port, plain, programs
from .run import TOP, done
from .tap import expect, new_folder
from .wait import descendants, ended, wait_for

# How soon the monitor finds out, as the guide has it (src/howto.md).
SETTINGS = TOP / "systemd" / "postgres" / "monitor.conf"


class Node:
    """One of the three, with its keeper (pg_autoctl)."""

    def __init__(self, cluster, name):
        self.cluster, self.name, self.port, self.process = cluster, name, free_port(), None
        self.data = cluster.folder / name

    def call(self, *words, status=0):
        words = [*self.cluster.words, "pg_autoctl", *map(str, words)]
        return done(words, env=self.cluster.environment, cwd=self.cluster.folder, status=status)

    def start(self):
        with open(self.cluster.folder / (self.name + ".log"), "ab") as log:
            self.process = subprocess.Popen(
                [*self.cluster.words, "pg_autoctl", "run", "--pgdata", str(self.data)],
                stdout=log,
                stderr=log,
                env=self.cluster.environment,
                cwd=self.cluster.folder,
            )
        return self

    def stop(self, number=signal.SIGTERM):
        """SIGKILL: its keeper and all processes of its server, as a power cut does."""
        process, self.process = self.process, None
        if process is None:
            return
        if number == signal.SIGKILL:
            for pid in (process.pid, *descendants(process.pid)):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait()
        else:
            process.send_signal(number)
            ended(process)

    def query(self, sql, database="accueil", user="accueil"):
        words = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p"]
        words += [str(self.port), "-U", user, "-d", database, "-c", sql]
        call = [*self.cluster.words, str(programs() / "psql"), *words]
        answer = done(call, env=self.cluster.environment, cwd=self.cluster.folder, status=None)
        return answer.out.strip() if answer.code == 0 else None


class Cluster:
    def __init__(self):
        expect(shutil.which("pg_autoctl"), "apt-get install pg-auto-failover-cli")
        self.words, user = plain()
        self.owner = user.pw_name if user else pwd.getpwuid(os.getuid()).pw_name
        self.folder = Path(new_folder("standby"))
        for part in ("", "home", "run", "sockets"):
            (self.folder / part).mkdir(exist_ok=True)
            if user:
                os.chown(self.folder / part, user.pw_uid, user.pw_gid)
        self.environment = dict(
            ENVIRONMENT,
            HOME=str(self.folder / "home"),
            XDG_RUNTIME_DIR=str(self.folder / "run"),
            PG_REGRESS_SOCK_DIR=str(self.folder / "sockets"),
            PGHOST=str(self.folder / "sockets"),
            PATH=f"{programs()}:/usr/bin:/bin",
            LC_ALL="C.UTF-8",
        )
        self.monitor, self.servers = Node(self, "monitor"), [Node(self, "a"), Node(self, "b")]

    def __enter__(self):
        common = ["--hostname", "127.0.0.1", "--auth", "trust", "--no-ssl"]
        monitor = self.monitor
        monitor.call(
            "create", "monitor", "--pgdata", monitor.data, "--pgport", monitor.port, *common
        )
        with open(monitor.data / "postgresql.auto.conf", "a", encoding="utf-8") as file:
            file.write(SETTINGS.read_text(encoding="utf-8"))
        monitor.start()
        wait_for(lambda: self.ask("SELECT 1"), "the monitor starts")
        place = f"postgres://autoctl_node@127.0.0.1:{monitor.port}/pg_auto_failover"
        for server in self.servers:
            server.call("create", "postgres", "--pgdata", server.data, "--pgport", server.port,
                        *common, "--monitor", place, "--dbname", "accueil", "--username", "accueil",
                        "--name", server.name)  # fmt: skip
            server.start()
        wait_for(self.is_whole, self.states)
        return self

    def __exit__(self, *_):
        for node in (*self.servers, self.monitor):
            node.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, sql):
        return self.monitor.query(sql, "pg_auto_failover", "autoctl_node")

    def states(self):
        """Name of a server → what it is by now."""
        said = self.ask("SELECT nodename, reportedstate FROM pgautofailover.node")
        return dict(line.split("|") for line in said.splitlines()) if said else {}

    def tend(self):
        """What systemd does: a keeper that has given up is started again."""
        for node in (self.monitor, *self.servers):
            if node.process is not None and node.process.poll() is not None:
                node.start()

    def is_whole(self):
        """A primary, and a standby that has all that it acknowledges."""
        self.tend()
        primary = self.role("primary")
        if sorted(self.states().values()) != ["primary", "secondary"] or primary is None:
            return False
        synced = "state = 'streaming' AND sync_state IN ('sync', 'quorum')"
        sql = f"SELECT count (*) FROM pg_stat_replication WHERE {synced}"
        return primary.query(sql, user=self.owner) == "1"

    def role(self, state):
        return next((s for s in self.servers if self.states().get(s.name) == state), None)

    def address(self):
        ports = ",".join(str(server.port) for server in self.servers)
        return f"postgresql:///accueil?host=127.0.0.1,127.0.0.1&port={ports}&user=accueil"

    def writer(self):
        """Whichever takes writes now."""
        return next(s for s in self.servers if s.query("SELECT pg_is_in_recovery ()") == "f")
