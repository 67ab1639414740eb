# accueil · 迎宾 — one Makefile for everything. `make help` says what there is.

MODE   ?= debug
CC     ?= gcc
PREFIX ?= /usr/local
VERSION := 0.9.0
WERROR ?= 1

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# The one list of Debian packages, by what they are for; README says why. ----------------
PACKAGES_BUILD := gcc make pkg-config gettext libglib2.0-dev libicu-dev libsodium-dev \
  libjson-glib-dev libpng-dev libsqlite3-dev libxlsxwriter-dev libqrencode-dev libarchive-dev \
  libgsf-1-dev libxml2-dev libcairo2-dev libpango1.0-dev libfontconfig-dev libfreetype-dev \
  librsvg2-dev libcups2-dev libzbar-dev libusb-1.0-0-dev libgdk-pixbuf-2.0-dev \
  libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev libcurl4-gnutls-dev libmicrohttpd-dev \
  libgnutls28-dev liboath-dev libpinyin15-dev libgtk-4-dev libpq-dev
PACKAGES_RUN := tzdata fonts-inter fonts-noto-cjk fonts-noto-core fontconfig cups-daemon \
  cups-client gstreamer1.0-plugins-base gstreamer1.0-plugins-good
PACKAGES_SCREEN := adwaita-icon-theme librsvg2-common libgtk-4-media-gstreamer gstreamer1.0-alsa
PACKAGES_KIOSK := cage xwayland seatd speech-dispatcher speech-dispatcher-espeak-ng
PACKAGES_TEST := cups cups-ipp-utils cups-filters printer-driver-ptouch printer-driver-dymo \
  avahi-daemon dbus poppler-utils iproute2 util-linux python3 sqlite3 curl unicode-data bzip2 \
  procps umockdev libumockdev-dev xvfb cage xwayland grim at-spi2-core gir1.2-atspi-2.0 \
  python3-gi python3-pil speech-dispatcher systemd clang-format black chromium \
  chromium-driver python3-selenium prometheus openssl npm \
  postgresql pg-auto-failover-cli postgresql-15-auto-failover python3-aiosmtpd \
  python3-openpyxl cryptsetup-bin iptables
PACKAGES_BENCH := python3-reportlab python3-pandas python3-xlsxwriter
PACKAGES_TIDY := clang clang-tidy
PACKAGES_FUZZ := clang libclang-rt-14-dev
PACKAGES_BOOT := qemu-system-x86
PACKAGES_COVERAGE := gcovr
PACKAGES_PACKAGE := debhelper dpkg-dev fakeroot lintian mmdebstrap bash-completion
PACKAGES := $(PACKAGES_BUILD) $(PACKAGES_RUN) $(PACKAGES_SCREEN) $(PACKAGES_TEST) \
  $(PACKAGES_PACKAGE)

# Floors: who knows whom, and who owns which library (src/README.md). --------------------
FLOORS := core export journal postgres vocabulary congress credential roster access counts badge \
  scan usb camera input issuance desk print spool sync http replication api office hub station \
  cli kiosk

KNOWS_core        :=
KNOWS_export      := core
KNOWS_journal     := core
KNOWS_postgres    := core journal
KNOWS_vocabulary  := core
KNOWS_congress    := core journal vocabulary
KNOWS_credential  := core journal
KNOWS_roster      := core journal vocabulary congress
KNOWS_access      := core journal vocabulary congress credential roster
KNOWS_counts      := core export journal vocabulary congress roster access
KNOWS_badge       := core credential
KNOWS_scan        := core
KNOWS_usb         := core scan
KNOWS_camera      := core scan
KNOWS_input       := core
KNOWS_issuance    := core journal vocabulary congress credential roster counts badge camera
KNOWS_desk        := core journal vocabulary congress credential roster issuance
KNOWS_print       := core vocabulary
KNOWS_spool       := core journal vocabulary counts badge issuance print
KNOWS_sync        := core journal
KNOWS_http        := core
KNOWS_replication := core journal counts http
KNOWS_api         := core journal counts sync http replication
KNOWS_office      := core journal vocabulary congress credential roster counts badge desk http \
  replication
