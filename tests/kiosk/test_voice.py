#!/usr/bin/python3
"""The kiosk's voice with the real speech-dispatcher: its generic output module writes down,
language and text, what another would speak. The daemon is started when somebody listens, killed,
missing, hung and out of its mind. TAP."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import kit.kiosk
from kit.kiosk import FOLDER, WHOLE_STACKS, Kiosk, Replica, wait_for
from kit.run import done
from kit.tap import expect, main

NO_VOICE = ("Pas de voix ici", "此处无语音")
ENDS_S = 10  # what hangs does so for longer


class Voice:
    """A home for speech-dispatcher: its settings, its socket, and the file of what was said. @hold:
    a FIFO that each text is held up at, as speaking takes its time."""

    def __init__(self, name, hold=False):
        self.folder = os.path.join(FOLDER, "voice-" + name)
        self.config = os.path.join(self.folder, "config")
        self.runtime = os.path.join(self.folder, "run")
        self.socket = os.path.join(self.runtime, "speech-dispatcher", "speechd.sock")
        self.said_file, self.hold = (
            os.path.join(self.folder, "said"),
            os.path.join(self.folder, "hold") if hold else None,
        )
        settings = os.path.join(self.config, "speech-dispatcher")
        os.makedirs(os.path.join(settings, "modules"))
        os.makedirs(self.runtime, 0o700)
        kit.kiosk.calm(self.config)
        if hold:
            os.mkfifo(self.hold)
        with open(os.path.join(settings, "speechd.conf"), "w", encoding="utf-8") as out:
            out.write(
                'AudioOutputMethod "libao"\nAddModule "record" "sd_generic" "record.conf"\n'
                'DefaultModule "record"\n'
            )
        with open(os.path.join(settings, "modules", "record.conf"), "w", encoding="utf-8") as out:
            out.write(
                "GenericExecuteSynth \\\n\"echo \\'$LANGUAGE $DATA\\' >> %s%s\"\n"
                % (self.said_file, "; cat %s" % self.hold if hold else "")
            )
            out.writelines(
                f'GenericLanguage "{language}" "{language}" "utf-8"\nAddVoice "{language}" '
                f'"MALE1" "{language}"\n'
                for language in ("fr", "zh")
            )

    def env(self, **more):
        """For the kiosk, which starts the daemon if none answers: both look for everything here."""
        return dict(
            {
                "SPEECHD_ADDRESS": "unix_socket:" + self.socket,
                "XDG_RUNTIME_DIR": self.runtime,
                "XDG_CONFIG_HOME": self.config,
            },
            **more,
        )

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            print("# said:\n# " + "\n# ".join(self.said()))
        pid = self.pid()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)  # in good order it takes two seconds
            wait_for(lambda: not os.path.exists(f"/proc/{pid}"), "the end of speech-dispatcher")

    def pid(self):
        """Of the daemon that runs; None without one."""
        with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
            with open(
                os.path.join(self.runtime, "speech-dispatcher", "pid", "speech-dispatcher.pid"),
                encoding="utf-8",
            ) as file:
                pid = int(file.read())
            with open(f"/proc/{pid}/cmdline", encoding="utf-8") as command:
                return pid if "speech-dispatcher" in command.read() else None
        return None

    def said(self):
        with contextlib.suppress(FileNotFoundError):
            with open(self.said_file, encoding="utf-8") as file:
                return file.read().splitlines()
        return []

    def wait_said(self, *lines):
        """Each of @lines, language and part of the text, in this order."""

        def heard():
            at = 0
            for line in self.said():
                at += (
                    at < len(lines) and line.startswith(lines[at][0] + " ") and lines[at][1] in line
                )
            return at == len(lines)

        wait_for(heard, lambda: f"{lines} to be said; there is {self.said()}")

    def forget(self):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.said_file)


class Peer:
    """Whoever else may sit at the daemon's address: accepts, and answers each thing that comes with
    @answer; with None nothing, with "" by hanging up."""

    def __init__(self, voice, answer):
        self.answer, self.kept = answer, []
        os.makedirs(os.path.dirname(voice.socket), exist_ok=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(voice.socket)
        self.listener.listen(8)
        self.accepted = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.kept.append(client)
                self.accepted.set()
                if self.answer == "":
                    client.close()
                elif self.answer is not None:
                    threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        with contextlib.suppress(OSError):
            while client.recv(4096):
                client.sendall(self.answer.encode("latin-1"))

    def close(self, voice):
        self.listener.close()
        os.unlink(voice.socket)
        for client in self.kept:
            client.close()


def listen(kiosk):
    kiosk.touch("Écouter")


def both_languages():
    """Nothing runs until somebody listens. Then the daemon is started, and says the screen in her
    language, then in the other; a delegate's name too."""
    with Voice("both") as voice, Kiosk(Replica("voice-both"), env=voice.env()) as kiosk:
        kiosk.wait("请出示您的二维码")
        expect(voice.pid() is None, "speech-dispatcher runs before anybody has asked for it")
        listen(kiosk)
        voice.wait_said(("fr", "Présentez votre code QR"), ("zh", "请出示您的二维码"))
        voice.forget()
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳")
        listen(kiosk)
        voice.wait_said(("zh", "欧阳芳"), ("fr", "OUYANG Fang"))
        voice.forget()
        kiosk.touch("Terminé")
        kiosk.wait("请出示您的二维码")
        expect(not kiosk.shows(*NO_VOICE), "no voice, says the screen")


