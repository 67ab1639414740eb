/* definition.h: what an event file is read into: definitions, their limits, and what can
 * be wrong. Shared by the files that read it.
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

#define DEFINITION_ERROR definition_error_quark ()
GQuark definition_error_quark (void);
typedef enum {
  DEFINITION_ERROR_READ,    /* missing, directory, too large, not UTF-8 */
  DEFINITION_ERROR_CONTENT, /* every fault: file, line, section, key and reason, a line each; at
                               most INI_FAULTS_MAX are listed */
  DEFINITION_ERROR_EFFECT,  /* what was written is not what holds now */
} DefinitionError;

typedef struct {
  guint events, days, categories, ranks, deadlines, delegations, sessions, logos, checkpoints,
      questions, messages; /* in the file */
  guint facts;             /* written */
  guint removed;           /* of these: definitions the file no longer has */
} DefinitionSummary;

#define EVENT_DAYS_MAX 60
#define EVENT_WALKS_MAX 200
#define EVENT_WALK_SECONDS_MAX 3600
#define EVENT_THEMES_MAX 3
#define EVENT_ROLES_MAX 24 /* people in one role of a session */
#define EVENT_CAPACITY_MAX 1000000
#define EVENT_LATEST_MINUTE (30 * 60) /* of an opening that goes past midnight */
#define EVENT_CONTRAST_MIN 4.5        /* white letters on a category's colour (WCAG 2, AA) */

/* Whether a picture can be shown, the remedy in @error: whoever draws says so. */
typedef gboolean (*DefinitionPicture) (GBytes *picture, gboolean svg, GError **error);

/* What whoever loads a file adds to it. */
typedef struct {
  DefinitionPicture picture; /* NULL: nobody looks at pictures */
  GHashTable *places; /* of people that the file names: char * reference → char * "file:line", to
                         be filled; NULL: nobody asks */
} DefinitionLook;

/* One definition fact: "session", "A1", its body as src/README.md has it. */
typedef struct {
  char *kind, *id, *body;
} Definition;
void definition_free (Definition *definition);

/* Minutes of "9:30", "09:30", "26:00", at most @latest; -1 if @text is no such time. */
gint definition_minutes (const char *text, gint latest);
