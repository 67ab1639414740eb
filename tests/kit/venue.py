#!/usr/bin/env python3
"""A venue's printing in a box: a private CUPS with virtual IPP badge printers, for tests and for
the demonstration.

    venue.py run DIRECTORY [--printer NAME]… [--waiting NAME]… -- COMMAND…

runs COMMAND with CUPS_SERVER set to a private cupsd that has one queue for each printer (default:
badge). What the printers receive stays in
DIRECTORY/NAME/. All of it ends with COMMAND, also when this program is killed. As a module:

    venue.enter()                      # first thing in the program: re-enters it where it can do no
    harm
    with venue.Venue(directory) as v: …

Needs nothing of the machine's own CUPS, D-Bus and Avahi and leaves them alone: where the kernel
allows it, everything runs in namespaces of its own (network, mounts,
processes; for an ordinary user also a user namespace); root where it does not (many containers)
gets free loopback ports and one venue at a time.

A printer obeys files in DIRECTORY/NAME.control/: while `fault` exists, whose text is a list of IPP
reasons ("media-empty-error"), the printer reports
them and the job in hand waits; while `slow` exists, the job in hand is not done with; while `abort`
exists, jobs fail. A job that is cancelled while it waits does not come out, unless
`deaf` exists.
"""

import argparse
import contextlib
import ctypes
import errno
import fcntl
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit import wait
from kit.wait import wait_for

INSIDE = "ACCUEIL_VENUE_INSIDE"
END_S = 5  # for a daemon that is told to end

# Drivers of Debian's packages for label printers.
ZEBRA, EPL2 = "drv:///sample.drv/zebra.ppd", "drv:///sample.drv/zebraep2.ppd"
DYMO = "dymo:0/cups/model/lw4xl.ppd"
BROTHER = "ptouch:0/ppd/ptouch-driver/Brother-QL-820NWB-ptouch-ql.ppd"

CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (
    0x00020000,
    0x10000000,
    0x20000000,
    0x40000000,
)
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

libc = ctypes.CDLL(None, use_errno=True)


