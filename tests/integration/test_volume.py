#!/usr/bin/env python3
"""The key of an encrypted volume, opened by a leader's card and PIN: what the two commands do, and
a real LUKS volume that its key opens, where this machine has cryptsetup. Prints TAP."""
import ctypes
import os
import re
import shutil
import stat
import subprocess
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.run import ACCUEIL, environment
from kit.tap import Skip, expect, main, new_folder, tests_of

FOLDER = new_folder("volume")
UNIT = os.path.join(os.path.dirname(__file__), "../../systemd/accueil-volume.service")
CARD, PIN = "HC1:6BFOXN%TSMAHN-H/N8KMQ8.ABCD", "40213"
OTHER, OTHER_PIN = "HC1:OTHER-LEADER-OF-THE-TEAM-99", "77777"


def call(*words, typed=(), status=0):
    """The command's output, as it is, and what it says."""
    text = "".join(f"{line}\n" for line in typed).encode()
    ran = subprocess.run(
        [ACCUEIL, "key", *map(str, words)],
        input=text,
        capture_output=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    expect(ran.returncode == status, words, ran)
    return ran.stdout, ran.stderr.decode()


def path_of(name):
    return os.path.join(FOLDER, name)


def sealed(name="volume.key"):
    path = path_of(name)
    call("seal", path, typed=(CARD, PIN, PIN))
    return path


def test_seal_and_unseal():
    """card and PIN give the key back, and nothing else does"""
    path = sealed()
    expect(stat.S_IMODE(os.stat(path).st_mode) == 0o600)
    key, _ = call("unseal", path, typed=(CARD, PIN))
    expect(len(key) == 64, key)
    expect(key not in open(path, "rb").read())
    for typed in ((CARD, "40214"), (OTHER, PIN), (PIN, CARD), (CARD,), ()):
        out, said = call("unseal", path, typed=typed, status=1)
        expect(out == b"", out)
        expect(len(typed) < 2 or "another card or another PIN" in said, typed, said)


def test_another_leader():
    """a second leader opens the same key by her own card"""
    first, second = sealed("first.key"), path_of("second.key")
    call("seal", "--again", first, second, typed=(CARD, PIN, OTHER, OTHER_PIN, OTHER_PIN))
    key, _ = call("unseal", first, second, typed=(CARD, PIN))
    expect(call("unseal", first, second, typed=(OTHER, OTHER_PIN))[0] == key)
    typed = (CARD, "00000", OTHER, OTHER_PIN, OTHER_PIN)
    call("seal", "--again", first, path_of("third.key"), typed=typed, status=1)
    expect(not os.path.exists(path_of("third.key")))


def test_passphrase():
    """without the card, or without the sealed key, it is the passphrase from the safe that is asked
    for and handed on, without its end of line"""
    path, phrase = sealed("safe.key"), "neuf mots, et l’un est 迎宾"
    out, said = call("unseal", path, typed=("", phrase))
    expect(out.decode() == phrase and "press Enter" in said, out, said)
    out, said = call("unseal", path_of("gone*.key"), typed=(phrase,))
    expect(out.decode() == phrase and "no sealed key here" in said, out, said)
    for typed in (("", ""), ("",)):
        expect(call("unseal", path, typed=typed, status=1)[0] == b"")


def test_refusals():
    """a slip in the PIN, a short card, a file that is there: nothing is made or lost"""
    path = sealed("kept.key")
    before = open(path, "rb").read()
    call("seal", path, typed=(CARD, PIN, PIN), status=2)
    expect(open(path, "rb").read() == before)
    _, said = call("seal", path_of("new.key"), typed=(CARD, PIN, "40231"), status=1)
    expect("two different PINs" in said, said)
    _, said = call("seal", path_of("new.key"), typed=("card", PIN, PIN), status=1)
    expect("24 characters" in said, said)
    expect(not os.path.exists(path_of("new.key")))
    with open(path_of("broken.key"), "wb") as file:
        file.write(before[:40])
    expect("no sealed key" in call("unseal", path_of("broken.key"), typed=(CARD, PIN), status=1)[1])
    call("unseal", status=2)


def test_luks():
    """a LUKS volume in a file opens by the key that card and PIN give"""
    cryptsetup = shutil.which("cryptsetup", path=os.environ["PATH"] + ":/usr/sbin:/sbin")
    if cryptsetup is None:
        raise Skip("no cryptsetup here")
    path, volume = sealed("luks.key"), path_of("volume.img")
    key, _ = call("unseal", path, typed=(CARD, PIN))
    with open(volume, "wb") as file:
        file.truncate(32 << 20)
    quick = ("--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000", "--key-file", "-")
    words = (cryptsetup, "luksFormat", "--type", "luks2", "--batch-mode", *quick, volume)
    made = subprocess.run(words, input=key, capture_output=True, check=False)
    if made.returncode != 0:
        raise Skip(f"this machine makes no volume: {made.stderr.decode().strip()[-200:]}")
    tries = (cryptsetup, "open", "--test-passphrase", "--key-file", "-", volume)
    for given, status in ((key, 0), (key[:-1] + b"\0", 2)):
        ran = subprocess.run(tries, input=given, capture_output=True, check=False)
        expect(ran.returncode == status, ran)
    in_the_unit(f"{ACCUEIL} key unseal {path} | {' '.join(tries)}")


# linux/capability.h
CAPABILITIES = {"CAP_DAC_OVERRIDE": 1, "CAP_IPC_LOCK": 14, "CAP_SYS_ADMIN": 21, "CAP_SYS_NICE": 23}
CAPABILITIES |= {"CAP_SYS_TTY_CONFIG": 26, "CAP_MKNOD": 27}
PR_CAPBSET_DROP, CAP_LAST = 24, 40


def in_the_unit(line):
    """@line, which asks for card and PIN, with no more of root than the unit leaves it."""
    if os.geteuid() != 0:
        return
    with open(UNIT, encoding="utf-8") as unit:
        bounds = re.search(r"^CapabilityBoundingSet=(.*)$", unit.read(), re.M)[1].split()
    kept = {CAPABILITIES[name] for name in bounds}
    prctl = ctypes.CDLL(None).prctl

    def bound():
        for number in range(CAP_LAST + 1):
            if number not in kept:
                prctl(PR_CAPBSET_DROP, number, 0, 0, 0)

    ran = subprocess.run(
        ["sh", "-c", line],
        input=f"{CARD}\n{PIN}\n".encode(),
        capture_output=True,
        env=environment(),
        preexec_fn=bound,
        check=False,
    )
    expect(ran.returncode == 0, ran)


if __name__ == "__main__":
    main(tests_of(globals()))
