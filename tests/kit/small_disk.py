"""A disk of few megabytes, for tests that fill it: memory, mounted where only this process and
what it starts see it."""
import contextlib
import ctypes
import os

from .tap import Skip

CLONE_NEWNS, MS_REC, MS_PRIVATE, MNT_DETACH = 0x00020000, 0x4000, 1 << 18, 2
libc = ctypes.CDLL(None, use_errno=True)


def check(result):
    if result != 0:
        raise Skip(f"no disk of its own can be mounted here: {os.strerror(ctypes.get_errno())}")


@contextlib.contextmanager
def mounted(folder, megabytes, user=None):
    """At @folder, which is @user's (of pwd)."""
    place = os.fsencode(folder)
    options = f"size={megabytes}m,mode=0700"
    options += f",uid={user.pw_uid},gid={user.pw_gid}" if user else ""
    check(libc.unshare(CLONE_NEWNS))
    check(libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None))
    check(libc.mount(b"tmpfs", place, b"tmpfs", 0, options.encode()))
    try:
        yield
    finally:
        libc.umount2(place, MNT_DETACH)


def fill(path, leave_bytes):
    """A file that takes what is free, but for so much."""
    free = os.statvfs(os.path.dirname(path))
    with open(path, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - leave_bytes)
