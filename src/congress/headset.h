/* headset.h: headsets for the interpretation that have codes of their own: which there
 * are, which does not work, who has which.
 *
 * A headset is defined by a fact of the office, `headset`: its id, as it stands on the
 * label ("H-0001"), and its code, which a reader reads: one that is drawn here
 * ("AH:7K2M9QXD"), or the one that the lender's label has already. As long as there is
 * any, a headset desk asks for two codes, the badge's and the headset's.
 *
 * Threads: as the Journal. Blocks on disk. */
#pragma once

#include "core/identifier.h"
#include "journal/journal.h"

#define HEADSET_ITEM "headset" /* of the fact `loan` */
#define HEADSET_CODE_PREFIX "AH:"
#define HEADSET_CODE_MAX 64 /* characters of a lender's code */
#define HEADSETS_MAX 20000

#define HEADSET_ERROR headset_error_quark ()
GQuark headset_error_quark (void);
typedef enum {
  HEADSET_ERROR_CONTENT, /* of a list: file, line, reason */
  HEADSET_ERROR_UNKNOWN, /* no such headset */
} HeadsetError;

typedef struct {
  char id[IDENTIFIER_MAX + 1]; /* "": there is no such headset */
  gboolean defect;
  gboolean out;                   /* lent, as far as this replica knows */
  char holder[REFERENCE_MAX + 1]; /* whoever has it; "" for nobody */
} Headset;

/* The headset whose label says @code. */
gboolean headset_find (Journal *journal, const char *code, Headset *headset, GError **error);
/* The code on the label of the headset @id; "" for none. Free with g_free(). */
char *headset_code_of (Journal *journal, const char *id, GError **error);
/* Whether headsets have codes at this congress. */
gboolean headset_any (Journal *journal, gboolean *any, GError **error);

typedef struct {
  char **coded;     /* ids; NULL-terminated */
  gboolean uncoded; /* and one without a code */
} HeadsetHeld;
void headset_held_clear (HeadsetHeld *held);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HeadsetHeld, headset_held_clear)
/* What somebody has with her; @held must be zeroed before its first use. */
gboolean headset_held_by (Journal *journal, const char *reference, HeadsetHeld *held,
                          GError **error);

/* A loan's half of the fact; texts may be NULL. */
typedef struct {
  const char *headset; /* "" or NULL: without a code */
  const char *event, *checkpoint, *day, *channel;
  gboolean out;     /* handed out; else taken back */
  gboolean several; /* for a delegation */
} HeadsetLoan;
/* Appends `loan`; @reference is "" where nobody knows who had it. Inside the caller's
 * transaction. */
gboolean headset_append_loan (Journal *journal, const char *reference, const HeadsetLoan *loan,
                              GError **error);

/* Says that the headset @id (or whose label says so) does not work, or works again.
 * HEADSET_ERROR_UNKNOWN. One transaction. */
gboolean headset_set_defect (Journal *journal, const char *id, gboolean defect, const char *text,
                             const char *volunteer, GError **error);

/* Defining --------------------------------------------------------------------------- */

typedef struct {
  char *id, *code;
} HeadsetLabel;

/* All that there are, by id: HeadsetLabel; free with g_ptr_array_unref(). */
GPtrArray *headset_labels (Journal *journal, GError **error);
/* Sees to it that there are H-0001 … H-@count, in one transaction: those that are missing
 * get codes. *@made: how many did. */
gboolean headset_make (Journal *journal, guint count, guint *made, GError **error);
/* The same from a lender's list, one headset a line, “ID;CODE” or “ID,CODE”, @text of
 * @length bytes, which @file names in messages. An id or a code that stands twice, or
 * belongs to another headset already, is refused with its line, and then nothing is
 * written. */
gboolean headset_read (Journal *journal, const char *file, const char *text, gsize length,
                       guint *made, GError **error);
