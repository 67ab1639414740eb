/* check.h: all that is wrong with a template, before the day: structure, texts that
 * cannot fit, code, lines, fonts and colours, for the printer that it is meant for.
 *
 * Texts are tried with names, posts and categories as long as there really are
 * (check_people.h).
 *
 * Must not know: this congress's delegates; whether their own badges fit is told by a
 * proof of the roster.
 *
 * Threads: as badge.h. Blocks on disk.  */
#pragma once

#include "badge/template_fault.h"

/* The Faults of the file @path, an empty array if it is good; of a back where its name
 * ends in .back.svg. @dpi is the printer's resolution (36…1200); @one_bit: it has only
 * black. badge_fonts_start() first. Free with g_ptr_array_unref(). */
GPtrArray *check_template (const char *path, guint dpi, gboolean one_bit);

/* The path of the back that belongs to @path; NULL if it has none. Free with g_free(). */
char *check_back (const char *path);
