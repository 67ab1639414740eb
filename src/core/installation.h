/* installation.h: what the build decided about this copy of accueil: its version, and
 * where its assets lie.
 *
 * Both are set once, in the Makefile (VERSION, PREFIX); only installation.c is compiled
 * with them.
 * Threads: reentrant. installation_asset() looks whether files exist, else nothing
 * blocks. */
#pragma once

#include <glib.h>

/* "1.2.3", as all three programs say with --version; static. */
const char *installation_version (void);

/* A file of the assets directory: $ACCUEIL_ASSETS, else beside the build tree, else the
 * installed place. "fonts/fonts.conf" is found too, which in the tree stands beside
 * assets/. The file need not exist. Free with g_free(). */
char *installation_asset (const char *name);
/* Another program of this copy: beside this one. It need not exist. Free with
 * g_free(). */
char *installation_program (const char *name);
