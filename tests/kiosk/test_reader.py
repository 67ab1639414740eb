#!/usr/bin/python3
"""What a screen reader is told: the heading of a page that comes has the keyboard, headings are
headings, and each text says which language it is in. TAP."""
import sys

sys.path.insert(0, __file__.rsplit("/", 2)[0])
import kit.kiosk
from kit.kiosk import Kiosk, Replica, wait_for
from kit.tap import expect, main, tests_of


def language_of(node):
    text = node.get_text_iface()
    return text and dict(text.get_attribute_run(0, True)[0]).get("language")


def focused(kiosk):
    state = kit.kiosk.DISPLAY.atspi.StateType.FOCUSED
    return [name for _, name, node in kiosk.nodes() if node.get_state_set().contains(state)]


def test_announced():
    with Kiosk(Replica("reader")) as kiosk:
        for code, title in (
            ("nonsense", "Ce code n’est pas reconnu ici"),
            ("FR-0004", "Bienvenue"),
            ("CN-0063", "欢迎光临"),
        ):
            kiosk.scan(code)
            kiosk.wait(title)
            wait_for(
                lambda title=title: focused(kiosk) == [title],
                lambda title=title: f"“{title}” to have the keyboard, not {focused(kiosk)}",
            )
            headings = {name for role, name, _ in kiosk.nodes() if role == "heading"}
            expect(title in headings, headings)


def test_languages():
    with Kiosk(Replica("languages")) as kiosk:
        kiosk.wait("Présentez votre code QR", "请出示您的二维码")
        for role, name, node in kiosk.nodes():
            if role in ("label", "heading") and name:
                chinese = any("\u4e00" <= letter <= "\u9fff" for letter in name)
                expect(language_of(node) == ("zh-cn" if chinese else "fr"), role, name)


if __name__ == "__main__":
    main(tests_of(globals()))
