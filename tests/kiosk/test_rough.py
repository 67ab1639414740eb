#!/usr/bin/python3
"""The kiosk handled roughly: codes faster than anybody scans, two people at once, a PIN that is
tried and tried, power cuts, windows that turn, and what is left of a person afterwards. Any
critical message of GTK ends the program, and so the test. TAP."""
import ctypes
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

os.environ["G_DEBUG"] = "fatal-criticals"

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import kit.kiosk
from kit.kiosk import Kiosk, Replica, Screen, dial, enter_desk, facts, resize, wait_for
from kit import small_disk
from kit.tap import expect, main
from kit.wait import ended

LOCK_S = 15  # the first lock of the desk (VOLUNTEER_LOCK_MS)
HELD_S = 10  # about as long as a connection waits for another (JOURNAL_BUSY_MS)
ANSWERS = 10
CANNOT_START = {
    "missing": ("Le fichier de ses données manque", "数据文件不存在"),
    "empty": ("Le fichier de ses données est endommagé", "数据文件已损坏"),
    "damaged": ("Le fichier de ses données est endommagé", "数据文件已损坏"),
    "settings": ("Il y a une erreur dans ses réglages", "本机设置有误"),
}
KEYS = {"Return": 0xFF0D, "Escape": 0xFF1B, "Tab": 0xFF09, "space": 0x20}
CONTROL, SHIFT, ALT = 0xFFE3, 0xFFE1, 0xFFE9


def text_of(field):
    text = field.get_text_iface()
    return text.get_text(0, text.get_character_count())


def everything(node):
    """All texts in the accessibility tree, of hidden widgets too."""
    found = []
    try:
        found.append(node.get_name() or "")
        if node.get_text_iface() is not None:
            found.append(text_of(node))
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                found += everything(child)
    except Exception:
        pass
    return found


def press(kiosk, key):
    """A key of a physical keyboard."""
    with Screen(kiosk) as screen:
        screen.x11.XSetInputFocus(screen.display, screen.window, 1, 0)
    kit.kiosk.DISPLAY.atspi.generate_keyboard_event(
        KEYS[key], None, kit.kiosk.DISPLAY.atspi.KeySynthType.SYM
    )


def press_together(kiosk, *symbols):
    """The last key while those before it are held down, as a keyboard does it."""
    synthesis = kit.kiosk.DISPLAY.atspi.KeySynthType
    with Screen(kiosk) as screen:
        screen.x11.XSetInputFocus(screen.display, screen.window, 1, 0)
        codes = [
            screen.x11.XKeysymToKeycode(screen.display, ctypes.c_ulong(symbol))
            for symbol in symbols
        ]
    for code in codes:
        kit.kiosk.DISPLAY.atspi.generate_keyboard_event(code, None, synthesis.PRESS)
    for code in reversed(codes):
        kit.kiosk.DISPLAY.atspi.generate_keyboard_event(code, None, synthesis.RELEASE)


def flood():
    """Fifty codes a second, and codes that are none; then the last one's screen, and every one
    decided."""
    replica = Replica("flood")
    references = sorted(replica.codes)[:150]
    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        wait_for(lambda: os.path.exists(kiosk.fifo), "the FIFO")
        with open(kiosk.fifo, "w", encoding="utf-8") as fifo:
            for reference in references:
                fifo.write(replica.codes[reference] + "\n")
                fifo.flush()
                time.sleep(0.02)  # the attack itself, not a wait for something
            fifo.write("A" * 10_000 + "\n\x00\x01\x1b[2J\n" + "é" * 500 + "\n\n\n")
        wait_for(
            lambda: len({subject for subject, _ in facts(replica, "passage")} & set(references))
            == len(references),
            lambda: f"{len(references)} passages; there are {len(facts(replica, 'passage'))}",
        )
        kiosk.scan(references[0])
        kiosk.wait("Votre badge va être imprimé")  # what became of hers is the answer


