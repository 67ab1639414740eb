#!/usr/bin/env python3
"""The Debian packages: built from the install rules, taken by lintian, and in a clean Debian of
their own installed, used, upgraded, removed and purged. TAP.

The clean root is made by mmdebstrap from Debian's archive, as root or in a namespace; the test is
skipped only where neither is allowed."""
import os, re, shutil, subprocess, sys, tempfile
from pathlib import Path

MODE = os.path.basename(os.environ.get("BUILD", "build/debug"))
PACKAGES = ("accueil-common", "accueil-kiosk", "accueil-hub")
NEXT = "99.0.0"
results = []


def check(good, what, detail=""):
    results.append(good)
    print("%sok %d %s" % ("" if good else "not ", len(results), what), flush=True)
    if not good:
        print("".join("# %s\n" % line for line in detail.splitlines()[-60:]), end="", flush=True)


def end():
    print("1..%d" % len(results))
    sys.exit(0 if all(results) else 1)


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **more)


def repacked(package, folder):
    """The same package as a later version, for the upgrade."""
    tree = folder / (package.stem + ".tree")
    run("dpkg-deb", "-R", package, tree, check=True)
    control = tree / "DEBIAN/control"
    version = re.search(r"^Version: (.*)$", control.read_text(), re.M)[1]
    control.write_text(control.read_text().replace(version, NEXT))
    run("dpkg-deb", "--root-owner-group", "-b", tree, folder, check=True)
    shutil.rmtree(tree)


# What is done in the clean root; each step that holds says so on a line of its own.
SCRIPT = r"""#!/bin/bash
set -u
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
say () { echo "STEP $1"; }
apt="apt-get -y -q -o Dpkg::Use-Pty=0 --no-install-recommends"
as_accueil () { setpriv --reuid=accueil --regid=accueil --init-groups "$@"; }

$apt install /packages/1/*.deb && say installed
getent passwd accueil && getent group accueil && say user
for p in accueil accueil-hub accueil-kiosk; do $p --version || exit; done && say versions
LC_ALL=fr_FR.UTF-8 accueil --help | grep -q badge && say help
cd /usr/share/accueil/demo
[ "$(stat -c %U /var/lib/accueil)" = accueil ] && say folder
as_accueil accueil init --station hub && as_accueil accueil event load congress.ini &&
  as_accueil accueil import --yes ./*.csv && say congress
reference=$(as_accueil accueil roster --search martin | grep -oE 'FR-[0-9]+' | head -n 1)
as_accueil accueil badge render "$reference" -o /var/lib/accueil/badge.pdf &&
  head -c 5 /var/lib/accueil/badge.pdf | grep -q PDF && say badge
as_accueil accueil-hub stations && say hub
[ -e /usr/share/bash-completion/completions/accueil ] && bash -c '
  . /usr/share/bash-completion/completions/accueil
  COMP_WORDS=(accueil badge re) COMP_CWORD=2; _accueil accueil re badge
  [[ " ${COMPREPLY[*]} " == *" render "* ]]' && say completion
$apt install /packages/2/*.deb && say upgraded
[ "$(dpkg-query -W -f '${Version}' accueil-hub)" = 99.0.0 ] &&
  as_accueil accueil verify && say kept
$apt remove accueil-common && [ ! -e /usr/bin/accueil-hub ] && [ -e /var/lib/accueil/accueil.db ] &&
  say removed
dpkg --purge accueil-common accueil-kiosk accueil-hub 2>&1 | tee /tmp/purged
grep -q 'is kept' /tmp/purged && [ -e /var/lib/accueil/accueil.db ] && say spared
rm -r /var/lib/accueil
left=$(find / -xdev -iname '*accueil*' ! -path '/proc/*' ! -path '/packages/*' ! -path '/step.sh')
[ -z "$left" ] && say purged || echo "left: $left"
exit 0
"""
STEPS = {
    "installed": "all three install in a clean Debian, with what they need",
    "user": "the user of the services is made",
    "folder": "the folder of the replica is theirs",
    "versions": "all three programs run there",
    "help": "help is said in French there",
    "congress": "a replica is made, the demo's congress and lists are taken",
    "badge": "a badge is drawn with the fonts that the packages bring",
    "hub": "the hub's commands work",
    "completion": "bash completes a command of two words",
    "upgraded": "a later version is installed over them",
    "kept": "an upgrade keeps the replica, and it verifies",
    "removed": "removing takes the programs and leaves the replica",
    "spared": "a purge spares a replica and says so",
    "purged": "a purge leaves nothing else",
}


def main():
    with tempfile.TemporaryDirectory(prefix="accueil-package-") as name:
        os.chmod(name, 0o755)
        folder = Path(name)
        output = Path("build/package-test").resolve()
        made = run(
            "make",
            "--no-print-directory",
            "deb",
            "PACKAGE_MODE=" + MODE,
            "PACKAGE_FOLDER=%s" % output,
        )
        packages = sorted(output.glob("*.deb"))
        names = {p.name.split("_")[0] for p in packages}
        check(names == set(PACKAGES), "make deb builds the three", made.stdout + made.stderr)
        if names != set(PACKAGES):
            end()
        judged = run("lintian", "--allow-root", "--fail-on", "error,warning", *packages)
        check(judged.returncode == 0, "lintian has nothing to say", judged.stdout + judged.stderr)

        for number in ("1", "2"):
            (folder / number).mkdir()
        for package in packages:
            shutil.copy(package, folder / "1")
            repacked(package, folder / "2")
        (folder / "step.sh").write_text(SCRIPT)
        (folder / "step.sh").chmod(0o755)
        may = run("unshare", "-Urm", "true").returncode == 0 or os.getuid() == 0
        if not may:
            for what in STEPS.values():
                results.append(True)
                print("ok %d %s # skip namespaces are refused here" % (len(results), what))
            end()
        done = run(
            "mmdebstrap",
            "--variant=apt",
            "--dpkgopt=path-exclude=/usr/share/doc/*",
            "--aptopt=Acquire::Languages none",
            "--customize-hook=mkdir -p $1/packages",
            "--customize-hook=copy-in %s/1 %s/2 /packages" % (folder, folder),
            "--customize-hook=copy-in %s/step.sh /" % folder,
            '--customize-hook=chroot "$1" /step.sh',
            "--skip=cleanup/tmp",
            "bookworm",
            "/dev/null",
        )
        said = done.stdout + done.stderr
        for step, what in STEPS.items():
            check(re.search(r"^STEP %s$" % step, said, re.M) is not None, what, said)
    end()


main()
