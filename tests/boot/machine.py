"""A whole Debian in a virtual machine (qemu without KVM): its screen and keyboard, and a root shell
on the serial line to look and to set up with."""
import codecs
import json
import os
import re
import socket
import subprocess
import time

QEMU = "qemu-system-x86_64"
MEMORY_MB = 3072
BOOT_S = 300  # TCG, on a machine with other work
PROMPT = "accueil-boot-prompt"
SHIFTED = dict(zip('!@#$%^&*()_+:"<>?{}|~', "1234567890-=;',./[]\\`"))
NAMED = {" ": "spc", "\n": "ret", "-": "minus", "=": "equal", ";": "semicolon", "'": "apostrophe"}
NAMED |= {",": "comma", ".": "dot", "/": "slash", "[": "bracket_left", "]": "bracket_right"}
NAMED |= {"\\": "backslash", "`": "grave_accent"}


def keys_of(character):
    """The keys of a keyboard of the layout us, which is what scanners are."""
    shift = character.isupper() or character in SHIFTED
    plain = SHIFTED.get(character, character.lower())
    return (["shift"] if shift else []) + [NAMED.get(plain, plain)]


def connected(path):
    """The socket that qemu makes at @path."""
    for _ in range(200):
        try:
            line = socket.socket(socket.AF_UNIX)
            line.connect(path)
            return line
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no {path}")


class Machine:
    """One boot, from switching on to switching off."""

    def __init__(self, folder, disks):
        paths = {name: os.path.join(folder, name) for name in ("serial", "control")}
        for path in paths.values():
            if os.path.exists(path):
                os.remove(path)
        command = [QEMU, "-M", "q35", "-cpu", "max", "-smp", "2", "-m", str(MEMORY_MB)]
        command += [
            "-accel",
            "tcg,thread=multi",
            "-display",
            "none",
            "-vga",
            "none",
            "-device",
            "virtio-vga",
            "-no-reboot",
        ]
        command += ["-kernel", f"{folder}/vmlinuz", "-initrd", f"{folder}/initrd", "-nic", "none"]
        command += ["-append", "root=/dev/vda rw quiet console=tty0"]
        for disk in disks:
            command += ["-drive", f"file={disk},format=raw,if=virtio,cache=unsafe"]
        command += ["-serial", f"unix:{paths['serial']},server=on,wait=off"]
        command += ["-qmp", f"unix:{paths['control']},server=on,wait=off"]
        self.program = subprocess.Popen(command)
        self.control = connected(paths["control"]).makefile("rw")
        self.serial = connected(paths["serial"])
        self.heard, self.letters = "", codecs.getincrementaldecoder("utf-8")("replace")
        self.order("qmp_capabilities")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()

    def order(self, name, **words):
        """A command of qemu's own (QMP)."""
        self.control.write(json.dumps({"execute": name, "arguments": words}) + "\n")
        self.control.flush()
        while True:
            said = json.loads(self.control.readline())
            if "return" in said or "error" in said:
                return said

    def type(self, text):
        """Keys, as a person or a reader presses them."""
        for character in text:
            keys = keys_of(character)
            for down, order in ((True, keys), (False, keys[::-1])):
                events = [
                    {"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": key}}}
                    for key in order
                ]
                self.order("input-send-event", events=events)
                time.sleep(0.03)  # the keyboard holds no more than sixteen

    def picture(self, path):
        self.order("screendump", filename=path, format="png")

    def hear(self, pattern, seconds):
        """What comes on the serial line until @pattern."""
        end = time.monotonic() + seconds
        while (found := re.search(pattern, self.heard)) is None:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"no {pattern!r} in {seconds} s: {self.heard[-2000:]}")
            self.serial.settimeout(left)
            try:
                self.heard += self.letters.decode(self.serial.recv(65536))
            except TimeoutError:
                continue
        before, self.heard = self.heard[: found.start()], self.heard[found.end() :]
        return before, found

    def log_in(self):
        """Waits for the root shell; seconds since it was switched on."""
        begun = time.monotonic()
        self.hear(r"root@[^\n]*# ", BOOT_S)
        self.serial.sendall(b"stty -echo; PS1= PS2=; export LC_ALL=C.UTF-8 TERM=dumb PAGER=cat\n")
        self.shell("true")
        return time.monotonic() - begun

    def shell(self, line, seconds=120, status=0):
        """What @line prints."""
        return self.asked(line, (), seconds, status)

    def asked(self, line, answers, seconds=120, status=0):
        """The same, where it asks for @answers one after the other, each with a colon."""
        self.serial.sendall(f"{{ {line}\n}}; echo {PROMPT}:$?:\n".encode())
        said = ""
        for answer in answers:
            said += self.hear(r": ?\Z", seconds)[0] + ":"
            time.sleep(3)  # it throws away what was typed before it asked
            self.serial.sendall(f"{answer}\n".encode())
        rest, found = self.hear(PROMPT + r":(\d+):\r?\n", seconds)
        said += rest
        if status is not None and int(found[1]) != status:
            raise AssertionError(f"{line}: {found[1]}\n{said}")
        return said.replace("\r", "")

    def screen(self):
        """The text on the first console."""
        text = self.shell("fold -w $(stty -F /dev/tty1 size | cut -d' ' -f2) /dev/vcs1; echo")
        return "\n".join(line.rstrip() for line in text.splitlines()).strip()

    def wait_screen(self, text, seconds=120):
        return self.wait(lambda: text in (seen := self.screen()) and seen, seconds, text)

    def wait(self, condition, seconds, what):
        end = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > end:
                raise TimeoutError(
                    f"{what} not within {seconds} s; on the screen:\n{self.screen()}"
                )
            time.sleep(1)
        return found

    def switch_off(self):
        """As a person does it who presses the button."""
        self.serial.sendall(b"systemctl poweroff\n")
        self.program.wait(timeout=BOOT_S)
