/* import_plan.h: what an import would change and what is noticed on the way, for whoever
 * shows it; and what it is going to write, gathered row by row, and taken back where a
 * row turns out to be bad. A part of import.h.
 *
 * Threads: as the Import; nothing here blocks. */
#pragma once

#include "roster/heading_map.h"
#include "roster/import_fault.h"
#include "roster/merge.h"
#include "roster/row.h"

#define IMPORT_LISTED_MAX 1000 /* of each thing that is noticed; all are counted */

/* A field that changes, as a person reads it. */
typedef struct {
  const DelegateField *field;
  char *before, *after;
} ImportField;

typedef struct {
  const char *reference, *name; /* in the ImportState's store */
  GPtrArray *fields;            /* ImportField, of a change; else NULL */
} ImportChange;
/* "function_fr: A → B; meals: no → yes"; "" for no fields. Free with g_free(). */
char *import_plan_change_text (const ImportChange *change);

/* What is noticed about a person of the lists that keeps nobody from importing her. */
typedef enum {
  IMPORT_DOUBLE_EMAIL, /* another has the same e-mail address: `other` */
  IMPORT_DOUBLE_NAME,  /* another has the same name and organisation: `other` */
  IMPORT_SPOILED,      /* the list writes her reference otherwise: `other` */
  IMPORT_UNPRINTABLE,  /* no font has a `character` of `field` */
  IMPORT_NOWHERE,      /* registered for no event or no day: no entrance will admit her */
  IMPORT_NO_LATIN,     /* a name in hanzi alone, whose Latin form only she knows */
  IMPORT_REMARKS
} ImportRemarkKind;

typedef struct {
  ImportRemarkKind kind;
  char *reference;
  char *name;
  char *other;                /* a reference */
  char *other_name;           /* of a double */
  const DelegateField *field; /* IMPORT_UNPRINTABLE, with … */
  gunichar character;
  char *offer; /* IMPORT_UNPRINTABLE: what badges can show in place of the field;
                * IMPORT_NO_LATIN: how the hanzi are read; NULL for nothing */
} ImportRemark;

/* The list says one thing, a person has said another. */
typedef struct {
  char *reference;
  char *name;
  MergeConflict says; /* borrowed from the Import */
  MergeDecision decision;
  Merge *merge; /* import.c's own, as is … */
  guint index;
} ImportConflict;

/* While a file is read: bytes of it. While facts are written: @file is NULL, and facts
 * instead of bytes. */
typedef void (*ImportProgress) (const char *file, guint64 done, guint64 total, gpointer data);

/* TRUE if badges can show @character. */
typedef gboolean (*ImportCanPrint) (gunichar character, gpointer data);

typedef struct {
  const char *glossary; /* path, or NULL */
  const char *sheet;    /* of a workbook, by its name; NULL: the first with a heading row */
  gboolean skip_bad;
  const char *list;      /* the name of the list, where the file's is not to be taken; or NULL */
  const HeadingMap *map; /* what headings mean, as is said now (heading_map.h); or NULL */
  RowOptions choices;
  ImportCanPrint can_print; /* NULL: not looked at */
  gpointer can_print_data;
  ImportProgress progress;
  gpointer progress_data;
} ImportOptions;

typedef struct {
  guint rows;     /* read, without headings */
  guint bad_rows; /* with one fault or more */
  guint unchanged;
  GPtrArray *added, *changed, *missing; /* ImportChange; missing: on the replica from the same list,
                                           but no longer in it (kept) */
  GPtrArray *conflicts;                 /* ImportConflict, of which each may be decided */
  GPtrArray *remarks;                   /* ImportRemark */
  guint remark_counts[IMPORT_REMARKS];
  guint field_counts[DELEGATE_FIELDS_MAX]; /* delegates in whom a field changes, by its number */
  guint pending, cancelled; /* people of the lists who are to be confirmed, withdrawn */
  GPtrArray *faults;        /* ImportFault */
  guint fault_count;
  GHashTable *places; /* of those with a role in a session: reference → "list.csv:12" */
  GPtrArray *notes;   /* char *: unknown headings, encodings found, readings made, … */
  gpointer state;     /* the delegates to write; import.c's own */
} Import;

/* For the files of import.h
 * ----------------------------------------------------------- */

/* A registration to be written; both texts are in the ImportState's store. */
typedef struct {
  const char *reference, *body;
} ImportPending;

/* A list to be noted, which is new or has other columns than before. */
typedef struct {
  char *name;
  guint64 fields;
} ImportSpoken;

/* What headings of a list mean, to be remembered. */
typedef struct {
  char *list;
  HeadingMap *map;
} ImportMapped;

/* What is written of a person with conflicts depends on how they are decided. */
typedef struct {
  char *reference;
  Merge *merge;
} ImportUndecided;

typedef struct {
  GStringChunk *store;
  GArray *pending;      /* ImportPending */
  GPtrArray *undecided; /* ImportUndecided */
  GArray *spoken;       /* ImportSpoken */
  GArray *mapped;       /* ImportMapped */
  GPtrArray *lists;     /* KnownList, when it was read */
  gint64 count, latest; /* delegate_state() when it was read */
} ImportState;

Import *import_plan_new (void);
void import_plan_free (Import *import);
ImportState *import_plan_state (const Import *import);

void import_plan_add_new (Import *import, const Delegate *delegate);
/* Notes where her row stands. */
void import_plan_add_place (Import *import, const char *reference, const char *path, guint line);
/* Takes @merge over. */
void import_plan_add_merged (Import *import, const Delegate *before, Merge *merge);
void import_plan_add_missing (Import *import, const Delegate *delegate);
/* Takes the fields over, as ImportRemark says; counts it, lists it while there is
 * room. */
void import_plan_add_remark (Import *import, ImportRemark remark);
/* Notes of which fields the list speaks, if that is news. */
void import_plan_add_list (Import *import, const char *name, guint64 fields);
/* What the headings of that list mean is to be remembered. Takes @map over. */
void import_plan_add_mapped (Import *import, const char *list, HeadingMap *map);
/* The text, for as long as the Import lives. */
char *import_plan_keep (Import *import, const char *text);
/* Takes back what was to be written of a delegate. */
void import_plan_drop (Import *import, const char *reference);
