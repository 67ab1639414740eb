"""How long a test waits: until something has happened, or until nothing goes on any more that could
make it happen. The clock alone ends no wait: on a machine that is loaded twelve times over, and
with a sanitizer, everything takes longer, and nothing is wrong.

A limit is in idle seconds: those in which no process that this test has started (nor its children)
worked or waited for the processor or the disk. Where they never rest, CAP times the limit is the
end, in seconds of a machine that has nothing else to do."""
import contextlib
import os
import re
import signal
import subprocess
import time

LIMIT_S = 30
# For what only a clock can end, such as a socket: the runner sees long before that nothing goes on.
HANGS_S = 600
CAP = 10
LOOK_S = 0.02
REST = 3  # the rest between two looks, in times of what one took
SAMPLE_S = 0.25
LOOKS_COST = 20
TICKS = os.sysconf("SC_CLK_TCK")
PROCESSORS = len(os.sched_getaffinity(0))
KERNEL_TELLS = os.path.exists(f"/proc/self/task/{os.getpid()}/children")


def _fields(path):
    """The fields of /proc/…/stat behind the name, which may hold anything: state, parent, …"""
    with open(path, "rb") as stat:
        return stat.read().rsplit(b")", 1)[1].split()


def descendants(pid=None):
    """Process ids of all children of @pid (this program) and of theirs."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                parents.setdefault(int(_fields(f"/proc/{entry}/stat")[1]), []).append(int(entry))
            except (OSError, IndexError):
                pass  # it has ended meanwhile
    found, todo = [], [pid or os.getpid()]
    while todo:
        below = parents.get(todo.pop(), [])
        found += below
        todo += below
    return found


def _children(pid):
    """Process ids of the children of @pid, one of which may be missed while others end."""
    found = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/children", "rb") as children:
            found += map(int, children.read().split())
    return found


def _watched(top):
    """The descendants of @top, without a look at every process of the machine where the kernel
    tells who a process's children are: that is asked four times a second by all that wait."""
    if not KERNEL_TELLS:
        return descendants(top)
    found, todo = [], [top]
    while todo:
        with contextlib.suppress(OSError):  # it has ended meanwhile
            below = _children(todo.pop())
            todo += below
            found += below
    return found


def _times(task):
    """Seconds in which a thread has worked, and in which it has waited for the processor."""
    with open(task + "/schedstat", "rb") as stat:
        worked, waited = stat.read().split()[:2]
    return int(worked) / 1e9, int(waited) / 1e9


def _activity(pids):
    """Whoever it is → seconds in which it has worked or waited for the processor, and those in
    which its children have worked that have ended; and how many threads wait for the disk."""
    own, ended_, blocked = {}, {}, 0
    for pid in pids:
        try:
            fields = _fields(f"/proc/{pid}/stat")
            ended_[pid] = (int(fields[13]) + int(fields[14])) / TICKS
            for thread in os.listdir(f"/proc/{pid}/task"):
                task = f"/proc/{pid}/task/{thread}"
                own[thread] = sum(_times(task))
                blocked += _fields(task + "/stat")[0] == b"D"
        except (OSError, IndexError):
            pass
    return own, ended_, blocked


def _growth(before, after):
    return sum(value - before.get(who, 0.0) for who, value in after.items())


def load():
    """How many times more work there is than this machine can do at once; at least 1."""
    with open("/proc/stat", "rb") as stat:
        running = next(int(line.split()[1]) for line in stat if line.startswith(b"procs_running"))
    return max(1.0, running / PROCESSORS)


