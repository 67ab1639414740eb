#!/usr/bin/env python3
"""Every header compiles alone, with a comment that is its manual in front; and the sanitizer
build really stops on an overflow. TAP."""
import concurrent.futures, glob, os, re, shlex, subprocess, sys, tempfile

CC = shlex.split(os.environ.get("CC", "gcc"))
OVERFLOW = """#include <stdlib.h>
int main (int argc, char **argv)
{
  volatile char *room = malloc (8);
  room[7 + argc] = 'x';
  free ((void *) room);
  return 0;
}
"""


def cflags():
    packages = re.findall(r"^PKGS_\w+\s*:=(.*)$", open("Makefile", encoding="utf-8").read(), re.M)
    flags = subprocess.run(
        ["pkg-config", "--cflags", *" ".join(packages).split()],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return ["-std=c17", "-D_GNU_SOURCE", "-Isrc", *flags]


def compile_header(header, flags):
    result = subprocess.run(
        [
            *CC,
            *flags,
            "-Wall",
            "-Wextra",
            "-Wno-unused-parameter",
            "-Wno-unused-function",
            "-Werror",
            "-fsyntax-only",
            "-x",
            "c",
            "-include",
            header[4:],
            "/dev/null",
        ],
        capture_output=True,
        text=True,
    )
    text = open(header, encoding="utf-8").read()
    complaint = result.stderr
    if not text.startswith("/* %s: " % os.path.basename(header)):
        complaint += "%s does not begin with what it is for\n" % header
    return complaint


def overflow():
    """What is wrong with the asan build's stopping, or ''."""
    makefile = open("Makefile", encoding="utf-8").read()
    line = " ".join(re.findall(r"^FLAGS_asan\s*[:+]=\s*(.*)$", makefile, re.M)).split()
    with tempfile.TemporaryDirectory() as folder:
        source, program = os.path.join(folder, "overflow.c"), os.path.join(folder, "overflow")
        open(source, "w").write(OVERFLOW)
        subprocess.run([*CC, "-std=c17", *line, "-o", program, source], check=True)
        result = subprocess.run([program], capture_output=True, text=True)
        if result.returncode == 0 or not re.search(
            "heap-buffer-overflow|insufficient space", result.stderr
        ):
            return "a write past the end went unseen (exit %d)\n%s" % (
                result.returncode,
                result.stderr,
            )
        return ""


def main():
    flags = cflags()
    headers = sorted(glob.glob("src/*/*.h"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(zip(headers, pool.map(lambda h: compile_header(h, flags), headers)))
    results.append(("MODE=asan stops on an overflow", overflow()))
    print("1..%d" % len(results))
    for number, (what, complaint) in enumerate(results, 1):
        print("%sok %d %s" % ("not " if complaint else "", number, what))
        for line in complaint.splitlines()[:20]:
            print("# " + line)
    return any(c for _, c in results)


sys.exit(main())