def found_again():
    """Killed in mid-sentence and between two: who touches again is answered by another."""
    with Voice("again") as voice, Kiosk(Replica("voice-again"), env=voice.env()) as kiosk:
        kiosk.wait("请出示您的二维码")
        before = None
        for _ in range(2):
            listen(kiosk)
            voice.wait_said(("fr", "Présentez votre code QR"), ("zh", "请出示您的二维码"))
            voice.forget()
            pid = voice.pid()
            expect(pid is not None and pid != before, "no new daemon")
            before = pid
            os.kill(pid, signal.SIGKILL)
            wait_for(lambda: not os.path.exists(f"/proc/{pid}"), "its end")
        expect(kiosk.process.poll() is None and not kiosk.shows(NO_VOICE[0]), kiosk.said())


def falls_silent():
    """Nothing of a person is said when her screen is gone, nor when the next has come."""
    with Voice("silent", hold=True) as voice, Kiosk(
        Replica("voice-silent"), env=voice.env()
    ) as kiosk:

        def speaks():
            return subprocess.run(["pgrep", "-f", voice.hold], capture_output=True).returncode == 0

        for person, end in (
            ("CN-0063", lambda: kiosk.touch("Terminé")),
            ("CN-0001", lambda: kiosk.scan("FR-0004")),
        ):
            kiosk.scan(person)
            kiosk.wait("即将打印您的胸卡", "Terminé")
            listen(kiosk)
            wait_for(speaks, "the voice to speak")
            before = voice.said()
            end()
            wait_for(lambda: not speaks(), "the voice to fall silent")
            expect(voice.said() == before, "something was said to an empty place:", *voice.said())


def none():
    """No speech-dispatcher on the machine: the touch says so in both languages, to her alone who
    has touched it, and works as soon as there is one."""
    with Voice("none") as voice, Kiosk(
        Replica("voice-none"), env=voice.env(PATH="/nowhere")
    ) as kiosk:
        kiosk.wait("请出示您的二维码")
        listen(kiosk)
        kiosk.wait(*NO_VOICE)
        expect(
            kiosk.find(NO_VOICE[0], "button") is not None, "it is said elsewhere than on the touch"
        )
        kiosk.touch("没有二维码")
        kiosk.wait("我们帮您查找")
        kiosk.touch("返回")
        kiosk.wait("Écouter")
        expect(not kiosk.shows(NO_VOICE[0]), "the next person reads what the last one asked for")
        listen(kiosk)
        kiosk.wait(*NO_VOICE)
        done(
            [
                "speech-dispatcher",
                "--spawn",
                "--communication-method",
                "unix_socket",
                "--socket-path",
                voice.socket,
            ],
            env=dict(os.environ, **voice.env()),
            heard=False,
        )
        kiosk.touch(NO_VOICE[0])
        voice.wait_said(("fr", "Présentez votre code QR"), ("zh", "请出示您的二维码"))
        kiosk.wait("Écouter")
        expect(kiosk.said().count("has no voice") == 1, "the log says it once:", kiosk.said())


def does_not_answer():
    """A daemon that hangs up, two that talk nonsense, one that accepts and says nothing: neither
    the screen nor its end waits, and the true one is found afterwards."""
    with Voice("mute") as voice, Kiosk(Replica("voice-mute"), env=voice.env()) as kiosk:
        kiosk.wait("请出示您的二维码")
        for answer in ("", "\x00\xff" * 3000 + "\r\n", "401 ERR INTERNAL\r\n", None):
            peer = Peer(voice, answer)
            listen(kiosk)
            kiosk.wait(*NO_VOICE)
            expect(peer.accepted.is_set(), "nobody came to the socket")
            kiosk.touch(NO_VOICE[0])
            kiosk.scan(f"nonsense {answer!r:.20}")  # the same once more would be a repeat
            kiosk.wait("此处无法识别该二维码")
            peer.close(voice)
            kiosk.touch("Retour")
            kiosk.wait("请出示您的二维码", "Écouter")
        listen(kiosk)
        voice.wait_said(("fr", "Présentez votre code QR"), ("zh", "请出示您的二维码"))
        expect(kiosk.process.poll() is None, kiosk.said())


def ends():
    """While a daemon does not answer, the kiosk ends when it is told to."""
    with Voice("ends") as voice, Kiosk(
        Replica("voice-ends"), env=voice.env(**WHOLE_STACKS)
    ) as kiosk:
        peer = Peer(voice, None)
        kiosk.wait("请出示您的二维码")
        listen(kiosk)
        wait_for(peer.accepted.is_set, "somebody at the socket")
        expect(kiosk.stop(limit_s=ENDS_S) == 0, kiosk.said())
        peer.close(voice)


if __name__ == "__main__":
    import sys

    expect(
        shutil.which("speech-dispatcher"), "speech-dispatcher is not installed; `make deps` does it"
    )
    main((both_languages, found_again, falls_silent, none, does_not_answer, ends))