class Unavailable(Exception):
    """This machine has no place for a venue; the text says why."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def listens(port):
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


# Namespaces ---------------------------------------------------------------------------------------


def _check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _mount(source, target, kind, flags=0):
    _check(
        libc.mount(
            source.encode(), str(target).encode(), kind.encode() if kind else None, flags, None
        ),
        f"mount on {target}",
    )


def _die_with_parent():
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _furnish(user_namespace, pid_namespace):
    """Mounts in the new mount namespace. In a user namespace only one user exists, so everybody the
    daemons ask for is that one."""
    _mount("none", "/", None, MS_REC | MS_PRIVATE)
    if pid_namespace:
        _mount("proc", "/proc", "proc")
    if user_namespace:
        names = {
            "passwd": "root:x:0:0:root:/:/bin/sh\navahi:x:0:0::/:/bin/false\n"
            "messagebus:x:0:0::/:/bin/false\nlp:x:7:7:lp:/:/bin/false\n",
            "group": "root:x:0:\navahi:x:0:\nnetdev:x:0:\nmessagebus:x:0:\nlp:x:7:\nlpadmin:x:7:\n",
        }
        for name, text in names.items():
            with tempfile.NamedTemporaryFile("w", prefix="accueil-venue-") as f:
                f.write(text)
                f.flush()
                _mount(f.name, f"/etc/{name}", None, MS_BIND)
    _mount("tmpfs", "/run", "tmpfs")
    os.mkdir("/run/avahi-daemon")
    os.mkdir("/run/lock")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def _attempt(flags):
    """TRUE in a probe child if these namespaces can be had and furnished."""
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(BaseException):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            _unshare(flags)
            child = os.fork()
            if child == 0:
                with contextlib.suppress(BaseException):
                    _furnish(flags & CLONE_NEWUSER, flags & CLONE_NEWPID)
                    os._exit(0)
                os._exit(1)
            os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _unshare(flags):
    uid, gid = os.geteuid(), os.getegid()
    _check(libc.unshare(flags), "unshare")
    if flags & CLONE_NEWUSER:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1")


def enter():
    """Goes on in a child that has namespaces of its own; the caller's own process only waits for it
    and hands on signals. Call once, before threads."""
    if os.environ.get(INSIDE):
        return
    own = CLONE_NEWNS | CLONE_NEWNET
    wishes = [own | CLONE_NEWPID, own] if os.geteuid() == 0 else []
    wishes += [own | CLONE_NEWUSER | CLONE_NEWPID, own | CLONE_NEWUSER]
    flags = next((w for w in wishes if _attempt(w)), 0)
    if flags == 0:
        if os.geteuid() != 0:
            raise Unavailable(
                "this user may not create namespaces (kernel.unprivileged_userns_clone, or a "
                "container's seccomp filter)"
            )
        os.environ[INSIDE] = "bare"
        return
    _unshare(flags)
    child = os.fork()
    if child != 0:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda n, _frame: os.kill(child, n))
        status = os.waitpid(child, 0)[1]
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 128 - code)
    _die_with_parent()
    _furnish(flags & CLONE_NEWUSER, flags & CLONE_NEWPID)
    os.environ[INSIDE] = "user" if flags & CLONE_NEWUSER else "root"
    # The first process of a PID namespace is deaf to signals it has no handler for.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda n, _frame: sys.exit(128 + n))


# The venue ----------------------------------------------------------------------------------------


class LabelPrinter:
    """What stands behind a label queue: a port that takes what it is sent, one file in @received
    for each connection."""

    def __init__(self, received, port=0):
        received.mkdir(exist_ok=True)
        self.received = received
        self.socket = socket.create_server(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                with connection, tempfile.NamedTemporaryFile(
                    dir=self.received, prefix=".", delete=False
                ) as part:
                    while data := connection.recv(65536):
                        part.write(data)
                # A driver that sends nothing has printed nothing.
                if Path(part.name).stat().st_size:
                    Path(part.name).rename(self.received / f"{time.time_ns()}.bin")
                else:
                    os.unlink(part.name)

    def close(self):
        # shutdown() wakes the thread that waits in accept(), which would else keep the port.
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class Venue:
    """Private D-Bus, Avahi, IPP printers and cupsd. Queues of @printers let a job go as soon as it
    is sent, so that the printer itself must be asked; those of @waiting keep it until
    the printer has done it, as CUPS does by default. cupsd writes what it knows to disk @clean_s
    seconds later: by default 30, as CUPS's own; with 0 at once, so that after a kill
    it sends again what it had in hand."""

    def __init__(self, directory, printers=("badge",), waiting=(), clean_s=30):
        self.directory = Path(directory).resolve()
        self.waiting = tuple(waiting)
        self.clean_s = clean_s
        self.names = tuple(printers) + self.waiting
        self.processes = {}
        self.ports = {}
        self.labels = {}
        self.state = None
        self.lock = None
        self.kind = os.environ.get(INSIDE)

    # Life

    def __enter__(self):
        if self.kind is None:
            raise Unavailable("call venue.enter() at the start of the program")
        for program in ("cupsd", "ippeveprinter", "avahi-daemon", "dbus-daemon", "lpadmin"):
            if shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin") is None:
                raise Unavailable(f"{program} is not installed")
        os.environ["PATH"] = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        for name in list(self.processes):
            self._end(name)
        for pid in wait.descendants():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.state:
            shutil.rmtree(self.state, ignore_errors=True)
        if self.lock:
            self.lock.close()

    def _start(self):
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        if self.kind == "bare":
            # The Avahi daemon has one fixed place for its pid file, so these venues take turns.
            self.lock = open(Path(tempfile.gettempdir()) / "accueil-venue.lock", "w")
            fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.directory.mkdir(parents=True, exist_ok=True)
        # Not in the caller's directory: cupsd's own user must be able to reach its spool. /run is
        # this namespace's own and goes with it.
        self.state = Path(
            tempfile.mkdtemp(prefix="accueil-venue-", dir=None if self.kind == "bare" else "/run")
        )
        self.state.chmod(0o755)
        self._start_dns_sd()
        self.port = free_port()
        for name in self.names:
            self.start_printer(name)
        self._configure_cupsd()
        self.start_cupsd()
        for name in self.names:
            self._add_queue(name)
        # cupsd writes new queues to disk after half a minute, or when it is asked to end: a kill is
        # to cost jobs, not queues.
        self.stop_cupsd()
        self.start_cupsd()

    def _run(self, name, argv, ready, env=None):
        log = open(self.directory / f"{name}.log", "ab")
        process = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=env,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        log.close()
        self.processes[name] = process

        def up():
            if process.poll() is not None:
                raise Unavailable(
                    f"{name} ended at once with {process.returncode}; see "
                    f"{self.directory / (name + '.log')}"
                )
            return ready()

        wait_for(up, f"{name} to start (see {self.directory / (name + '.log')})")

    def _end(self, name, number=signal.SIGTERM):
        process = self.processes.pop(name, None)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
        try:
            wait.ended(process, END_S)
        except TimeoutError:
            process.kill()
            process.wait()
        if number == signal.SIGTERM:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    # Parts

    def _start_dns_sd(self):
        bus = self.state / "bus"
        (self.state / "dbus.conf").write_text(
            f"""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={bus}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
