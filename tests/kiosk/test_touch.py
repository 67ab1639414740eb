#!/usr/bin/python3
"""What is touched is never smaller than a finger, 15 mm on the glass, on the screens that are sold,
upright and landscape; nothing is cut, covers another, or lies where only a scroll would lead that
nobody sees. By the extents that
assistive technology is told, in an X server that says how large its screen is. TAP."""
import os
import sys

os.environ["G_DEBUG"] = "fatal-criticals"

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import kit.kiosk
from kit.kiosk import Kiosk, Replica, enter_desk, resize, wait_for
from kit.tap import expect, main

FINGER_MM = 15
# Name, pixels, millimetres: landscape; each is turned as well.
SCREENS = (
    ("7 inches", 800, 480, 152, 91),
    ("10.1 inches", 1280, 800, 217, 136),
    ("15.6 inches", 1920, 1080, 344, 194),
    ("21.5 inches", 1920, 1080, 476, 268),
    ("32 inches", 1920, 1080, 708, 398),
)
# Keys of a board that has four rows and ten columns on part of the page: as large as it allows, and
# never less than this.
KEY_MM = 8
BOARD = (
    "AZERTY",
    "QWERTY",
    "Majuscules",
    "Lettres accentuées",
    "Chiffres",
    "Espace",
    "Chinois en pinyin",
    "Effacer",
)
PICTURE_PX = 1280  # of screens that are looked at, too
# What is told is within the edge of a touch, which is 0.14 em wide at most.
EDGES_EM = 2 * 0.14


def common(room, box):
    """What two boxes share, as (x, y, width, height); no width for nothing."""
    x, y = max(room[0], box[0]), max(room[1], box[1])
    right = min(room[0] + room[2], box[0] + box[2])
    bottom = min(room[1] + room[3], box[1] + box[3])
    return x, y, max(0, right - x), max(0, bottom - y)


class Glass:
    def __init__(self, kiosk, name, width, height, width_mm, height_mm):
        self.kiosk, self.name, self.width, self.height, self.px_per_mm = (
            kiosk,
            f"{name}, {width} × {height}",
            width,
            height,
            max(width / width_mm, height / height_mm),
        )
        kit.kiosk.DISPLAY.glass(width, height, width_mm, height_mm)
        resize(kiosk, width, height)

    def look(self):
        """(role, name, box, in a list that shows how it scrolls) of all that can be touched, and of
        all texts beside."""
        touches, texts = [], []
        below = {}
        for _, node in self.kiosk.showing():
            below.setdefault(node.parent, []).append(node)

        def walk(node, panes, scrolled, room):
            role = node.get_role_name()
            children = below.get(node, [])
            panes += role == "scroll pane"
            # The window and its page are panes too, for pages that are too long: those show no bar,
            # so nothing may need them. A list shows one, as soon as it is longer than its room.
            scrolled = scrolled or (
                panes > 2
                and any(
                    child.get_role_name() == "scroll bar" and child.box().height > 0
                    for child in children
                )
            )
            box = node.box()
            room = common(room, box)
            if role in ("push button", "button", "toggle button", "combo box", "text", "entry"):
                touches.append((role, node.name, box, scrolled, room))
                return
            if role == "label" and node.name:
                texts.append((role, node.name, box, scrolled, room))
            for child in children:
                walk(child, panes, scrolled, room)

        for window in below.get(self.kiosk.root, []):
            walk(window, 0, False, (0, 0, self.width, self.height))
        return touches, texts

    def faults(self):
        (touches, texts), faults = self.look(), []
        self.has_board = any(name == "AZERTY" or name == "QWERTY" for _, name, *_ in touches)
        if not touches:
            return ["nothing to touch"]
        for role, name, box, *_ in touches:
            key = self.has_board and (len(name) == 1 or name.split(" · ")[0] in BOARD)
            edges = EDGES_EM * max(self.width, self.height) / 65
            least = (KEY_MM if key else FINGER_MM) * self.px_per_mm - edges - 1
            if box.height < least or (box.width < least and not key):
                faults.append(
                    f"{role} “{name}” is {box.width / self.px_per_mm:.1f} × "
                    f"{box.height / self.px_per_mm:.1f} mm"
                )
        for role, name, box, scrolled, _ in touches + texts:
            if (
                box.x < 0
                or box.x + box.width > self.width + 1
                or ((box.y < 0 or box.y + box.height > self.height + 1) and not scrolled)
            ):
                faults.append(
                    f"{role} “{name}” is cut: {box.x}, {box.y}, {box.width} × {box.height}"
                )
        # A page that is too long for its room goes on beneath the touches. What is drawn smaller so
        # that it fits (ui_fit.h) has its usual size here: it ends where its room does.
        fixed = [(name, room) for _, name, _, scrolled, room in touches if not scrolled]
        for i, (one, a) in enumerate(fixed):
            for other, b in fixed[i + 1 :] + [
                (name, room) for _, name, _, scrolled, room in texts if not scrolled
            ]:
                _, _, width, height = common(a, b)
                if width > 1 and height > 1:
                    faults.append(f"“{one}” and “{other}” cover each other")
        return faults

    def check(self, page):
        wait_for(
            lambda: not self.faults(),
            lambda: f"{page} on {self.name}:\n" + "\n".join(self.faults()),
            3,
        )


