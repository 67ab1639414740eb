#!/usr/bin/env python3
"""Reads what `make --dry-run` would do and writes it as a compilation database (clangd's
compile_commands.json) to standard output."""
import json, os, re, shlex, sys


def main():
    entries = []
    for line in sys.stdin:
        if not re.search(r" -c -o \S+\.o \S+\.c$", line.rstrip()):
            continue
        words = shlex.split(line)
        entries.append({"directory": os.getcwd(), "arguments": words, "file": words[-1]})
    json.dump(entries, sys.stdout, indent=1)
    print()
    return 0 if entries else 1


sys.exit(main())