def two_at_once():
    """Two people within a tenth of a second: the screen is the second's, name and badge alike, and
    the first's is nowhere."""
    replica = Replica("two")
    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        wait_for(lambda: os.path.exists(kiosk.fifo), "the FIFO")
        with open(kiosk.fifo, "w", encoding="utf-8") as fifo:
            fifo.write(replica.codes["CN-0063"] + "\n" + replica.codes["FR-0004"] + "\n")
        kiosk.wait("HUË", "另有 1 张胸卡正在打印")
        expect(
            not any("欧阳芳" in text for text in everything(kiosk.root)),
            "the first one's name is still there",
        )


def cannot_start():
    """A replica that is empty, damaged or not there, and settings that cannot be read: the screen
    says so in both languages, stays, and comes back by itself when it is mended."""
    good = Replica("start")
    for name, (french, chinese) in CANNOT_START.items():
        replica = Replica(name)
        if name == "missing":
            os.remove(replica.db)
        elif name != "settings":
            with open(replica.db, "wb") as out:
                out.write(b"" if name == "empty" else os.urandom(65536))
        with Kiosk(replica, settings="[" if name == "settings" else "") as kiosk:
            kiosk.wait("momentanément indisponible", "本机暂时无法使用", "请联系技术人员")
            kiosk.wait(french, chinese)
            kiosk.picture(f"cannot-start-{name}")
            if name == "settings":
                with open(kiosk.settings, "w", encoding="utf-8") as out:
                    out.write("")
            else:
                shutil.copy(good.db, replica.db + ".new")
                os.replace(replica.db + ".new", replica.db)
            kiosk.wait("请出示您的二维码")


def disk_at_the_start():
    """The disk is read-only, then full, when the kiosk starts: the screen says which, and comes
    back by itself when it is mended."""
    replica = Replica("disk")
    folder = os.path.join(kit.kiosk.FOLDER, "small")
    os.makedirs(folder)
    with small_disk.mounted(folder, 16):
        replica.db = shutil.copy(replica.db, folder)
        remount = ["mount", "-o", "remount,ro", folder]
        subprocess.run(remount, check=True)
        with Kiosk(replica) as kiosk:
            kiosk.wait("momentanément indisponible", "en lecture seule", "磁盘为只读")
            kiosk.picture("cannot-start-read-only")
            subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
            kiosk.wait("请出示您的二维码")
        filler = os.path.join(folder, "filler")
        small_disk.fill(filler, 4096)
        with Kiosk(replica) as kiosk:
            kiosk.wait("momentanément indisponible", "disque est plein", "磁盘已满")
            kiosk.picture("cannot-start-full")
            os.remove(filler)
            kiosk.wait("请出示您的二维码")


def nothing_left():
    """When a screen has gone back to the start, nothing of the person is in the accessibility tree,
    and nothing to paste or to undo at the desk."""
    replica = Replica("left")
    with Kiosk(replica) as kiosk:
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳")
        seen = any("欧阳" in text for text in everything(kiosk.root))
        expect(seen, "nothing is seen of what is there")
        kiosk.touch("Terminé")
        kiosk.wait("请出示您的二维码")
        expect(
            not any("欧阳" in text or "OUYANG" in text for text in everything(kiosk.root)),
            "after a welcome:",
            *everything(kiosk.root),
        )
        enter_desk(kiosk)
        kiosk.write("Rechercher", "ouyang f")
        kiosk.touch("欧阳芳")
        kiosk.wait("Passages")
        kiosk.touch("Réimprimer le badge")
        kiosk.wait("为何重新打印胸卡")
        kiosk.write("Autre raison", "Ouyang l’a perdu")
        kiosk.touch("返回")
        kiosk.touch("Corriger")
        kiosk.wait("更正胸卡")
        kiosk.touch("返回")
        kiosk.touch("查找")
        kiosk.touch("现场登记")
        kiosk.write("Nom de famille", "Ouyang")
        kiosk.touch("返回")
        kiosk.wait("尚未保存")
        kiosk.touch("返回")
        kiosk.touch("Quitter le bureau")
        kiosk.wait("请出示您的二维码")
        left = [
            text
            for text in everything(kiosk.root)
            if any(word in text.lower() for word in ("欧阳", "ouyang", "cn-0063", "li na"))
        ]
        expect(not left, "after the desk:", *left)


