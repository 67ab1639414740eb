#!/usr/bin/env python3
"""A venue machine whose replica lies on an encrypted volume, booted for real: Debian with systemd,
its kernel's device-mapper, the project's own packages, set up by the very lines of src/howto.md;
card and PIN come by the keyboard of its screen. In a virtual machine, without KVM too: about ten
minutes, most of them to make its disk and to boot. As root. Prints TAP.

make boot-volume calls it; disks and pictures of the screen stay in build/boot."""
import glob
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(HERE), HERE]
from integration.test_package import own_options, sources
from kit.tap import expect, main, say, tests_of
from machine import Machine

FOLDER = os.path.abspath("build/boot")
PACKAGES = glob.glob(os.path.join(os.environ.get("PACKAGE_FOLDER", "build/package"), "*.deb"))
SYSTEM, VENUE = os.path.join(FOLDER, "system.img"), os.path.join(FOLDER, "venue.img")
HOWTO = os.path.join(HERE, "../../src/howto.md")
DEBIAN = """systemd systemd-sysv udev dbus kmod kbd console-setup linux-image-amd64 initramfs-tools
cryptsetup e2fsprogs login procps fdisk"""
CARD, PIN = "HC1:6BFOXN%TSMAHN-H/N8KMQ8.ABCD", "40213"
OTHER, OTHER_PIN = "HC1:OTHER-LEADER-OF-THE-TEAM-99", "77777"
PHRASE = "neuf mots que personne ne devine"
NAME = "Maëstracci"  # of the demo's list
PAINTED_BYTES = 12000  # a screen that is black, or a line of text on it, takes less
LATE_S = 100  # systemd waits ninety seconds for a device, unless it is told otherwise
# What each line of the howto asks for, by a word of it.
ANSWERS = {
    "seal --again": (CARD, PIN, OTHER, OTHER_PIN, OTHER_PIN),
    "key seal": (CARD, PIN, PIN),
    "key unseal": (CARD, PIN),
    "luksFormat": ("YES",),
    "luksAddKey": (PHRASE, PHRASE),
}
# A root shell on the serial line, for whoever looks.
LOG_IN = """[Service]
ExecStart=
ExecStart=-/sbin/agetty --autologin root --keep-baud 115200 %I vt100
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make_root(root):
    """A Debian with the project's packages in the folder @root."""
    debs = " ".join(os.path.abspath(path) for path in PACKAGES if "-hub" not in path)
    install = "apt-get -qq -y --no-install-recommends install /debs/*.deb && rm -r /debs"
    command = ["mmdebstrap", "--mode=root", "--variant=minbase", "--format=directory"]
    command += ["--dpkgopt=force-unsafe-io", '--aptopt=APT::Install-Recommends "false"']
    command += [f"--include={','.join(DEBIAN.split())}", *own_options()]
    command += [f'--customize-hook=mkdir "$1/debs" && cp {debs} "$1/debs"']
    command += [f'--customize-hook=chroot "$1" sh -c "{install}"']
    subprocess.run([*command, "bookworm", root, *sources()], check=True, stdout=sys.stderr)
    write(f"{root}/etc/hostname", "gate\n")
    write(f"{root}/etc/hosts", "127.0.0.1 localhost gate\n")
    write(f"{root}/etc/fstab", "/dev/vda / ext4 errors=remount-ro 0 1\n")
    write(f"{root}/etc/default/accueil", 'ACCUEIL_KIOSK_OPTIONS="--checkpoint entree-est"\n')
    units = f"{root}/etc/systemd/system"
    write(f"{units}/serial-getty@ttyS0.service.d/log-in.conf", LOG_IN)
    os.makedirs(f"{units}/getty.target.wants", exist_ok=True)
    line = f"{units}/getty.target.wants/serial-getty@ttyS0.service"
    if not os.path.islink(line):
        os.symlink("/lib/systemd/system/serial-getty@.service", line)


def empty(path, gigabytes):
    """A disk without anything."""
    with open(path, "wb") as file:
        file.truncate(gigabytes << 30)


def make_disk():
    """The machine's own."""
    root = os.path.join(FOLDER, "root")
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(FOLDER, exist_ok=True)
    make_root(root)
    for name in ("vmlinuz", "initrd"):
        shutil.copy(glob.glob(f"{root}/boot/{name}*")[0], os.path.join(FOLDER, name))
    empty(SYSTEM, 4)
    subprocess.run(["/sbin/mke2fs", "-q", "-t", "ext4", "-d", root, SYSTEM], check=True)
    shutil.rmtree(root)


def of_the_howto():
    """The lines by which the howto sets up the volume."""
    with open(HOWTO, encoding="utf-8") as file:
        part = re.search(r"\n## An encrypted volume\n(.*?)\n#", file.read(), re.S)[1]
    lines = [line[4:] for line in part.splitlines() if line.startswith("    ")]
    lines = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return [line for line in lines if not line.startswith("apt install")]