"""
        )
        self._run(
            "dbus",
            ["dbus-daemon", f"--config-file={self.state}/dbus.conf", "--nofork", "--nopidfile"],
            bus.is_socket,
        )
        self.bus_env = dict(os.environ, DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={bus}")
        (self.state / "avahi.conf").write_text(
            "[server]\nhost-name=venue\nuse-ipv4=yes\nuse-ipv6=no\nallow-interfaces=lo\n"
            "enable-dbus=yes\n"
            "[publish]\npublish-workstation=no\npublish-hinfo=no\n[reflector]\n"
            "enable-reflector=no\n"
        )

        def named():
            answer = subprocess.run(
                [
                    "dbus-send",
                    f"--bus=unix:path={bus}",
                    "--print-reply=literal",
                    "--dest=org.freedesktop.Avahi",
                    "/",
                    "org.freedesktop.Avahi.Server.GetState",
                ],
                capture_output=True,
                text=True,
            )
            return answer.returncode == 0 and answer.stdout.split()[-1:] == ["2"]

        self._run(
            "avahi",
            [
                "avahi-daemon",
                "-f",
                f"{self.state}/avahi.conf",
                "--no-drop-root",
                "--no-chroot",
                "--no-rlimits",
            ],
            named,
            self.bus_env,
        )

    def start_printer(self, name):
        """Switches the printer on (again): same port, same documents."""
        received, control = self.received(name), self.control(name)
        received.mkdir(exist_ok=True)
        control.mkdir(exist_ok=True)
        # A printer of another kind has its own: venue-thermal.conf.
        script, conf = self.state / f"{name}.sh", Path(__file__).resolve().with_name(
            f"venue-{name}.conf"
        )
        if not conf.exists():
            conf = conf.with_name("venue-printer.conf")
        script.write_text(
            f"#!/bin/sh\nexec '{sys.executable}' -I -S "
            f"'{Path(__file__).resolve().with_name('venue_device.py')}' '{control}' \"$1\"\n"
        )
        script.chmod(0o755)
        port = self.ports.setdefault(name, free_port())
        self._run(
            name,
            [
                "ippeveprinter",
                "-v",
                "-a",
                str(conf),
                "-k",
                "-d",
                str(received),
                "-c",
                str(script),
                "-n",
                "localhost",
                "-p",
                str(port),
                name,
            ],
            lambda: listens(port),
            self.bus_env,
        )

    def stop_printer(self, name):
        """Switches the printer off; what it had in hand is lost with it."""
        self._end(name)

    def _configure_cupsd(self):
        s = self.state
        for sub in ("etc", "spool", "spool/tmp", "cache", "run", "run/certs", "log"):
            (s / sub).mkdir()
        if self.kind in ("root", "bare"):
            lp = pwd.getpwnam("lp").pw_uid
            group = grp.getgrnam("lp").gr_gid
            for sub in ("spool/tmp", "cache"):
                os.chown(s / sub, lp, group)
        (s / "etc/cupsd.conf").write_text(
            f"""Listen 127.0.0.1:{self.port}
