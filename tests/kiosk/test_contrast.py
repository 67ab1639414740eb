#!/usr/bin/python3
"""The kiosk's colours by WCAG 2.1: every text of the style sheet against every ground that it can
stand on reaches AA (4.5 : 1), and signs and edges that must be seen 3 : 1. TAP.

The style sheet names its colours once (@define-color); which stands on which is the table here, and
each rule that sets a colour must be in it, so that a new one is measured too."""
import re
import sys

SHEET = "assets/kiosk/style.css"
TEXT, SIGN = 4.5, 3.0

# The grounds of what each selector colours: what is behind it in the page.
GROUNDS = {
    "window.kiosk": ["@paper"],
    ".header .line": ["@paper"],
    ".pair.lead .own": ["@paper"],
    ".pair.lead .other": ["@paper"],
    ".others .own, .others .other": ["@paper"],
    ".sign": ["@second", "@yes", "@attention"],
    "button.touch": ["@card", "#e7e4dc", "#dfe3ef"],
    ".person .organisation .own": ["@paper", "@card"],
    ".person .organisation .other": ["@paper", "@card"],
    ".person .category": ["#4a5364"],
    ".person .category.light": ["#ffffff", "#777777"],
    ".frame": ["@paper"],
    ".reminder": ["@paper"],
    ".gate .board.yes": ["@yes"],
    ".gate .board.attention": ["@attention"],
    ".notice .own, .notice .other": ["@paper"],
    ".notice.attention .own, .notice.attention .other": ["@paper"],
    ".pad button": ["@card", "#e7e4dc"],
    "entry.field": ["@card"],
    "entry.field placeholder": ["@card"],
    "entry.field image": ["@card"],
    ".place": ["@card"],
    "button.row .state": ["@card", "#e7e4dc"],
    "button.row .state.arrived": ["@card"],
    ".board .letters": ["@paper"],
    ".record.waiting image": ["@card"],
    ".board .key": ["@card", "#dfe3ef"],
    ".record image": ["@card"],
    ".record.refused image, .record.refused .state": ["@card"],
    ".record.void .what": ["@card"],
    "button.member:checked image.tick": ["@card", "#dfe3ef", "#e7e4dc"],
    "button.touch.primary": ["@blue"],
    "button.touch.primary label": ["@blue"],
    "window.contrast button.touch.primary image": ["@blue"],
    "button.member:disabled": ["@card"],
    "button.primary": ["@blue"],
    "button.primary label": ["@blue"],
    ".labelled .field-label": ["@paper"],
    "button.choice": ["@card", "#dfe3ef"],
    "dropdown > button": ["@card"],
    ".gate .board.yes .lead .own, .gate .board.yes .lead .other, .gate .board.attention .lead "
    ".own, .gate .board.attention .lead .other": [
        "@yes",
        "@attention",
    ],
    ".gate .board.yes .organisation .own, .gate .board.yes .organisation .other": ["@yes"],
    "window.contrast .pair.lead .own, window.contrast .pair.lead .other, window.contrast "
    ".organisation .own, window.contrast .organisation .other, window.contrast .others .own, "
    "window.contrast .others .other, "
    "window.contrast .header .line": ["white"],
    "window.contrast .category:not(.light) label, window.contrast .board.yes label, "
    "window.contrast .board.attention label": [
        "#4a5364",
        "@yes",
        "@attention",
    ],
    "window.contrast": ["white"],
    "window.contrast label": ["white"],
    "window.contrast button.touch, window.contrast .card, window.contrast .frame": ["white"],
}
# A category's ground comes from the event file; person.c takes white or black by it. WCAG leaves
# out what cannot be touched.
LEFT_OUT = {"button.touch:disabled"}
# In the dark hall's theme a colour is always used on the same grounds.
DARK, DARK_CARD = "#12151b", "#20252e"
DARK_GROUNDS = {
    "#f2efe8": [DARK, DARK_CARD],
    "#c3c9d3": [DARK, DARK_CARD],
    "#c5d2ff": [DARK],
    "#f0b45a": [DARK, DARK_CARD],
    "#6fd0a3": [DARK, DARK_CARD],
    "white": ["@yes", "@attention", "#3450b8", "black"],
}


def grounds_of(selector, colour):
    if selector.startswith("window.dark"):
        return DARK_GROUNDS.get(colour, [])
    return GROUNDS.get(selector, [])


# Grounds that a sign, a line or an edge of a field must stand out from.
SIGNS = [
    ("@blue", "@paper"),
    ("@blue", "@card"),
    ("@red", "@paper"),
    ("@yes", "@card"),
    ("@yes", "#e4e1d9"),
    ("@attention", "@card"),
    ("@second", "@card"),
]


def read_sheet():
    with open(SHEET, encoding="utf-8") as sheet:
        text = re.sub(r"/\*.*?\*/", "", sheet.read(), flags=re.S)
    names = {
        "@" + name: value
        for name, value in re.findall(r"@define-color\s+(\w+)\s+(#[0-9a-f]{6})\s*;", text)
    }
    rules = re.findall(r"([^{};]+)\{([^}]*)\}", re.sub(r"@define-color[^;]*;", "", text))
    coloured = []
    for selector, body in rules:
        colour = re.search(r"(?:^|[;\s])color:\s*([^;]+);", body)
        if colour:
            coloured.append((" ".join(selector.split()), colour.group(1).strip()))
    return names, coloured


def luminance(colour, names):
    colour = {"white": "#ffffff", "black": "#000000"}.get(
        names.get(colour, colour), names.get(colour, colour)
    )
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), f"{colour} is no colour that can be measured"
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other, names):
    light, dark = sorted((luminance(one, names), luminance(other, names)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def main():
    names, coloured = read_sheet()
    pairs, unknown = [], []
    for selector, colour in coloured:
        if selector in LEFT_OUT:
            continue
        grounds = grounds_of(selector, colour)
        if not grounds:
            unknown.append(f"{selector} ({colour})")
        pairs += [(selector, colour, ground, TEXT) for ground in grounds]
    pairs += [("a sign", sign, ground, SIGN) for sign, ground in SIGNS]
    print("1..2")
    print(("not ok" if unknown else "ok") + " 1 every colour of a text has a ground in the table")
    for rule in unknown:
        print("# add the ground of", rule)
    measured = sorted(
        (
            ratio(colour, ground, names) / least,
            ratio(colour, ground, names),
            selector,
            colour,
            ground,
            least,
        )
        for selector, colour, ground, least in pairs
    )
    poor = [line for line in measured if line[0] < 1]
    print(("not ok" if poor else "ok") + f" 2 {len(pairs)} pairs are told apart")
    for _, found, selector, colour, ground, least in poor or measured[:3]:
        print(f"# {found:.2f} (of {least}): {selector}: {colour} on {ground}")
    sys.exit(1 if unknown or poor else 0)


if __name__ == "__main__":
    main()