def own_words():
    """A reason in the volunteer's own words, written on the screen's keyboard."""
    replica = Replica("words")
    with Kiosk(replica) as kiosk:
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳")
        kiosk.touch("Terminé")
        enter_desk(kiosk)
        kiosk.write("Rechercher", "CN-0063")
        kiosk.touch("欧阳芳")
        kiosk.touch("Réimprimer le badge")
        kiosk.wait("为何重新打印胸卡")
        for key in "perdu":
            wait_for(
                lambda: any(
                    name == key and node.get_action_iface().do_action(0)
                    for role, name, node in kiosk.nodes()
                    if "button" in role
                ),
                f"the key {key}",
            )
            wait_for(
                lambda: text_of(kiosk.get("Autre raison", "text")).endswith(key),
                f"{key} in the field",
            )
        kiosk.touch("Valider")
        wait_for(
            lambda: any(body.get("text") == "perdu" for _, body in facts(replica, "badge-issued")),
            lambda: str(facts(replica, "badge-issued")),
        )


def hasty():
    """The return key before the list of the last letters is there opens whom they find, not whom
    the letters before had found."""
    replica = Replica("hasty")
    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        enter_desk(kiosk)
        for _ in range(5):
            kiosk.write("Rechercher", "ouyang f")
            kiosk.wait("欧阳芳")
            field = kiosk.get("Rechercher", "text")
            expect(
                field.get_editable_text_iface().set_text_contents("FR-0004"),
                "a field that cannot be written",
            )
            press(kiosk, "Return")
            kiosk.wait("Passages", "HUË")
            kiosk.touch("查找")
            kiosk.wait("现场登记")


def go_to(kiosk, text):
    """The tab key, until the focus is on the button that says @text; then the return key."""
    focused = kit.kiosk.DISPLAY.atspi.StateType.FOCUSED

    def has_focus():
        node = kiosk.find(text, "button")
        return node is not None and node.get_state_set().contains(focused)

    for _ in range(60):
        if has_focus():
            break
        before = [
            name for role, name, node in kiosk.nodes() if node.get_state_set().contains(focused)
        ]
        press(kiosk, "Tab")
        try:
            wait_for(
                lambda: has_focus()
                or [
                    name
                    for role, name, node in kiosk.nodes()
                    if node.get_state_set().contains(focused)
                ]
                != before,
                "the focus to move",
                2,
            )
        except AssertionError:
            pass
    expect(has_focus(), f"the tab key does not get to “{text}”")
    press(kiosk, "Return")


def keys():
    """Everything by the keyboard alone, and the escape key leads back from everywhere, never
    out."""
    replica = Replica("keys")
    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        press(kiosk, "Escape")
        go_to(kiosk, "没有二维码")
        kiosk.wait("我们帮您查找")
        press(kiosk, "Escape")
        kiosk.wait("请出示您的二维码")
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳")
        press(kiosk, "Escape")
        kiosk.wait("请出示您的二维码")
        go_to(kiosk, "没有二维码")
        go_to(kiosk, "接待处")
        kiosk.wait("请扫描您的胸卡")
        press(kiosk, "Escape")
        kiosk.wait("请出示您的二维码")
        enter_desk(kiosk)
        kiosk.write("Rechercher", "ouyang f")
        kiosk.wait("欧阳芳")
        press(kiosk, "Return")
        kiosk.wait("Passages")
        go_to(kiosk, "Réimprimer le badge")
        kiosk.wait("为何重新打印胸卡")
        press(kiosk, "Escape")
        kiosk.wait("Passages")
        go_to(kiosk, "Corriger")
        kiosk.wait("更正胸卡")
        press(kiosk, "Escape")
        kiosk.wait("Passages")
        press(kiosk, "Escape")
        kiosk.wait("现场登记")
        go_to(kiosk, "现场登记")
        kiosk.wait("现场登记")
        press(kiosk, "Escape")
        kiosk.wait("现场登记")
        go_to(kiosk, "Quitter le bureau")
        kiosk.wait("请出示您的二维码")
        expect(kiosk.process.poll() is None, kiosk.said())


