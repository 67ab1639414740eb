/* delegate.h: a delegate as now registered: read, written as a `registration`
 * fact.
 *
 * A registration fact holds the delegate whole; the last one wins. What a person has
 * corrected lies over it, field by field, whatever lists say later (correction.h). All
 * texts are UTF-8 in NFC, never NULL ("" is empty). Lists are NULL-terminated, never
 * NULL.
 *
 * Threads: as the Journal. Blocks on disk.  */
#pragma once

#include "journal/journal.h"

#include <glib.h>

#define DELEGATE_TEXT_MAX 300    /* characters of one field */
#define DELEGATE_MESSAGE_MAX 120 /* of its message */
#define DELEGATE_CODE_BYTES_MAX                                                                    \
  256 /* of another platform's code: a gate looks at no longer one                                 \
       */
#define DELEGATE_PENDING "pending"

typedef struct {
  char *reference;
  char *list;           /* the list it was imported from */
  char *title;          /* as written: M., Mme, 先生, 女士 */
  char *family, *given; /* Latin script; pinyin for a Chinese name */
  char *name_zh;
  char *function_fr, *function_zh;
  char *organisation_fr, *organisation_zh;
  char *category;   /* category id of the event file */
  char *delegation; /* the group; the organisation where the list names none */
  char *country;    /* ISO 3166-1 alpha-2 */
  char *email;
  char *telephone;  /* as the list writes it, several numbers perhaps (core/telephone.h) */
  char **events;    /* event ids, in the order of the event file */
  char **days;      /* day labels, in order */
  char **workshops; /* session ids, as asked, in the order of the list */
  char *role;       /* "intervenant A1/2; animateur A3": delegate_role.h */
  gboolean meals, transport, headset;
  char *hotel;
  char *rank;        /* rank id, where a list or a person says it; "": see congress/rank.h */
  char **diet;       /* "vegetarian", "halal" …, else as the list writes it */
  char *language;    /* interpretation channel */
  char *code;        /* another platform's own code, if it is to open doors here */
  char **ribbons;    /* "signatory", "candidate" */
  gboolean protocol; /* arrives quietly: no public name display */
  gboolean revoked;  /* registration withdrawn */
  char *status;      /* "" registered, DELEGATE_PENDING: to be confirmed */
  char *message;     /* for her alone, at the scan; as the list writes it */

  /* How this came to be; no fields, and in no fact of a desk. */
  char *said;         /* where a list last said something else (said.h); "" for nothing */
  gboolean corrected; /* a person's corrections lie over what lists say */
  char *volunteer;    /* who registered the person at a desk; "" for a list */
  char *roles;        /* NULL for one that was not read: delegate_roles() */
  HybridTime at;      /* of the registration below the corrections */
  gboolean appointed; /* has appointments (congress/appointment.h): there is more to be read */
} Delegate;

/* The fields of a Delegate but for its reference, in the order of the fact's body, by
 * their names there. */
typedef enum { DELEGATE_TEXT, DELEGATE_LIST, DELEGATE_FLAG } DelegateKind;
typedef struct {
  const char *name;
  DelegateKind kind;
  gsize offset; /* in Delegate: char *, char **, gboolean */
} DelegateField;
const DelegateField *delegate_fields (guint *count);
#define DELEGATE_FIELDS_MAX 64 /* there are fewer */
/* A field as a person reads it: a list joined with commas, a flag as yes or no in the
 * organiser's language. Free with g_free(). */
char *delegate_field_text (const Delegate *delegate, const DelegateField *field);
/* The text of a field of that kind, borrowed. */
const char *delegate_text (const Delegate *delegate, const DelegateField *field);
/* The texts of a field of that kind, NULL-terminated, borrowed. */
char *const *delegate_list (const Delegate *delegate, const DelegateField *field);
/* The answer of a field of that kind. */
gboolean delegate_flag (const Delegate *delegate, const DelegateField *field);
gboolean delegate_field_equal (const Delegate *a, const Delegate *b, const DelegateField *field);
/* Gives @to the value that @from has. */
void delegate_field_copy (Delegate *to, const Delegate *from, const DelegateField *field);
/* The field as a member of a JSON object; an empty one too. */
void delegate_field_to_json (const Delegate *delegate, const DelegateField *field, JsonOut *out);
/* The field from the member of @object that is called so; absent is empty. */
void delegate_field_from_json (Delegate *delegate, const DelegateField *field, JsonValue *object);

Delegate *delegate_new (void); /* all empty */
Delegate *delegate_copy (const Delegate *delegate);
void delegate_free (Delegate *delegate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Delegate, delegate_free)
gboolean delegate_equal (const Delegate *a, const Delegate *b);
/* The name by which an organiser knows the person: "Joëlle Barthélémy", "欧阳思远 Ouyang
 * Siyuan". Free with g_free(). */
char *delegate_display_name (const Delegate *delegate);
/* As letters and certificates have it: "Anne-Laure KERDONCUFF", "OUYANG Siyuan". Free with
 * g_free(). */
char *delegate_latin_name (const Delegate *delegate);

/* TRUE if the congress's second language is the person's own, and leads. Where that is
 * Chinese: country CN, HK, MO, TW, SG with a Chinese name, or no Latin name at all; else
 * what the list says of her language. */
gboolean delegate_second_leads (const Delegate *delegate);

/* Her roles in sessions, by lists and by the event file, as `role` has them; borrowed. */
const char *delegate_roles (const Delegate *delegate);

/* The fact's body; free with g_free(). */
char *delegate_to_json (const Delegate *delegate);
/* The fields as members of an object that is being written; empty ones are left out. */
void delegate_put_json (const Delegate *delegate, JsonOut *out);

/* NULL without @error if there is no such delegate. */
Delegate *delegate_load (Journal *journal, const char *reference, GError **error);
/* As lists have it, without what persons have corrected: of use where `corrected`. */
Delegate *delegate_load_listed (Journal *journal, const char *reference, GError **error);
/* By another platform's code. */
Delegate *delegate_load_by_code (Journal *journal, const char *code, GError **error);
/* By the replica's own number, under which delegate_search has its tokens. */
Delegate *delegate_load_by_number (Journal *journal, gint64 number, GError **error);
/* All, by reference: Delegate; free with g_ptr_array_unref(). */
GPtrArray *delegate_all (Journal *journal, GError **error);
/* All, by reference, one at a time, for lists that need not be in memory. @function must
 * not query delegates, and @delegate lives until it returns. */
typedef void (*DelegateVisit) (const Delegate *delegate, gpointer data);
gboolean delegate_each (Journal *journal, DelegateVisit function, gpointer data, GError **error);
/* The same, but for most who are not of @delegation, or have no part in @session
 * (each may be NULL: whoever), so that few of many need not be searched for among
 * all: @function looks at what it gets as at all. */
gboolean delegate_each_near (Journal *journal, const char *delegation, const char *session,
                             DelegateVisit function, gpointer data, GError **error);
/* The list a delegate came from, "" for a reference that is not known. NULL with @error.
 * Free with g_free(). */
char *delegate_list_of (Journal *journal, const char *reference, GError **error);
/* Calls @function with each reference of the list @list whose registration is not
 * revoked, in order. @function must not query delegates. */
typedef void (*DelegateFunction) (const char *reference, gpointer data);
gboolean delegate_each_of_list (Journal *journal, const char *list, DelegateFunction function,
                                gpointer data, GError **error);
/* How many delegates there are, and the hybrid time of the last registration or
 * correction: both unchanged, nobody has changed delegates in between. */
gboolean delegate_state (Journal *journal, gint64 *count, gint64 *latest, GError **error);
