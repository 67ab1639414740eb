#!/usr/bin/env python3
"""Says what the tests of a coverage build (MODE=coverage) have reached: lines and branches of each
folder of src, and the functions of which they have reached the least.

Usage: coverage.py BUILD"""
import collections, json, os, subprocess, sys

FUNCTIONS_SHOWN = 60


def report(build):
    result = subprocess.run(
        ["gcovr", "--root", ".", "--filter", "src/", "--json", "-", "--exclude-throw-branches"]
        + ["--gcov-ignore-parse-errors", os.path.join(build, "obj")],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        sys.exit("gcovr: " + result.stderr)
    return json.loads(result.stdout)["files"]


def function_starts(path):
    """(line, name) of every function that the file defines, by its place at the left edge."""
    starts = []
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for number, line in enumerate(lines, 1):
        if line == "{":
            head = number - 2
            while head > 0 and lines[head][:1] in (" ", ""):
                head -= 1
            name = lines[head].split(" (")[0].split()[-1:] if " (" in lines[head] else []
            if name:
                starts.append((number, name[0].lstrip("*")))
    return starts


def add_functions(path, lines, functions):
    starts = function_starts(path)
    for line in lines:
        own = [name for start, name in starts if start <= line["line_number"]]
        if own:
            of = functions[path, own[-1]]
            of[0] += 1
            of[1] += line["count"] > 0


def share(part, whole):
    return "%5.1f %%" % (100 * part / whole) if whole else "      –"


def main():
    folders = collections.defaultdict(lambda: [0, 0, 0, 0])
    functions = collections.defaultdict(lambda: [0, 0])
    for file in report(sys.argv[1]):
        lines = [l for l in file["lines"] if not l.get("gcovr/noncode")]
        of = folders[os.path.dirname(file["file"])]
        of[0] += len(lines)
        of[1] += sum(l["count"] > 0 for l in lines)
        of[2] += sum(len(l["branches"]) for l in lines)
        of[3] += sum(b["count"] > 0 for l in lines for b in l["branches"])
        add_functions(file["file"], lines, functions)
    print("%-18s %16s %16s" % ("folder", "lines", "branches"))
    for folder, (lines, reached, branches, taken) in sorted(folders.items()):
        print(
            "%-18s %7d %s %7d %s"
            % (folder, lines, share(reached, lines), branches, share(taken, branches))
        )
    print("\nleast covered functions: lines not reached, of how many")
    least = sorted(functions.items(), key=lambda f: (f[1][1] - f[1][0], f[0]))
    for (path, name), (lines, reached) in least[:FUNCTIONS_SHOWN]:
        if lines > reached:
            print("%5d of %4d  %s: %s" % (lines - reached, lines, path, name))
    return 0


sys.exit(main())
