#!/bin/bash
# Builds every tests/fuzz/NAME.c with libFuzzer, ASan and UBSan against the floors it includes, and
# runs each for $1 seconds (default 30), or of them those named behind. Inputs that find something
# are kept in build/fuzz/; inputs that reach new code in build/fuzz/NAME.corpus, for the next run.
# Exits 1 on a finding.
set -eu -o pipefail
shopt -s inherit_errexit
cd "$(dirname "$0")/../.."

seconds=${1:-30}
shift $(($# > 0))
named=" $* "
out=build/fuzz
cc=${FUZZ_CC:-clang}
flags="-std=c17 -D_GNU_SOURCE -DG_LOG_USE_STRUCTURED -O1 -g -fno-omit-frame-pointer"
flags="$flags -fno-sanitize-recover=all -Isrc -Ibuild/debug/gen -pthread"

# KNOWS_x or PKGS_x of the Makefile, where the table of floors stands.
of_makefile () { sed -e :more -e '/\\$/N; s/\\\n//; tmore' Makefile | sed -n "s/^$1 *:= *//p"; }

closure_of () { # FLOOR…: these, whom they know, and whom those know
  for floor in "$@"; do
    echo "$floor"
    known=$(of_makefile "KNOWS_$floor")
    [ -z "$known" ] || closure_of $known
  done | sort -u
}

objects_of () { # FLOOR: compiles what is out of date, prints the objects
  local cflags floor=$1 source object header_newer
  cflags=$(pkg-config --cflags $(for f in $(closure_of "$floor"); do of_makefile "PKGS_$f"; done))
  local sources="src/$floor/*.c"
  [ "$floor" = journal ] && sources="$sources build/debug/gen/schema.gresource.c"
  for source in $sources; do
    [ "$(basename "$source")" = main.c ] && continue
    object=$out/obj/$floor/$(basename "$source" .c).o
    mkdir -p "$(dirname "$object")"
    header_newer=
    [ -e "$object" ] && header_newer=$(find src -name '*.h' -newer "$object" -print -quit)
    if [ ! -e "$object" ] || [ "$source" -nt "$object" ] || [ -n "$header_newer" ]; then
      # As old as its source was when it was read: a change made meanwhile is seen the next time.
      touch "$object.start"
      $cc $flags -DINSTALLATION_VERSION='"0.0.0"' -DINSTALLATION_ASSETS='""' \
        -fsanitize=fuzzer-no-link,address,undefined $cflags \
        -c -o "$object" "$source" >&2
      touch -r "$object.start" "$object"
    fi
    echo "$object"
  done
}

make --no-print-directory -s build/debug/gen/schema.gresource.c build/debug/gen/schema.gresource.h
findings=0
for target in tests/fuzz/*.c; do
  name=$(basename "$target" .c)
  [ $# = 0 ] || [[ $named == *" $name "* ]] || continue
  floors=$(closure_of $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$target" | sort -u))
  objects=$(for floor in $floors; do objects_of "$floor"; done)
  packages=$(for floor in $floors; do of_makefile "PKGS_$floor"; done)
  echo "fuzz $name ($(echo $floors)): $seconds s"
  $cc $flags -fsanitize=fuzzer,address,undefined $(pkg-config --cflags $packages) \
    -o "$out/$name" "$target" $objects $(pkg-config --libs $packages) -lm

  mkdir -p "$out/$name.corpus"
  seeds=; [ -d "tests/fuzz/$name.seeds" ] && seeds=tests/fuzz/$name.seeds
  dictionary=; [ -f "tests/fuzz/$name.dict" ] && dictionary=-dict=tests/fuzz/$name.dict
  if ! "$out/$name" -max_total_time="$seconds" -max_len=8192 -timeout=10 -rss_limit_mb=2048 \
       -artifact_prefix="$out/$name-" -print_final_stats=1 $dictionary "$out/$name.corpus" $seeds \
       >"$out/$name.log" 2>&1; then
    echo "fuzz $name: found something; see $out/$name.log" >&2
    tail -n 40 "$out/$name.log" >&2
    findings=1
  else
    grep -h 'stat::number_of_executed_units' "$out/$name.log"
  fi
done
exit $findings