class Patience:
    """Runs out after @limit_s idle seconds, counted anew whenever the value of @progress, a
    function, is another. @of: the process that is watched with its children, if not this program's.
    @carries: they wait for this program, which takes what they write, so it must not wait for the
    processor.
    """

    def __init__(self, limit_s=LIMIT_S, progress=None, of=None, sample_s=SAMPLE_S, carries=False):
        self.limit_s, self.progress, self.of, self.carries = limit_s, progress, of, carries
        self.sample_s = min(sample_s, limit_s / 10)
        self.sampled = time.monotonic()
        # Seconds without work since the last progress; and all there were.
        self.idle_s = self.all_s = 0.0
        self.seen = self.seen_at_work = None

    def over(self):
        """To be asked at each look."""
        now = time.monotonic()
        if now - self.sampled >= self.sample_s:
            self.look(now)
        return self.idle_s > self.limit_s or self.all_s > CAP * self.limit_s

    def look(self, now):
        took = now - self.sampled
        busy = self.busy_s(took)
        # To look costs time as well: on a machine that has none, it is done less often.
        self.sample_s = max(self.sample_s, LOOKS_COST * (time.monotonic() - now))
        self.sampled = now
        self.idle_s += max(0.0, took - busy)
        self.all_s += took / load()
        if self.progress is not None:
            value = self.progress()
            if value != self.seen:
                self.idle_s = 0.0
            self.seen = value

    def busy_s(self, took):
        """How much of @took seconds was work, for one of those that are watched."""
        pids = _watched(self.of or os.getpid()) + ([self.of] if self.of else [])
        own, ended_, blocked = _activity(pids)
        if self.carries:
            own["self"] = _times("/proc/self")[1]
        before, self.seen_at_work = self.seen_at_work, (own, ended_)
        if blocked or before is None:
            return took if blocked else 0.0
        # How long those that have ended had waited is not told.
        return _growth(before[0], own) + load() * _growth(before[1], ended_)


def pause(asked):
    """Between two looks, the last of which was begun at @asked: a look that takes long is not to
    keep the processors from what is waited for."""
    time.sleep(max(LOOK_S, REST * (time.monotonic() - asked)))


def wait_for(condition, what, limit_s=LIMIT_S, progress=None, forgive=()):
    """Looks until @condition is true and returns its value. @what is a text, or a function that
    gives one at the end. An exception of @forgive in @condition is an answer of no."""
    patience, trouble = Patience(limit_s, progress), ""
    while True:
        value, asked = None, time.monotonic()
        try:
            value, trouble = condition(), ""
        except forgive as error:
            trouble = f" ({error})"
        if value:
            return value
        if patience.over():
            said = what() if callable(what) else what
            raise TimeoutError(
                f"nothing goes on any more ({limit_s} s), waiting for: {said}{trouble}"
            )
        pause(asked)


def stays(condition, what, idle_s):
    """@condition holds, and still does when everybody has had @idle_s seconds to change it."""
    patience = Patience(idle_s)
    while not patience.over():
        asked = time.monotonic()
        if not condition():
            raise AssertionError(what() if callable(what) else what)
        pause(asked)


def ended(process, limit_s=LIMIT_S):
    """The status with which a process that was told to end does so."""
    patience = Patience(limit_s)
    while True:
        try:
            return process.wait(patience.sample_s)
        except subprocess.TimeoutExpired:
            if patience.over():
                raise TimeoutError(f"{process.args} does not end within {limit_s} s") from None


def asked_to_end(process):
    """The status with which it ends on SIGTERM, which it is sent once it listens: a program that
    has hardly begun is ended by the signal itself."""
    bit = 1 << (signal.SIGTERM - 1)
    wait_for(
        lambda: process.poll() is not None or caught(process.pid) & bit, "SIGTERM to be caught"
    )
    process.send_signal(signal.SIGTERM)
    return ended(process)


def caught(pid):
    """The signals that a process has handlers for (proc(5), SigCgt)."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return int(re.search(r"^SigCgt:\s*([0-9a-f]+)$", status.read(), re.M)[1], 16)


def answer(process, limit_s=LIMIT_S):
    """(standard output, standard error) of a process that ends by itself."""
    patience = Patience(limit_s, carries=True)
    while True:
        try:
            return process.communicate(timeout=patience.sample_s)
        except subprocess.TimeoutExpired:
            if patience.over():
                process.kill()
                said = process.communicate()
                raise TimeoutError(f"{process.args} does not end ({limit_s} s): {said!r}") from None