LogLevel info
LogTimeFormat usecs
MaxLogSize 0
Browsing No
DefaultAuthType None
WebInterface No
PreserveJobHistory Yes
PreserveJobFiles No
MaxJobs 0
DirtyCleanInterval {self.clean_s}
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
        )
        (s / "etc/cups-files.conf").write_text(
            f"""ServerRoot {s}/etc
RequestRoot {s}/spool
TempDir {s}/spool/tmp
CacheDir {s}/cache
StateDir {s}/run
AccessLog {s}/log/access_log
ErrorLog {self.directory}/cups-error.log
PageLog {s}/log/page_log
User lp
Group lp
Printcap {s}/run/printcap
SystemGroup {"root" if self.kind != "user" else "lp"}
FileDevice Yes
"""
        )

    def start_cupsd(self):
        """Starts cupsd (again): same port, same spool."""
        argv = [
            "cupsd",
            "-f",
            "-c",
            f"{self.state}/etc/cupsd.conf",
            "-s",
            f"{self.state}/etc/cups-files.conf",
        ]
        if self.kind == "user":
            # cupsd drops root's rights and here there is nobody to become: so it starts as another
            # user at once.
            argv = ["unshare", "--user", "--map-user=7", "--map-group=7"] + argv
        env = {k: v for k, v in os.environ.items() if not k.startswith(("CUPS_", "DBUS_"))}
        # What a killed cupsd was just starting may still hold its socket: the next one would find
        # the port taken, say so in its log, and go on without.
        wait_for(lambda: not listens(self.port), f"port {self.port} to be free")
        self._run("cupsd", argv, lambda: listens(self.port), env)

    def stop_cupsd(self):
        self._end("cupsd")

    def kill_cupsd(self):
        """SIGKILL, as a power cut does it; what it had started goes on."""
        self._end("cupsd", signal.SIGKILL)

    def _add_queue(self, name):
        # In two steps: "everywhere" asks the printer under the address as it stands, and
        # ippeveprinter knows none with options behind it.
        plain = self.device_uri(name).partition("?")[0]
        steps = (
            ("-E", "-v", plain, "-m", "everywhere", "-o", "printer-error-policy=retry-job"),
            ("-v", self.device_uri(name)),
        )
        said = [""]

        def added():
            # lpadmin makes the driver from what the printer says of itself, and at times ends well
            # without one.
            said[0] = next(
                (complaint for step in steps if (complaint := self._complaint("-p", name, *step))),
                "",
            )
            return not said[0] and (self.state / "etc/ppd" / f"{name}.ppd").exists()

        try:
            wait_for(added, f"the driver of queue {name}")
        except TimeoutError as error:
            if said[0]:
                raise Unavailable(f"{error}; {said[0]}")
            raise

    def _complaint(self, *words):
        """Of lpadmin; "" if it has none."""
        done = subprocess.run(
            ["lpadmin", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return (
            f"lpadmin {' '.join(words)}: {done.stderr.strip()}"
            if done.returncode != 0 or "Unable" in done.stderr
            else ""
        )

    def lpadmin(self, *words):
        """Changes a queue; again while cupsd, which may just have begun, says that it is too busy
        (503)."""
        [complaint] = wait_for(
            lambda: [said]
            if "Service Unavailable" not in (said := self._complaint(*words))
            else None,
            f"lpadmin {' '.join(words)} to be let in",
        )
        if complaint:
            raise Unavailable(complaint)

    def add_label_queue(self, name, driver, *options):
        """A queue with a driver of Debian's packages ("drv:///sample.drv/zebra.ppd"; None: raw), or
        a PPD file, for a printer that speaks no IPP."""
        self.labels[name] = LabelPrinter(self.received(name))
        model = (
            []
            if driver is None
            else ["-P", str(driver)]
            if isinstance(driver, Path)
            else ["-m", driver]
        )
        self.lpadmin(
            "-p", name, "-E", "-v", f"socket://127.0.0.1:{self.labels[name].port}", *model, *options
        )

    def stop_label_printer(self, name):
        self.labels[name].close()

    def start_label_printer(self, name):
        self.labels[name] = LabelPrinter(self.received(name), self.labels[name].port)

    def labels_received(self, name):
        """Files of the bytes that a label printer was sent, in order."""
        return sorted(self.received(name).glob("*.bin"))

    # Asking and telling

    @property
    def env(self):
        """The environment in which a program prints here."""
        return dict(os.environ, CUPS_SERVER=f"127.0.0.1:{self.port}")

    def device_uri(self, name):
        return f"ipp://localhost:{self.ports[name]}/ipp/print" + (
            "" if name in self.waiting else "?waitjob=false&waitprinter=false"
        )

    def received(self, name):
        return self.directory / name

    def control(self, name):
        return self.directory / f"{name}.control"

    def documents(self, name):
        """What the printer has received, in order of arrival."""
        return sorted(
            (f for f in self.received(name).iterdir() if f.suffix in (".pdf", ".pwg")),
            key=lambda p: (p.stat().st_mtime_ns, p.name),
        )

    def printed(self, name):
        """File names of what has come out of the printer, in order."""
        try:
            return (self.control(name) / "printed").read_text().split("\n")[:-1]
        except FileNotFoundError:
            return []

    def cups_log(self):
        return (self.directory / "cups-error.log").read_text(errors="replace")

    def set_fault(self, name, reasons):
        target = self.control(name) / "fault"
        part = target.with_suffix(".part")
        part.write_text(reasons)
        part.rename(target)

    def clear_fault(self, name):
        (self.control(name) / "fault").unlink(missing_ok=True)

    def set_abort(self, name, on):
        self._set(name, "abort", on)

    def set_slow(self, name, on):
        """Lets it take its time, without a fault."""
        self._set(name, "slow", on)

    def set_deaf(self, name, on):
        """Lets it ignore that a job is cancelled."""
        self._set(name, "deaf", on)

    def _set(self, name, what, on):
        if on:
            (self.control(name) / what).touch()
        else:
            (self.control(name) / what).unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("action", choices=["run"])
    parser.add_argument("directory")
    parser.add_argument(
        "--printer", action="append", help="name of a printer and its queue (default: badge)"
    )
    parser.add_argument(
        "--waiting",
        action="append",
        default=[],
        metavar="PRINTER",
        help="another, whose queue keeps a job until the printer has done it",
    )
    parser.add_argument("command", nargs="+", metavar="-- COMMAND")
    options = parser.parse_args()
    try:
        enter()
        with Venue(options.directory, options.printer or ("badge",), options.waiting) as venue:
            command = subprocess.Popen(options.command, env=venue.env, preexec_fn=_die_with_parent)
            try:
                code = command.wait()
            except BaseException:
                command.terminate()
                with contextlib.suppress(TimeoutError):
                    wait.ended(command, END_S)
                raise
            return code if code >= 0 else 128 - code
    except Unavailable as reason:
        print(f"venue.py: {reason}", file=sys.stderr)
        return 77
    except OSError as error:
        if error.errno == errno.ENOENT:
            print(f"venue.py: {error}", file=sys.stderr)
            return 127
        raise


if __name__ == "__main__":
    sys.exit(main())