KNOWS_hub         := core journal postgres congress credential counts http replication api office
KNOWS_station     := core journal vocabulary congress credential roster access badge scan usb \
  camera spool sync
KNOWS_cli         := core export journal postgres vocabulary congress credential roster counts \
  badge scan usb camera issuance desk print spool sync station
KNOWS_kiosk       := core journal vocabulary congress credential roster access counts badge scan \
  camera input issuance desk spool sync station

PKGS_core       := glib-2.0 gio-2.0 icu-i18n icu-uc libsodium json-glib-1.0 libpng
PKGS_journal    := sqlite3
PKGS_postgres   := libpq
PKGS_export     := xlsxwriter
PKGS_credential := libqrencode
PKGS_roster     := libarchive libxml-2.0 libgsf-1
PKGS_badge      := cairo pangocairo pangoft2 librsvg-2.0 fontconfig freetype2
PKGS_usb        := libusb-1.0
PKGS_camera     := zbar gdk-pixbuf-2.0 gstreamer-1.0 gstreamer-app-1.0
PKGS_input      := libpinyin
LINK_print      := -lcups
PKGS_sync       := libcurl
PKGS_http       := libmicrohttpd gnutls
PKGS_office     := liboath
PKGS_kiosk      := gtk4

# Modes ----------------------------------------------------------------------------------
FLAGS_debug   := -O1 -g
FLAGS_release := -O2 -g -DNDEBUG -D_FORTIFY_SOURCE=2 -fstack-protector-strong
FLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_asan    += -fno-omit-frame-pointer
FLAGS_tsan    := -O1 -g -fsanitize=thread
FLAGS_coverage := -O0 -g --coverage -fprofile-update=atomic
ifeq ($(FLAGS_$(MODE)),)
$(error MODE=$(MODE) is not known: debug, release, asan, tsan or coverage)
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
  -Wmissing-prototypes -Wold-style-definition -Wundef -Wvla -Wpointer-arith -Wwrite-strings \
  -Wcast-qual -Wformat=2 -Wnull-dereference -Wimplicit-fallthrough -Wno-unused-parameter
ifeq ($(WERROR),1)
WARNINGS += -Werror
endif

BUILD := build/$(MODE)
ASSETS_DIR := $(PREFIX)/share/accueil
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE -DG_LOG_USE_STRUCTURED \
  -Isrc -I$(BUILD)/gen $(FLAGS_$(MODE)) $(WARNINGS) -pthread -fPIE $(CFLAGS)
# The quicker of binutils' two linkers, where it is: some 300 tests are linked.
LINKER_debug := $(if $(shell command -v ld.gold),-fuse-ld=gold)
LDFLAGS_ALL = $(FLAGS_$(MODE)) $(LINKER_$(MODE)) -pthread -pie -Wl,-z,relro,-z,now \
  -Wl,--as-needed $(LDFLAGS)
pkg_cflags = $(if $1,$(shell pkg-config --cflags $1 2>/dev/null))
# (libcups has no pkg-config file in Debian 12: LINK_print.)
pkg_libs   = $(if $1,$(shell pkg-config --libs $1 2>/dev/null))

ALL_PKGS := $(foreach f,$(FLOORS),$(PKGS_$f))
PKG_CFLAGS := $(call pkg_cflags,$(ALL_PKGS))

# Floors to archives ---------------------------------------------------------------------
.PHONY: all
all: programs catalogues


# What a floor links: itself, whom it knows, and whom those know.
closure_of = $(sort $1 $(foreach k,$(KNOWS_$1),$(call closure_of,$k)))

