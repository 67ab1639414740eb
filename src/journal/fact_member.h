/* fact_member.h: what a member of a fact's body must look like: its type, size and
 * range. Which kind of fact has which members is fact_form.h's table.
 *
 * Threads: reentrant. Nothing here blocks on a network; an unknown time zone is
 * looked for in the system's files. */
#pragma once

#include "core/json_members.h"

#define FACT_TEXT_MAX 8000 /* bytes as they stand in the JSON, escapes and all */
#define FACT_WORD_MAX 400

typedef enum {
  FORM_TEXT,    /* @low to @high bytes */
  FORM_NAME,    /* "" or an identifier */
  FORM_STATION, /* "" or a station's name */
  FORM_WORD,    /* "" or lower- and upper-case ASCII letters, digits, - _ . : / */
  FORM_NUMBER,  /* a whole number from @low to @high */
  FORM_FLAG,
  FORM_TEXTS, /* a list of texts */
  FORM_DAYS,  /* a list of {label, date} */
  FORM_SPANS, /* a list of {day, from, to} */
  FORM_PAIRS, /* a list of objects of texts */
  FORM_ZONE,  /* "" or a time zone that this machine knows */
  FORM_KEY,   /* an Ed25519 public key */
  FORM_HASH,  /* 64 hex digits */
} FactMemberForm;

typedef struct {
  const char *key;
  FactMemberForm form;
  gint64 low, high;
  gboolean needed; /* no fact without it, nor with null in its place */
} FactMember;

/* What stands there is what @member may be. */
gboolean fact_member_fits (const FactMember *member, const JsonMember *value);
/* @value stands under that name. */
gboolean fact_member_is_named (const JsonMember *value, const char *name);
