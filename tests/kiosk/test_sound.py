#!/usr/bin/python3
"""The kiosk's sounds as ALSA gets them: its “file” device hands on what is played, and that is
compared with assets/kiosk/sounds, sample by sample. And a device that takes nothing, and a machine
that has none. TAP."""
import os
import signal
import sys
import wave

sys.path.insert(0, __file__.rsplit("/", 2)[0])
from kit.kiosk import ASSETS, FOLDER, WHOLE_STACKS, Kiosk, Replica, wait_for
from kit.tap import expect, main

SOUNDS = ("yes", "attention", "no")
CALM_S = 10  # what hangs does so for longer


def samples(sound):
    """Of the middle: the beginning and the end are where a device may lack some. Without zero
    bytes, as everything here (a device that nobody listens to takes silence by the megabyte)."""
    with wave.open(os.path.join(ASSETS, "kiosk", "sounds", sound + ".wav")) as file:
        expect(
            (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22050),
            f"{sound}.wav has another format than the device below",
        )
        return file.readframes(file.getnframes())[2000:8000].replace(b"\0", b"")


class Card:
    """A sound card. @taker: the shell command that gets the samples."""

    def __init__(self, name, taker="stdbuf -o0 tr -d '\\\\0' > {folder}/heard.$$"):
        self.folder = os.path.join(FOLDER, "card-" + name)
        os.makedirs(self.folder)
        self.config = os.path.join(self.folder, "asound.conf")
        with open(self.config, "w", encoding="utf-8") as out:
            out.write(
                "pcm.!default { type plug slave { format S16_LE rate 22050 channels 1 pcm { type "
                'file format raw file "| %s" slave.pcm { type null } } } }\nctl.!default { type '
                "null }\n" % taker.format(folder=self.folder)
            )
        self.env = {"ALSA_CONFIG_PATH": self.config}

    def heard(self):
        """How often each sound was."""
        times = dict.fromkeys(SOUNDS, 0)
        for name in os.listdir(self.folder):
            if name.startswith("heard."):
                with open(os.path.join(self.folder, name), "rb") as file:
                    all_ = file.read()
                for sound in SOUNDS:
                    times[sound] += all_.count(samples(sound))
        return times

    def wait_heard(self, *sounds):
        wanted = {sound: sounds.count(sound) for sound in SOUNDS}
        wait_for(lambda: self.heard() == wanted, lambda: f"{wanted}; heard: {self.heard()}")


def verdicts():
    """Yes for who is let in, attention for who is not, no at a gate; one sound a verdict, and none
    before."""
    card = Card("verdicts")
    with Kiosk(Replica("sound-verdicts"), env=card.env) as kiosk:
        kiosk.wait("请出示您的二维码")
        expect(not any(card.heard().values()), "a sound before anybody came:", card.heard())
        kiosk.scan("CN-0063")
        card.wait_heard("yes")
        kiosk.scan("nonsense")
        card.wait_heard("yes", "attention")
        kiosk.scan("FR-0004")
        card.wait_heard("yes", "attention", "yes")
        kiosk.scan("nonsense too")
        card.wait_heard("yes", "attention", "yes", "attention")
    card = Card("gate")
    with Kiosk(Replica("sound-gate"), words=("--mode", "gate"), env=card.env) as kiosk:
        kiosk.scan("CN-0063")
        card.wait_heard("yes")
        kiosk.scan("nonsense")
        card.wait_heard("yes", "no")


def answers(kiosk):
    """It decides and shows as ever."""
    for code, words in (
        ("CN-0063", "欧阳芳"),
        ("nonsense", "此处无法识别该二维码"),
        ("FR-0004", "HUË"),
        ("nonsense too", "此处无法识别该二维码"),
    ):
        kiosk.scan(code)
        kiosk.wait(words, limit_s=CALM_S)


def silent():
    """No card at all (tests/kiosk/test_endurance.py: for 2,000 scans, without growing)."""
    with Kiosk(Replica("sound-silent"), env=WHOLE_STACKS) as kiosk:
        kiosk.wait("请出示您的二维码")
        answers(kiosk)
        expect(kiosk.stop(limit_s=CALM_S) == 0, kiosk.said())


def stuck():
    """A card that stops taking samples in the middle of a sound: the screen does not wait for it.
    (The end would, and the unit's TimeoutStopSec= ends that.)"""
    card = Card("stuck", "touch {folder}/taker.$$; exec sleep 600")
    with Kiosk(Replica("sound-stuck"), env=card.env) as kiosk:
        kiosk.wait("请出示您的二维码")
        answers(kiosk)
        kiosk.stop(signal.SIGKILL)
        for name in os.listdir(card.folder):
            if name.startswith("taker."):
                os.kill(int(name[len("taker.") :]), signal.SIGKILL)


if __name__ == "__main__":
    main((verdicts, silent, stuck))