define floor_rules
SOURCES_$1 := $$(filter-out %/main.c,$$(wildcard src/$1/*.c))
OBJECTS_$1 := $$(SOURCES_$1:src/%.c=$(BUILD)/obj/%.o)
CLOSURE_$1 := $$(call closure_of,$1)
LIBS_$1 := $$(call pkg_libs,$$(foreach f,$$(CLOSURE_$1),$$(PKGS_$$f))) \
  $$(foreach f,$$(CLOSURE_$1),$$(LINK_$$f))
ARCHIVES_$1 := $$(foreach f,$$(CLOSURE_$1),$(BUILD)/lib/lib$$f.a)
$(BUILD)/lib/lib$1.a: $$(OBJECTS_$1) $$(EXTRA_$1)
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
endef
EXTRA_journal := $(BUILD)/obj/journal/schema.gresource.o
$(foreach f,$(FLOORS),$(eval $(call floor_rules,$f)))

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  cc    $<"
	@$(CC) $(CFLAGS_ALL) $(OWN_CFLAGS) $(PKG_CFLAGS) -MMD -MP -c -o $@ $<

# What the build decides is known to one file, which is made anew when it changes.
INSTALLATION := -DINSTALLATION_VERSION='"$(VERSION)"' -DINSTALLATION_ASSETS='"$(ASSETS_DIR)"'
$(BUILD)/gen/installation.stamp: FORCE
	@mkdir -p $(@D)
	@echo "$(VERSION) $(ASSETS_DIR)" | cmp -s - $@ || echo "$(VERSION) $(ASSETS_DIR)" > $@
$(BUILD)/obj/core/installation.o: $(BUILD)/gen/installation.stamp
$(BUILD)/obj/core/installation.o: OWN_CFLAGS := $(INSTALLATION)
$(BUILD)/obj/input/pinyin_input.o: OWN_CFLAGS := \
  -DPINYIN_INPUT_DATA='"$(shell pkg-config --variable=pkgdatadir libpinyin)/data"'
.PHONY: FORCE

# The SQL of the schema, embedded.
SQL := $(sort $(wildcard src/journal/schema/*.sql))
$(BUILD)/gen/schema.gresource.xml: $(SQL) Makefile
	@mkdir -p $(@D)
	@{ echo '<gresources><gresource prefix="/accueil/schema">'; \
	  for f in $(notdir $(SQL)); do echo "<file>$$f</file>"; done; \
	  echo '</gresource></gresources>'; } > $@
$(BUILD)/gen/schema.gresource.c: $(BUILD)/gen/schema.gresource.xml $(SQL)
	@glib-compile-resources --sourcedir=src/journal/schema --generate-source --c-name schema \
	  --target=$@ $<
$(BUILD)/gen/schema.gresource.h: $(BUILD)/gen/schema.gresource.xml
	@glib-compile-resources --sourcedir=src/journal/schema --generate-header --c-name schema \
	  --target=$@ $<
$(BUILD)/obj/journal/schema.gresource.o: $(BUILD)/gen/schema.gresource.c
	@mkdir -p $(@D)
	@$(CC) $(filter-out -W%,$(CFLAGS_ALL)) $(PKG_CFLAGS) -c -o $@ $<
$(BUILD)/obj/journal/schema.o: $(BUILD)/gen/schema.gresource.h

# Programs -------------------------------------------------------------------------------
MAIN_accueil := cli
MAIN_accueil-hub := hub
MAIN_accueil-kiosk := kiosk
PROGRAMS := $(addprefix $(BUILD)/,accueil accueil-hub accueil-kiosk)

.PHONY: programs
programs: $(PROGRAMS)

.SECONDEXPANSION:
$(PROGRAMS): $(BUILD)/%: $(BUILD)/obj/$$(MAIN_%)/main.o $$(ARCHIVES_$$(MAIN_%))
	@echo "  link  $@"
	@$(CC) $(LDFLAGS_ALL) -o $@ $< -Wl,--start-group $(ARCHIVES_$(MAIN_$*)) -Wl,--end-group \
	  $(LIBS_$(MAIN_$*)) -lm

# Catalogues of all that a person reads (core/words.h).
LANGUAGES := $(patsubst assets/po/%.po,%,$(wildcard assets/po/*.po))
CATALOGUES := $(foreach l,$(LANGUAGES),$(BUILD)/locale/$l/LC_MESSAGES/accueil.mo)
# The functions of core/words.h that take a text.
XGETTEXT_WORDS := -k -k_ -kN_ -kC_:1c,2 -kNC_:1c,2 -kwords_plural:1,2 -kwords_for:2 \
  -kwords_for_in:2c,3 -kwords_for_plural:2,3 -kwords_filled:1 -kwords_counted:1,2 -kwords_pair:1 \
  -kpage_language_say:2 -kpage_language_plural:2,3 -kview_count:2,3
.PHONY: catalogues po
catalogues: $(CATALOGUES)
$(BUILD)/locale/%/LC_MESSAGES/accueil.mo: assets/po/%.po
	@mkdir -p $(@D)
	@msgfmt --check -o $@ $<
# Brings the catalogues up to the source, for a translator.
po:
	@mkdir -p build
	@xgettext --from-code=UTF-8 $(XGETTEXT_WORDS) -d accueil -o build/accueil.pot --no-location \
	  --package-name=accueil $(sort $(wildcard src/*/*.c))
	@for l in $(LANGUAGES); do \
	  msgmerge --quiet --no-fuzzy-matching assets/po/$$l.po build/accueil.pot | \
	    msgattrib --no-obsolete | sed '/^"POT-Creation-Date/d' > build/$$l.po && \
	    mv build/$$l.po assets/po/$$l.po || exit 1; \
	done

