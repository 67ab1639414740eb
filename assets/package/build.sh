#!/bin/bash
# Builds the Debian packages from the tracked files of this tree, as they are now, into $2.
# Usage: build.sh VERSION FOLDER "BUILD PACKAGES" "RUN PACKAGES" "KIOSK PACKAGES" [MODE]
# With MODE, what build/MODE holds already is taken along, so that only what differs is compiled.
# The control files lie in assets/package/debian; the lists of packages come from the Makefile,
# where they stand once. dpkg-buildpackage wants the files in debian/ at the top, so it is given a
# copy of the tree.
set -eu -o pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/../.."

version=$1 folder=$2 build=$3 run=$4 kiosk=$5 mode=${6:-}
commas () { echo "$@" | sed 's/ \+/, /g'; }

source=$folder/accueil-$version
rm -rf "$folder"
mkdir -p "$source"
if git rev-parse --git-dir >/dev/null 2>&1; then
  git ls-files -z --cached --others --exclude-standard
else
  find . -path ./build -prune -o '(' -type f -o -type l ')' -printf '%P\0'
fi | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
  tar --create --null --files-from=- | tar --extract --directory "$source"
cp -R assets/package/debian "$source/debian"
if [ -n "$mode" ]; then
  export PACKAGE_MODE=$mode
  mkdir -p "$source/build/$mode"
  for part in gen lib locale obj; do
    [ ! -d "build/$mode/$part" ] || cp -a "build/$mode/$part" "$source/build/$mode/"
  done
fi
sed -i -e "s/@BUILD@/$(commas $build)/" -e "s/@RUN@/$(commas $run)/" \
  -e "s/@KIOSK@/$(commas $kiosk)/" "$source/debian/control"
date=$(date -R --date="@${SOURCE_DATE_EPOCH:-$(date +%s)}")
cat >"$source/debian/changelog" <<CHANGELOG
accueil ($version) unstable; urgency=medium

  * As the commits of the project tell.

 -- accueil maintainers <maintainers@accueil.invalid>  $date
CHANGELOG
cd "$source"
export DEB_BUILD_OPTIONS="parallel=$(nproc) nocheck noautodbgsym"
dpkg-buildpackage --build=binary --no-sign --check-builddeps \
  >../build.log 2>&1 || { tail -n 40 ../build.log >&2; exit 1; }
cd ../..
ls "$(basename "$folder")"/*.deb