def no_inspector():
    """A keyboard that somebody plugs in opens neither GTK's inspector, nor its question whether to,
    nor any other window with the keys that open, save, print or quit elsewhere."""
    replica = Replica("inspector")
    with Kiosk(replica) as kiosk:

        def tries(where):
            for held in ((CONTROL, SHIFT), (CONTROL,), (ALT,), (CONTROL, ALT)):
                for letter in "dinopqsw":
                    press_together(kiosk, *held, ord(letter))
            expect(kiosk.process.poll() is None, where, kiosk.said())

        def alone(where):
            windows = [
                kiosk.root.get_child_at_index(i).get_name()
                for i in range(kiosk.root.get_child_count())
            ]
            expect(len(windows) == 1, f"{where}: windows beside the kiosk's:", *map(str, windows))

        kiosk.wait("请出示您的二维码")
        tries("the first screen")
        go_to(kiosk, "没有二维码")  # comes after those keys
        kiosk.wait("我们帮您查找")
        alone("the first screen")
        press(kiosk, "Escape")
        enter_desk(kiosk)
        kiosk.write("Rechercher", "ouyang f")
        kiosk.wait("欧阳芳")
        tries("the desk's search")
        press(kiosk, "Return")
        kiosk.wait("Passages")
        alone("the desk's search")


def locked_out():
    """Ten wrong numbers and a power cut in between: the delay stays until it is over."""
    replica = Replica("locked")
    locked = 0
    wrong = "10100000" if replica.pin != "10100000" else "10100001"
    for power in range(2):
        with Kiosk(replica) as kiosk:
            kiosk.touch("没有二维码")
            kiosk.touch("接待处")
            kiosk.wait("请扫描您的胸卡")
            for _ in range(10 if power == 0 else 0):
                tried = time.monotonic()
                dial(kiosk, wrong)
                wait_for(
                    lambda: kiosk.shows("号码不正确") or kiosk.shows("faux trop souvent"),
                    lambda: str(kiosk.texts()),
                )
                if kiosk.shows("faux trop souvent"):
                    locked = tried  # not before that, however late it is seen
                    break
            dial(kiosk, replica.pin)
            wait_for(
                lambda: kiosk.shows("faux trop souvent") or kiosk.shows("Li Na"),
                lambda: str(kiosk.texts()),
            )
            late = time.monotonic() - locked > LOCK_S
            expect(late or not kiosk.shows("Li Na"), "a locked desk opened")
            kiosk.stop(signal.SIGKILL)


def turned():
    """Every page in a window that turns between portrait and landscape."""
    replica = Replica("turned")

    def turn(kiosk):
        for size in ((960, 540), (540, 960), (1080, 1920), (480, 800), (800, 480), (540, 960)):
            resize(kiosk, *size)
            expect(kiosk.process.poll() is None, kiosk.said())

    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        turn(kiosk)
        for code in ("CN-0063", "nonsense"):
            kiosk.scan(code)
            kiosk.wait("语音")
            turn(kiosk)
        enter_desk_from_verdict(kiosk)
        turn(kiosk)
        kiosk.write("Rechercher", "ouyang")
        kiosk.wait("欧阳芳")
        turn(kiosk)
        kiosk.touch("欧阳芳")
        kiosk.wait("Passages")
        turn(kiosk)
        kiosk.touch("Réimprimer le badge")
        kiosk.wait("为何重新打印胸卡")
        turn(kiosk)
        kiosk.touch("返回")
        kiosk.touch("Corriger")
        kiosk.wait("更正胸卡")
        turn(kiosk)
        kiosk.touch("返回")
        kiosk.touch("查找")
        kiosk.touch("现场登记")
        kiosk.wait("现场登记")
        turn(kiosk)
        kiosk.touch("返回")
        kiosk.touch("Poste")
        kiosk.wait("中央服务器")
        turn(kiosk)
        expect(kiosk.process.poll() is None, kiosk.said())