# Manual pages, in English and French, of what the programs say with --help.
MAN := $(BUILD)/man
.PHONY: man
man: $(MAN)/stamp
$(MAN)/stamp: assets/man/pages.py $(PROGRAMS) $(CATALOGUES)
	@rm -rf $(MAN)
	@python3 assets/man/pages.py --programs $(BUILD) --version $(VERSION) --output $(MAN)
	@touch $@

# Tests ----------------------------------------------------------------------------------
# tests/unit/FLOOR/NAME.c and tests/golden/FLOOR/NAME.c test src/FLOOR/NAME.c and link what that
# floor may know; tests/integration/*.c and tests/bench/*.c link all but cli and kiosk.
UNIT_SOURCES := $(wildcard tests/unit/*/*.c tests/golden/*/*.c)
UNIT := $(UNIT_SOURCES:tests/%.c=$(BUILD)/tests/%)
WIDE_SOURCES := $(wildcard tests/integration/*.c tests/bench/*.c)
WIDE := $(WIDE_SOURCES:tests/%.c=$(BUILD)/tests/%)
WIDE_FLOORS := $(filter-out cli kiosk,$(FLOORS))
floor_of = $(word 3,$(subst /, ,$1))

$(BUILD)/obj/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	@echo "  cc    $<"
	@$(CC) $(CFLAGS_ALL) $(PKG_CFLAGS) $(TEST_CFLAGS) -Itests -MMD -MP -c -o $@ $<

# The tests of a floor that need one above it: to play a day, or to read what was drawn.
PLAYS_congress := access
PLAYS_desk     := station
PLAYS_journal  := postgres
PLAYS_replication := postgres
PLAYS_usb      := camera
archives_of_test = $(sort $(ARCHIVES_$1) $(foreach f,$(PLAYS_$1),$(ARCHIVES_$f)))
libs_of_test     = $(LIBS_$1) $(foreach f,$(PLAYS_$1),$(LIBS_$f))

# A log in memory, for the tests of what a hub does with its log (tests/kit/log_places.h).
MEMORY_LOG := $(BUILD)/obj/tests/kit/memory_log.o
$(addprefix $(BUILD)/tests/unit/,journal/log_engine journal/log_move journal/shared_log \
  replication/lease replication/log): $(MEMORY_LOG)

$(UNIT): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o \
  $$(call archives_of_test,$$(call floor_of,tests/$$*))
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) \
	  -Wl,--start-group $(call archives_of_test,$(call floor_of,tests/$*)) -Wl,--end-group \
	  $(call libs_of_test,$(call floor_of,tests/$*)) -lm

# Tests with mocked devices.
MOCKED := $(addprefix $(BUILD)/tests/,integration/usb integration/usb_cycles \
  integration/video_device bench/usb)
$(MOCKED): LINK_TEST = $(call pkg_libs,umockdev-1.0)
$(MOCKED:$(BUILD)/tests/%=$(BUILD)/obj/tests/%.o): TEST_CFLAGS = $(call pkg_cflags,umockdev-1.0)

# Every harness of tests/fuzz under a name of its own, in one program that feeds them their seeds.
FUZZ_SOURCES := $(wildcard tests/fuzz/*.c)
FUZZ_NAMES := $(FUZZ_SOURCES:tests/fuzz/%.c=%)
FUZZ_OBJECTS := $(FUZZ_NAMES:%=$(BUILD)/obj/tests/fuzz/%.o)
$(FUZZ_OBJECTS): TEST_CFLAGS = -DLLVMFuzzerTestOneInput=fuzz_$(notdir $*)
$(BUILD)/obj/tests/integration/fuzz_seeds.o: TEST_CFLAGS = \
  '-DFUZZERS=$(foreach n,$(FUZZ_NAMES),FUZZER($n))'
$(BUILD)/obj/tests/integration/fuzz_seeds.o: $(FUZZ_SOURCES)
$(BUILD)/tests/integration/fuzz_seeds: $(FUZZ_OBJECTS)
$(BUILD)/tests/integration/fuzz_seeds: TEST_PARTS = $(FUZZ_OBJECTS)

# Facts of all kinds by chance.
$(BUILD)/tests/integration/convergence: $(BUILD)/obj/tests/kit/random_facts.o
$(BUILD)/tests/integration/convergence: TEST_PARTS = $(BUILD)/obj/tests/kit/random_facts.o

$(WIDE): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(foreach f,$(WIDE_FLOORS),$(BUILD)/lib/lib$f.a)
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS_ALL) -o $@ $< $(TEST_PARTS) \
	  -Wl,--start-group $(foreach f,$(WIDE_FLOORS),$(BUILD)/lib/lib$f.a) -Wl,--end-group \
	  $(call pkg_libs,$(ALL_PKGS)) $(foreach f,$(WIDE_FLOORS),$(LINK_$f)) $(LINK_TEST) -lm

# A congress by chance, and a power cut at every point (tests/sim): over a disk and a network of
# their own, in the place of what the archives have. SQLite's connections are kept (handles.h).
comma := ,
SIM_OBJ = $(addprefix $(BUILD)/obj/tests/sim/,$(addsuffix .o,$1))
SIM_PARTS := $(call SIM_OBJ,disk handles signatures unsynced wire)
WORLD_PARTS := $(call SIM_OBJ,heal invariants network shrink steps world) $(MEMORY_LOG)
SIM := $(addprefix $(BUILD)/tests/sim/,simulate power_cuts)
SIM_ARCHIVES := $(foreach f,$(WIDE_FLOORS),$(BUILD)/lib/lib$f.a)
SIM_WRAP := $(addprefix -Wl$(comma)--wrap=sqlite3_,open_v2 close prepare_v2 prepare_v3 finalize \
  exec create_function create_function_v2) -Wl,--wrap=sign_check
SIM_LINK = $(SIM_PARTS) $(SIM_WRAP) -Wl,--start-group $(SIM_ARCHIVES) -Wl,--end-group \
  $(call pkg_libs,$(ALL_PKGS)) $(foreach f,$(WIDE_FLOORS),$(LINK_$f)) -lm
$(SIM_PARTS) $(WORLD_PARTS): CFLAGS += -O2
$(BUILD)/tests/sim/simulate: $(WORLD_PARTS)
$(SIM): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(SIM_PARTS) $(SIM_ARCHIVES)
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o,$(filter-out $(SIM_PARTS),$^)) $(SIM_LINK)
# With one source altered (tests/integration/test_simulator.py): MUTANT.c, a copy of its own,
# beside the parts of the simulator that it is compared with.
.PHONY: sim-mutant simulate power-cuts
sim-mutant: $(BUILD)/tests/sim/simulate
	@$(CC) $(CFLAGS_ALL) -w $(PKG_CFLAGS) -c -o $(MUTANT).o $(MUTANT).c
	@$(CC) $(LDFLAGS_ALL) -o $(MUTANT) $(call SIM_OBJ,simulate) $(WORLD_PARTS) $(MUTANT).o $(SIM_LINK)
# As many seeds as are wanted, a part on each processor.
SEEDS ?= 20000
simulate: deps
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$(MODE) $(BUILD)/tests/sim/simulate
	@each=$$((($(SEEDS) + $$(nproc) - 1) / $$(nproc))); bad=0; parts=; \
	for n in $$(seq 0 $$(($$(nproc) - 1))); do \
	  $(BUILD)/tests/sim/simulate --first $$((1 + n * each)) --seeds $$each & parts="$$parts $$!"; \
	done; \
	for part in $$parts; do wait $$part || bad=1; done; exit $$bad
# The power goes at so many points of a day; 0: at each.
POINTS ?= 0
power-cuts: deps
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$(MODE) $(BUILD)/tests/sim/power_cuts
	@POINTS=$(POINTS) $(BUILD)/tests/sim/power_cuts
# Two hubs on a PostgreSQL that fails over, as often killed as is wanted.
ROUNDS ?= 100
.PHONY: standby
standby: deps
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$(MODE) programs
	@BUILD=$(BUILD) ROUNDS=$(ROUNDS) python3 tests/integration/test_standby.py

# What looks at the tree rather than at a program.
TREE_TESTS := tests/floors.py tests/headers.py tests/style.py tests/pages.py
SCRIPT_TESTS := $(wildcard tests/integration/test_*.py tests/kiosk/test_*.py)

# Some alone: make check TESTS='unit/roster/row integration/test_print unit/journal/*', with SEED=…
# what a test has said; make gdb TESTS=unit/roster/row runs one under the debugger.
TESTS ?=
TEST_NAMES = $(foreach t,$(patsubst %.c,%,$(TESTS:.py=)),$(if $(findstring *,$t), \
  $(patsubst tests/%.c,%,$(wildcard tests/$t.c)),$t))
SOME_UNIT = $(foreach t,$(TEST_NAMES),$(if $(wildcard tests/$t.c),$(BUILD)/tests/$t))
SOME_SCRIPTS = $(foreach t,$(TEST_NAMES),$(wildcard tests/$t.py))
.PHONY: check-some gdb
check-some: catalogues $$(SOME_UNIT) $$(if $$(strip $$(SOME_SCRIPTS)),all)
	@MODE=$(MODE) BUILD=$(BUILD) CC="$(CC)" python3 tests/run.py --build $(BUILD) $(TEST_NAMES)
gdb: $$(SOME_UNIT)
	@gdb -q --args $(SOME_UNIT) $(if $(SEED),--seed=$(SEED))

.PHONY: check check-run tests
tests: $(UNIT) $(WIDE) $(SIM)
check: deps
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$(MODE) $(if $(TESTS),check-some,check-run)
check-run: all tests
	@MODE=$(MODE) BUILD=$(BUILD) CC="$(CC)" python3 tests/run.py --build $(BUILD) \
	  $(TREE_TESTS) $(UNIT) $(filter $(BUILD)/tests/integration/%,$(WIDE)) $(SIM) $(SCRIPT_TESTS)

# Fuzzing: every tests/fuzz/NAME.c for FUZZ_SECONDS, with libFuzzer, ASan and UBSan.
FUZZ_SECONDS ?= 30
.PHONY: fuzz
fuzz:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES_BUILD) $(PACKAGES_FUZZ)"
	@tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZERS)

.PHONY: bench bench-scale demo kiosk
bench:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES) $(PACKAGES_BENCH)"
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=release all tests
	@BUILD=build/release BEFORE="$(BEFORE)" python3 tests/bench/run.py $(PARTS)
bench-scale:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES) $(PACKAGES_BENCH)"
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=release all tests
	@BUILD=build/release python3 tests/bench/scale.py $(PARTS)
demo: deps
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$(MODE) all
	@BUILD=$(BUILD) python3 assets/demo/run.py
kiosk: deps
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$(MODE) all
	@BUILD=$(BUILD) python3 assets/demo/kiosk.py $(KIOSK_OPTIONS)

# Care -----------------------------------------------------------------------------------
.PHONY: tidy
tidy:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES_BUILD) $(PACKAGES_TIDY)"
	@$(MAKE) --no-print-directory tidy-run
.PHONY: tidy-run
# A process a file: in its second one, clang-tidy 14 takes every va_list for one never started.
tidy-run: $(BUILD)/gen/schema.gresource.h
	@printf '%s\n' $(wildcard src/*/*.c) | xargs -P $$(nproc) -n 1 \
	  sh -c 'clang-tidy --quiet "$$@" -- $(TIDY_FLAGS) 2>/dev/null' tidy
