#!/usr/bin/env python3
"""Proves the floors (src/README.md): who includes whom, which library belongs to which floor,
that no cycle exists, and the shape of the tree. TAP.

The table of floors is read from the Makefile, so that it stands in one place."""
import os, re, subprocess, sys

# A header's beginning, and the floor that owns its library. GLib itself may appear anywhere.
OWNERS = [
    ("json-glib/", "core"),
    ("unicode/", "core"),
    ("sodium", "core"),
    ("libintl.h", "core"),
    ("xlsxwriter", "export"),
    ("png.h", "core"),
    ("sqlite3", "journal"),
    ("qrencode", "credential"),
    ("archive", "roster"),
    ("libxml/", "roster"),
    ("cairo", "badge"),
    ("pango", "badge"),
    ("librsvg", "badge"),
    ("fontconfig", "badge"),
    ("ft2build", "badge"),
    ("cups/", "print"),
    ("zbar", "camera"),
    ("gdk-pixbuf", "camera"),
    ("libusb", "usb"),
    ("gst/", "camera"),
    ("curl/", "sync"),
    ("microhttpd", "http"),
    ("gnutls/", "http"),
    ("libpq", "replication"),
    ("gtk/", "kiosk"),
]
TOP = {"Makefile", "src", "assets", "fonts", "tests", "systemd", "README.md"}


def table():
    text = open("Makefile", encoding="utf-8").read().replace("\\\n", " ")
    floors = re.search(r"^FLOORS := (.*)$", text, re.M)[1].split()
    knows = {f: re.search(r"^KNOWS_%s\s*:=(.*)$" % f, text, re.M)[1].split() for f in floors}
    return floors, knows


def includes(path):
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if match := re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line):
            yield number, match[1], match[2]


def sources(folder):
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                yield os.path.join(root, name)


def faults_of_file(path, floor, floors, knows):
    for number, kind, header in includes(path):
        where = "%s:%d includes %s" % (path, number, header)
        if kind == '"' and "/" in header:
            other = header.split("/")[0]
            if other not in floors:
                yield "%s, which is no floor" % where
            elif other != floor and other not in knows[floor]:
                yield "%s, but %s does not know %s" % (where, floor, other)
            elif not os.path.exists("src/" + header):
                yield "%s, which does not exist" % where
        elif kind == '"' and header != "schema.gresource.h":
            yield "%s without its floor's name" % where
        else:
            for beginning, owner in OWNERS:
                if header.startswith(beginning) and owner != floor:
                    yield "%s, which belongs to %s" % (where, owner)


def module_cycle():
    """A cycle between modules (a .c with its .h), or None."""
    graph = {}
    for path in sources("src"):
        module = path[4:-2]
        graph.setdefault(module, set()).update(
            h[:-2]
            for _, k, h in includes(path)
            if k == '"' and h.endswith(".h") and "/" in h and h[:-2] != module
        )
    state = {}

    def visit(module, trail):
        state[module] = 1
        for other in sorted(graph.get(module, ())):
            if state.get(other) == 1:
                return trail[trail.index(other) :] + [other]
            if other not in state and (found := visit(other, trail + [other])):
                return found
        state[module] = 2
        return None

    for module in sorted(graph):
        if module not in state and (found := visit(module, [module])):
            return found
    return None


def unexplained_packages():
    """Packages of the Makefile's list that README's table does not give a reason for."""
    makefile = open("Makefile", encoding="utf-8").read().replace("\\\n", " ")
    packages = {
        p for line in re.findall(r"^PACKAGES_\w+\s*:=(.*)$", makefile, re.M) for p in line.split()
    }
    explained = set(
        re.findall(
            r"[a-z0-9][a-z0-9.+-]+",
            " ".join(
                re.findall(r"^\| ([^|]*) \|", open("README.md", encoding="utf-8").read(), re.M)
            ),
        )
    )
    return sorted(packages - explained)


def main():
    floors, knows = table()
    results = []
    cycle = [f for f in floors for k in knows[f] if floors.index(k) >= floors.index(f)]
    results.append(
        (
            "floors are in order, so that no cycle exists",
            ["%s knows a floor above it" % f for f in cycle],
        )
    )
    not_closed = [
        "%s knows %s but not %s, which that one knows" % (f, k, j)
        for f in floors
        for k in knows[f]
        for j in knows[k]
        if j not in knows[f]
    ]
    results.append(("a floor knows what the floors it knows need", not_closed))
    results.append(
        (
            "every folder of src is a floor",
            [
                "src/%s" % d
                for d in sorted(os.listdir("src"))
                if os.path.isdir("src/" + d) and d not in floors
            ],
        )
    )
    for floor in floors:
        results.append(
            (
                "%s includes only what it may" % floor,
                [
                    f
                    for p in sources("src/" + floor)
                    for f in faults_of_file(p, floor, floors, knows)
                ],
            )
        )
    found = module_cycle()
    results.append(("modules form no cycle", [" → ".join(found)] if found else []))
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, text=True
    ).stdout.split("\0")
    names = {t.split("/")[0] for t in tracked if t} or set(os.listdir("."))
    results.append(
        (
            "nothing else at the top",
            sorted(n for n in names if not n.startswith(".") and n not in TOP and n != "build"),
        )
    )
    alone = [
        p
        for p in sources("src")
        if p.endswith(".c")
        and not os.path.exists(p[:-1] + "h")
        and not p.endswith("/main.c")
        and not p.startswith("src/cli/")
    ]
    results.append(("every source has its header", alone))
    results.append(("README gives a reason for every package", unexplained_packages()))
    print("1..%d" % len(results))
    for number, (what, faults) in enumerate(results, 1):
        print("%sok %d %s" % ("not " if faults else "", number, what))
        for fault in faults:
            print("# " + fault)
    return any(f for _, f in results)


sys.exit(main())