def larger():
    """Everything grows with the screen, and by a touch for who asks for it."""
    replica = Replica("larger")

    def height(kiosk, text, role="button"):
        return (
            kiosk.get(text, role)
            .get_component_iface()
            .get_extents(kit.kiosk.DISPLAY.atspi.CoordType.WINDOW)
            .height
        )

    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        small = wait_for(lambda: height(kiosk, "Écouter"), "a button that has been laid out")
        # The row is as high as its longest word needs, which is another one in large type: what
        # must grow is the text.
        written = height(kiosk, "Écouter", "label")
        kiosk.touch("Grands caractères")
        wait_for(lambda: height(kiosk, "Écouter", "label") > 1.1 * written, "larger touches")
        kiosk.touch("标准字体")
        wait_for(lambda: height(kiosk, "Écouter") == small, "touches as before")
        resize(kiosk, 1080, 1920)
        wait_for(
            lambda: abs(height(kiosk, "Écouter") - 2 * small) <= 3,
            lambda: f"touches of twice {small} px; they have {height(kiosk, 'Écouter')}",
        )


def enter_desk_from_verdict(kiosk):
    kiosk.touch("返回")
    enter_desk(kiosk)


def called():
    """A touch on “Call the team” is seen at the desk, and ends once a volunteer saw to it."""
    replica = Replica("called")
    with Kiosk(replica) as kiosk:
        kiosk.touch("没有二维码")
        kiosk.touch("Appeler l’équipe")
        kiosk.wait("工作人员马上就到")
        kiosk.touch("返回")
        enter_desk(kiosk)
        kiosk.wait("1 alerte")
        kiosk.touch("Poste")
        kiosk.wait("有人请求帮助", "Entrée Est")
        kiosk.touch("Traité")
        wait_for(
            lambda: any(
                subject == "call:entree-est" and body["volunteer"] == "Li Na"
                for subject, body in facts(replica, "alert-closed")
            ),
            lambda: str(facts(replica, "alert-closed")),
        )
        wait_for(
            lambda: not kiosk.shows("有人请求帮助") and not kiosk.shows("1 alerte"),
            lambda: str(kiosk.texts()),
        )


def stuck():
    """Another process holds the replica for HELD_S seconds, and until the window has been looked at
    ANSWERS times: it lives, says that it waits, and goes on."""
    replica = Replica("stuck")
    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        with sqlite3.connect(replica.db, isolation_level=None) as db:
            db.execute("BEGIN IMMEDIATE")
            kiosk.scan("FR-0004")
            answers, end = [], time.monotonic() + HELD_S

            def looked_at():
                answers.extend([True] if kiosk.texts() else [])
                return len(answers) >= ANSWERS and time.monotonic() > end

            wait_for(looked_at, lambda: f"{ANSWERS} answers of the window; it gave {len(answers)}")
            db.execute("ROLLBACK")
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳")


def replaced():
    """The replica's file gives way to another: nothing is decided into the lost one, and the screen
    ends, to be started again."""
    replica, other = Replica("replaced"), Replica("replaces")
    with Kiosk(replica, env=kit.kiosk.WHOLE_STACKS) as kiosk:
        kiosk.wait("请出示您的二维码")
        os.rename(other.db, replica.db)
        kiosk.scan("FR-0004")
        expect(ended(kiosk.process) == 0, kiosk.said())
        expect("took its place" in kiosk.said(), kiosk.said())
        expect(not facts(replica, "passage"), "a passage in a file that was never opened")


if __name__ == "__main__":
    main(
        (
            flood,
            two_at_once,
            cannot_start,
            disk_at_the_start,
            nothing_left,
            own_words,
            hasty,
            keys,
            no_inspector,
            locked_out,
            turned,
            larger,
            called,
            stuck,
            replaced,
        )
    )