TIDY_FLAGS = $(INSTALLATION) -std=c17 -D_GNU_SOURCE -Isrc -I$(BUILD)/gen $(PKG_CFLAGS)

# Writes every C and Python file as the check wants it (tests/style.py).
.PHONY: format
format:
	@git ls-files '*.c' '*.h' | xargs clang-format -i
	@git ls-files '*.py' | xargs black -q -l 100

# Installs what is missing of PACKAGES, and says which. (An npm that Node.js brought is one, too.)
.PHONY: deps
deps:
	@missing=; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${db:Status-Status}' $$p 2>/dev/null | grep -qx installed \
	    || { [ $$p = npm ] && command -v npm >/dev/null; } || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing Debian packages:$$missing"; \
	  sudo=; if [ "$$(id -u)" != 0 ]; then \
	    sudo=sudo; command -v sudo >/dev/null || { \
	      echo "There is no sudo. As root: apt-get install$$missing" >&2; exit 1; }; fi; \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

# What no test reaches: lines and branches by folder, and the functions least covered.
.PHONY: coverage coverage-run
coverage:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES) $(PACKAGES_COVERAGE)"
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=coverage coverage-run
COVERAGE_TESTS = $(UNIT) $(filter $(BUILD)/tests/integration/%,$(WIDE)) $(SIM) \
  $(filter tests/integration/%,$(SCRIPT_TESTS))
