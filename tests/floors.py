#!/usr/bin/env python3
"""Proves the floors (src/README.md): who includes whom, which library belongs to which floor,
that no cycle exists, and the shape of the tree. TAP.

The table of floors is read from the Makefile, so that it stands in one place."""
import functools, os, re, subprocess, sys

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
    ("libpq", "postgres"),
    ("liboath", "office"),
    ("pinyin.h", "input"),
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


@functools.cache
def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def without_comments(text):
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def exports():
    """{name: header} of every function that a header declares."""
    found = {}
    for path in sources("src"):
        if not path.endswith(".h"):
            continue
        text = without_comments(text_of(path)).replace("\\\n", " ")
        text = re.sub(r"^\s*#.*$|^G_DEFINE\w* \(.*\)$", "", text, flags=re.M)
        while "{" in text and (flat := re.sub(r"\{[^{}]*\}", ";", text)) != text:
            text = flat
        for declaration in text.split(";"):
            declaration = re.sub(r"G_\w+ \([^)]*\)", "", declaration)
            match = re.search(r"\b([a-z]\w*) \(", declaration)
            if match and not re.search(r"\b(typedef|static|extern)\b", declaration):
                found[match[1]] = path
    return found


@functools.cache
def definitions(folder):
    """{name: stem} of what the files of @folder define: each name before a bracket, on a line that
    begins at the left edge."""
    found = {}
    for path in sources(folder):
        if path.endswith(".c"):
            for line in re.findall(r"^\w[^;\n]*", text_of(path), re.M):
                for name in re.findall(r"\b(\w+) \(", line):
                    found.setdefault(name, os.path.basename(path)[:-2])
    return found


def defined_in(name, folder):
    """The stem of the file of @folder that defines the function; '' if none does."""
    return definitions(folder).get(name, "")


def strange_names(functions):
    """Exported functions whose names do not begin with their module's stem and an underscore, nor
    with that of a module of the folder which the stem extends (batch_work: batch_), nor with the
    folder's."""
    modules = {path[4:-2] for path in sources("src")}
    for name, header in sorted(functions.items()):
        folder, stem = header[4:-2].split("/")
        stems = {stem, folder, defined_in(name, "src/" + folder) or stem} | {
            m.split("/")[1]
            for m in modules
            if m.startswith(folder + "/") and stem.startswith(m.split("/")[1] + "_")
        }
        if name not in stems and not name.startswith(tuple(s + "_" for s in stems)):
            yield "%s: %s" % (header, name)


def unused_functions(functions):
    """Exported functions that no other file of src names; a test's use alone is none. But a part
    that its own file calls may be exported for a test's table: the pure half of what asks the
    machine.
    What a macro of the header names is used by it: g_autoptr's _free, an error domain's quark."""
    words = {}
    tested = set()
    for path in sources("tests"):
        tested |= set(re.findall(r"\w+", without_comments(text_of(path))))
    for path in sources("src"):
        words[path] = set(re.findall(r"\w+", without_comments(text_of(path))))
    for name, header in sorted(functions.items()):
        text = text_of(header).replace("\\\n", " ")
        own = {header, header[:-1] + "c"}
        own.add("%s/%s.c" % (os.path.dirname(header), defined_in(name, os.path.dirname(header))))
        if re.search(r"^(#define|G_DEFINE\w*) .*\b%s\b" % name, text, re.M):
            continue
        home = own.difference((header,)).intersection(words)
        calls = sum(len(re.findall(r"\b%s\b" % name, text_of(path))) for path in home)
        if calls > 1 and name in tested:
            continue
        if not any(name in there for path, there in words.items() if path not in own):
            yield "%s: %s" % (header, name)


def doubled_stems():
    """Stems of files of src that stand twice; every program has its main.c."""
    stems = {}
    for path in sources("src"):
        stems.setdefault(os.path.basename(path)[:-2], set()).add(path[:-2])
    return sorted(", ".join(sorted(p)) for s, p in stems.items() if len(p) > 1 and s != "main")


def unused_floors(floors, knows):
    for floor in floors:
        used = {
            header.split("/")[0] for p in sources("src/" + floor) for _, k, header in includes(p)
        }
        for other in knows[floor]:
            if other not in used:
                yield "%s knows %s and includes nothing of it" % (floor, other)


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
    results.append(("a floor knows only what it includes", unused_floors(floors, knows)))
    functions = exports()
    results.append(("a file's stem stands once", doubled_stems()))
    results.append(("exported names begin with their module's stem", strange_names(functions)))
    results.append(("every exported function is used elsewhere", unused_functions(functions)))
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
    results = [(what, list(faults)) for what, faults in results]
    for number, (what, faults) in enumerate(results, 1):
        print("%sok %d %s" % ("not " if faults else "", number, what))
        for fault in faults:
            print("# " + fault)
    return any(f for _, f in results)


sys.exit(main())