def everywhere(kiosk, page):
    failures = []
    # The larger ones, where every page has more room, are looked at where there is most to touch.
    for screen in SCREENS if page in ("attract", "search", "station") else SCREENS[:2]:
        name, width, height, width_mm, height_mm = screen
        for turned in (False, True):
            glass = Glass(
                kiosk, name, *((height, width, height_mm, width_mm) if turned else screen[1:])
            )
            try:
                glass.check(page)
            except AssertionError as error:
                failures.append(str(error))
            if width <= PICTURE_PX:
                kiosk.picture(
                    f"touch-{page}-{name.replace(' ', '-')}-{'portrait' if turned else 'landscape'}"
                )
    kit.kiosk.DISPLAY.usual_glass()
    expect(not failures, *failures)


def delegate():
    replica = Replica("touch-delegate")
    with Kiosk(replica) as kiosk:
        kiosk.wait("请出示您的二维码")
        everywhere(kiosk, "attract")
        kiosk.touch("Grands caractères")
        kiosk.wait("标准字体")
        everywhere(kiosk, "attract-large")
        kiosk.touch("标准字体")
        kiosk.wait("大字 · 高对比度")
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳")
        everywhere(kiosk, "welcome")
        kiosk.scan("nonsense")
        kiosk.wait("此处无法识别该二维码")
        everywhere(kiosk, "verdict")
        kiosk.touch("Appeler l’équipe")
        kiosk.wait("工作人员马上就到")
        everywhere(kiosk, "called")
        kiosk.touch("返回")
        kiosk.touch("没有二维码")
        kiosk.wait("没有二维码？我们帮您查找")
        everywhere(kiosk, "no-code")


def volunteer():
    replica = Replica("touch-volunteer")
    with Kiosk(replica) as kiosk:
        kiosk.scan("CN-0063")
        kiosk.wait("欧阳芳")
        kiosk.touch("Terminé")
        kiosk.touch("没有二维码")
        kiosk.touch("接待处")
        kiosk.wait("请扫描您的胸卡")
        everywhere(kiosk, "pin")
        kiosk.touch("返回")
        enter_desk(kiosk)
        kiosk.write("Rechercher", "ouyang")
        kiosk.wait("欧阳芳")
        everywhere(kiosk, "search")
        kiosk.touch("欧阳芳")
        kiosk.wait("N° 1")
        everywhere(kiosk, "person")
        kiosk.touch("Réimprimer le badge")
        kiosk.wait("为何重新打印胸卡")
        everywhere(kiosk, "reason")
        kiosk.touch("返回")
        kiosk.touch("Corriger")
        kiosk.wait("更正胸卡")
        everywhere(kiosk, "correct")
        kiosk.touch("返回")
        kiosk.touch("查找")
        kiosk.touch("现场登记")
        kiosk.wait("现场登记")
        everywhere(kiosk, "walk-in")
        kiosk.touch("返回")
        kiosk.touch("Poste")
        kiosk.wait("中央服务器")
        everywhere(kiosk, "station")


def said_in_settings():
    """A screen that says nothing, or nonsense, is as large as the settings say; without them
    nothing is known, and touches follow the window."""
    _, width, height, width_mm, height_mm = SCREENS[0]
    for said, settings, wanted_mm in (
        ((0, 0), "[screen]\ndiagonal = 7\n", FINGER_MM),
        ((160, 90), "[screen]\ndiagonal = 7\n", FINGER_MM),
        ((160, 90), "", 0),
    ):
        kit.kiosk.DISPLAY = kit.kiosk.DISPLAY or kit.kiosk.Display()
        kit.kiosk.DISPLAY.glass(width, height, *said)
        with Kiosk(Replica("touch-settings"), width, height, settings=settings) as kiosk:

            def height_mm_of_touch():
                return (
                    kiosk.get("Écouter", "button")
                    .get_component_iface()
                    .get_extents(kit.kiosk.DISPLAY.atspi.CoordType.WINDOW)
                    .height
                    * width_mm
                    / width
                )

            if wanted_mm:
                wait_for(
                    lambda: wanted_mm - 1 <= height_mm_of_touch() <= wanted_mm + 1,
                    lambda: f"a touch of {wanted_mm} mm; it has {height_mm_of_touch():.1f}, "
                    f"{said}, {settings!r}",
                    10,
                )
            else:
                kiosk.wait("请出示您的二维码")
                expect(
                    8 < height_mm_of_touch() < 11,
                    f"a touch has {height_mm_of_touch():.1f} mm where nothing is known",
                )
    kit.kiosk.DISPLAY.usual_glass()


if __name__ == "__main__":
    main((delegate, volunteer, said_in_settings))