coverage-run: catalogues \
  $$(if $$(TESTS),$$(SOME_UNIT) $$(if $$(strip $$(SOME_SCRIPTS)),all),all tests)
	@find $(BUILD) -name '*.gcda' -delete
	@MODE=$(MODE) BUILD=$(BUILD) CC="$(CC)" python3 tests/run.py --build $(BUILD) \
	  $(if $(TESTS),$(TEST_NAMES),$(COVERAGE_TESTS))
	@python3 tests/coverage.py $(BUILD)

# How every file is compiled, for editors and clangd; not kept.
.PHONY: compile_commands.json
compile_commands.json:
	@$(MAKE) --no-print-directory --always-make --dry-run V=1 programs tests | \
	  python3 tests/compile_commands.py > $@

# The pictures of README and the manual, from the real programs: those that tests compare with.
.PHONY: pictures
pictures: deps
	@$(MAKE) --no-print-directory -j$$(nproc) MODE=$(MODE) all $(BUILD)/tests/golden/badge/badge
	@GOLDEN_UPDATE=1 MODE=$(MODE) BUILD=$(BUILD) python3 tests/run.py --build $(BUILD) \
	  $(BUILD)/tests/golden/badge/badge tests/kiosk/test_screens.py
	@BUILD=$(BUILD) /usr/bin/python3 tests/integration/page_pictures.py
	@git status --short tests/golden tests/kiosk/golden