def booted():
    machine = Machine(FOLDER, (SYSTEM, VENUE))
    machine.log_in()
    return machine


def is_open(machine):
    return "accueil" in machine.shell("ls /dev/mapper").split()


def state(machine, *units):
    """Of each unit: "active", "inactive" …"""
    return machine.shell("systemctl is-active " + " ".join(units), status=None).split()


def closed(machine):
    """No volume, no service that needs it, and nothing of it to be read."""
    expect(not is_open(machine))
    expect("active" not in state(machine, "accueil-agent", "accueil-kiosk"))
    expect(machine.shell("ls -A /var/lib/accueil").split() == [])
    machine.shell("runuser -u accueil -- accueil roster --csv", status=1)


def at_work(machine, picture):
    """The agent runs, the kiosk's window stands, and people are found."""
    machine.wait(lambda: state(machine, "accueil-agent") == ["active"], 120, "the agent")
    found = machine.shell(f"runuser -u accueil -- accueil roster --search {NAME}")
    expect(NAME in found, found)
    said = machine.shell("runuser -u accueil -- accueil doctor", status=None)
    expect("✓ volume" in said and "✓ file modes" in said, said)
    expect(state(machine, "accueil-verify.timer") == ["active"])
    machine.wait(lambda: state(machine, "accueil-kiosk") == ["active"], 300, "the kiosk")
    path = os.path.join(FOLDER, picture)

    def painted():
        machine.picture(path)
        return os.path.getsize(path) > PAINTED_BYTES

    machine.wait(painted, 120, "its picture")


def switched_off(machine):
    machine.switch_off()
    machine.__exit__()


def test_disk():
    """a Debian with the project's packages"""
    make_disk()


def test_set_up():
    """the lines of the howto make the volume, and the gate's replica on it"""
    empty(VENUE, 1)
    with booted() as machine:
        machine.shell("rm -rf /etc/accueil && sed -i /mapper/d /etc/fstab")  # of an earlier run
        machine.shell(
            "printf 'label: gpt\\nname=accueil\\n' | sfdisk -q /dev/vdb && udevadm settle"
        )
        for line in of_the_howto():
            asked = next((answers for word, answers in ANSWERS.items() if word in line), ())
            doctor = line.startswith("accueil doctor")
            say(line)
            machine.asked(line, asked, 300, None if doctor else 0)
        machine.shell('as () { runuser -u accueil -- accueil "$@"; }; as init --station entree-est')
        demo = "/usr/share/accueil/demo"
        machine.shell(f"as event load {demo}/congress.ini && as import {demo}/inscriptions-cuf.csv")
        machine.shell(f"grep -q {NAME} /var/lib/accueil/accueil.db")
        machine.shell("systemctl enable accueil-agent accueil-kiosk")
        switched_off(machine)


def test_taken_disk():
    """the disk that is off has no name on it"""
    with open(VENUE, "rb") as file:
        expect(NAME.encode() not in file.read())


def test_card():
    """card and PIN open it at the next start, late too, and after wrong ones"""
    with booted() as machine:
        machine.wait_screen("Scan the leader's card")
        machine.picture(os.path.join(FOLDER, "card.png"))
        uptime = lambda: float(machine.shell("cut -d' ' -f1 /proc/uptime"))
        machine.wait(lambda: uptime() > LATE_S, 2 * LATE_S, "a machine that has waited long")
        closed(machine)
        for pin in ("99999", PIN):
            machine.wait(lambda: machine.screen().endswith("code):"), 60, "the question")
            machine.type(CARD + "\n")
            machine.wait(lambda: machine.screen().endswith("PIN:"), 60, "the question")
            machine.type(pin + "\n")
            if pin != PIN:
                machine.wait_screen("another card or another PIN")
                closed(machine)
        machine.wait(lambda: is_open(machine), 120, "the volume")
        at_work(machine, "opened-by-card.png")
        machine.shell("mv /etc/accueil/volume*.key /root")
        switched_off(machine)


def test_passphrase():
    """no sealed keys: it says so and stays closed; the passphrase from the safe opens it"""
    with booted() as machine:
        machine.wait_screen("There is no sealed key here")
        machine.picture(os.path.join(FOLDER, "passphrase.png"))
        machine.type("a guess\n")
        machine.wait_screen("No key available", 300)
        closed(machine)
        machine.wait(lambda: machine.screen().endswith("safe:"), 60, "the question")
        machine.type(PHRASE + "\n")
        machine.wait(lambda: is_open(machine), 300, "the volume")
        at_work(machine, "opened-by-passphrase.png")
        said = machine.shell(
            "journalctl -b -1 --no-pager -u accueil-volume -u var-lib-accueil.mount"
        )
        expect("Deactivated successfully" in said and "Failed" not in said, said)
        switched_off(machine)


if __name__ == "__main__":
    main(tests_of(globals()))
