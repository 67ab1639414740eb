/* signature_sheet.h: the list of those who should come, with room for each to sign
 * (feuille d'émargement, 签到表), on A4 as PDF; or, narrower and in groups, a list of who
 * is there, with what is known of each and a box to tick.
 *
 * The heading stands on every page, since sheets lie on several tables; the foot says as
 * of when the list is, and which page of how many. Of a name or an organisation that has
 * no room as it is the end is left out, and a character that no pinned font has is a 〓:
 * a list is signed all the same.
 *
 * Threads: badge_fonts_start() first (badge.h); then reentrant. Blocks on nothing. The
 * same list gives the same bytes. */
#pragma once

#include "core/words.h"

/* Texts may be "". */
typedef struct {
  Pair congress, title; /* title: the session's, or the day's and half-day's */
  Pair when;            /* day and hours */
  const char *room;
  const char *foot;
  /* Of a list that is not signed; NULL in a sheet to sign. */
  Pair kind;  /* what it is, at the right of the congress's name */
  Pair third; /* over the third column */
  Pair notes; /* below the title; its end is left out where it has no room */
} SignatureHeading;

typedef struct {
  const char *family, *given, *name_zh;
  const char *organisation_fr, *organisation_zh;
  gboolean second_leads; /* own script */
  /* Of a list that is not signed: */
  Pair group; /* stands over the rows that have the same, on each page; NULL: in none */
  Pair said;  /* in the third column */
} SignatureRow;

/* The PDF; free with g_bytes_unref(). Errors of badge_content.h. */
GBytes *signature_sheet_draw (const SignatureHeading *heading, const SignatureRow *rows,
                              guint count, GError **error);