.PHONY: install
install: all man
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(ASSETS_DIR)
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	cp -RL --no-preserve=ownership assets/api assets/badge assets/guide assets/kiosk assets/web \
	  assets/demo $(DESTDIR)$(ASSETS_DIR)/
	rm -rf $(DESTDIR)$(ASSETS_DIR)/demo/*.py $(DESTDIR)$(ASSETS_DIR)/demo/__pycache__
	install -D -m 644 fonts/fonts.conf $(DESTDIR)$(ASSETS_DIR)/fonts/fonts.conf
	for l in $(LANGUAGES); do install -D -m 644 $(BUILD)/locale/$$l/LC_MESSAGES/accueil.mo \
	  $(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/accueil.mo; done
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/fr/man1
	install -m 644 $(MAN)/man1/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 $(MAN)/fr/man1/*.1 $(DESTDIR)$(PREFIX)/share/man/fr/man1/
	install -d $(DESTDIR)/lib/systemd/system
	install -m 644 $(wildcard systemd/*.service systemd/*.timer) $(DESTDIR)/lib/systemd/system/
	install -d $(DESTDIR)/usr/lib/udev/rules.d
	install -m 644 $(wildcard systemd/*.rules) $(DESTDIR)/usr/lib/udev/rules.d/
	install -D -m 644 systemd/accueil.sysusers $(DESTDIR)/usr/lib/sysusers.d/accueil.conf
	for p in $(notdir $(PROGRAMS)); do install -D -m 644 assets/completion/accueil \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$p; done
	install -D -m 644 systemd/accueil.tmpfiles $(DESTDIR)/usr/lib/tmpfiles.d/accueil.conf

# A venue machine's screen: installs all, what the unit accueil-kiosk needs, and closes the other
# consoles. Then: systemctl enable --now accueil-kiosk
.PHONY: install-kiosk
install-kiosk: install
	@$(if $(DESTDIR),,$(MAKE) --no-print-directory deps \
	  PACKAGES="$(PACKAGES_RUN) $(PACKAGES_SCREEN) $(PACKAGES_KIOSK)")
	install -D -m 644 systemd/kiosk/logind.conf \
	  $(DESTDIR)/usr/lib/systemd/logind.conf.d/60-accueil-kiosk.conf
	install -D -m 644 systemd/kiosk/sysctl.conf \
	  $(DESTDIR)/usr/lib/sysctl.d/60-accueil-kiosk.conf

# The Debian packages accueil-common, accueil-kiosk and accueil-hub, into build/package/;
# PACKAGE_MODE=debug packs what build/debug holds (a test).
PACKAGE_FOLDER ?= build/package
.PHONY: deb
deb:
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES_BUILD) $(PACKAGES_PACKAGE)"
	@assets/package/build.sh $(VERSION) $(PACKAGE_FOLDER) "$(PACKAGES_BUILD)" "$(PACKAGES_RUN)" \
	  "$(PACKAGES_SCREEN) $(PACKAGES_KIOSK)" $(PACKAGE_MODE)

# A machine that is switched on, with its encrypted volume (tests/boot/volume.py).
# PACKAGE_MODE=debug as above.
.PHONY: boot-volume
boot-volume: deb
	@$(MAKE) --no-print-directory deps PACKAGES="$(PACKAGES_BOOT)"
	@PACKAGE_FOLDER=$(PACKAGE_FOLDER) python3 tests/boot/volume.py $(TESTS)

.PHONY: clean help
clean:
	rm -rf build
help:
	@sed -n 's/^#? \{0,1\}//p' Makefile

#? To see it
#?   make demo            the whole congress in a minute, on this machine; its pages in your browser
#?   make kiosk           the touch screen in a window, with the demo congress (KIOSK_OPTIONS=…)
#?
#? To build
#?   make                 the programs into build/MODE
#?                        MODE=debug|release|asan|tsan|coverage  CC=gcc|clang  WERROR=0
#?   make man             the manual pages into build/MODE/man
#?   make install         all of it; DESTDIR= PREFIX=/usr/local
#?   make install-kiosk   a venue machine's screen too
#?   make deb             the Debian packages, into build/package/
#?   make deps            only installs the Debian packages that are missing
#?   make clean           deletes build/
#?
#? To test
#?   make check           every test; MODE=asan check, MODE=tsan check
#?   make check TESTS='unit/roster/row integration/test_print' SEED=…
#?                        some tests by name, with the seed that a failed run has said
#?   make gdb TESTS=unit/roster/row
#?                        one test under the debugger
#?   make coverage        lines and branches by folder, and what no test reaches; TESTS='unit/*/*'
#?   make fuzz            every fuzzer for FUZZ_SECONDS=30; FUZZERS="csv heading" some
#?   make boot-volume     a gate on an encrypted volume, booted in a virtual machine and
#?                        opened by card and PIN; as root, ten minutes or more
#?   make standby         kills what two hubs stand on, ROUNDS=100 times at random under load
#?   make simulate        the simulator with SEEDS=20000
#?   make power-cuts      a power cut at every point of a day, or at POINTS=1000
#?   make bench           every figure, beside its peer or limit; PARTS="import export" some;
#?                        BEFORE=FILE beside an earlier run's, which build/bench/figures.json kept
#?   make bench-scale     how the hub grows with stations and facts: a table and a picture
#?   make tidy            clang-tidy
#?
#? To change it
#?   make format          writes C and Python as the check wants them
#?   make po              brings the catalogues up to the source, for a translator
#?   make pictures        paints README's screens and badges anew
#?   make compile_commands.json   for editors and clangd

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
