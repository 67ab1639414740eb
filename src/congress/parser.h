/* parser.h: what the files that read an event file share: the sections read so far, and
 * the values they name.
 * Threads: a Parser belongs to one thread. Nothing here blocks. */
#pragma once

#include "congress/definition.h"
#include "core/ini.h"
#include "core/json.h"
#include "core/words.h"

#define PARSER_DAY_MINUTES 1440

typedef struct {
  Ini *ini;
  GPtrArray *definitions; /* Definition */
  GPtrArray *labels;      /* char *: of the congress's days; NULL-terminated */
  GPtrArray *dates;       /* char *: theirs, ISO */
  GHashTable *sections;   /* "kind id", a set */
  GHashTable *words;      /* of functions, folded → the rank's id */
  GHashTable *days;       /* event id → GStrv of labels */
  GHashTable *bodies; /* session id → JsonIn, from which its door takes event, day and hours */
  char *languages[WORDS_SIDES]; /* what people of the congress read: "fr", "zh" */
  guint order;                  /* of the section within its kind, from 1 */
  const char *folder;           /* of the files that it names; NULL: they are not read */
  DefinitionLook look;
} Parser;

/* Closes the object @body (and frees it) and keeps it as the definition @id of the
 * section's kind. */
void parser_add (Parser *parser, const IniSection *section, const char *id, JsonOut *body);
/* The same as another kind than the section is called. */
void parser_add_as (Parser *parser, const char *kind, const char *id, JsonOut *body);
/* TRUE if there is a section "[@kind @id]". */
gboolean parser_is_defined (Parser *parser, const char *kind, const char *id);
gboolean parser_holds (const char *const *list, const char *id);
/* The key @pattern in the language of @side: "place-@" is "place-fr". Free with
 * g_free(). */
char *parser_key (Parser *parser, const char *pattern, WordsSide side);
/* Writes what stands in both languages, both of which are needed. A fact names the first
 * language `fr` and the second `zh`, whatever they are (facts.md). */
void parser_pair_needed (Parser *parser, const IniSection *section, const char *pattern,
                         JsonOut *body, const char *first, const char *second);
/* Their names: the keys `fr` and `zh` of a congress of these languages. */
void parser_both_languages (Parser *parser, const IniSection *section, JsonOut *body);
/* The number at `capacity`, 0 if absent. */
guint parser_capacity (Parser *parser, const IniSection *section);
/* Notes that @value is none of @words. */
void parser_not_one_of (Parser *parser, const IniSection *section, const char *key,
                        const char *value, const char *const *words);
/* The id at @key if there is a section "[@kind id]"; NULL if absent or, with a fault
 * noted, unknown. */
const char *parser_defined (Parser *parser, const IniSection *section, const char *key,
                            const char *kind);
/* The ids at @key, each with a section or a fault; NULL if absent; free with
 * g_strfreev(). */
char **parser_defined_list (Parser *parser, const IniSection *section, const char *key,
                            const char *kind);
/* TRUE for a date like 2016-10-26. */
gboolean parser_is_date (const char *text);
/* "09:30" */
char *parser_clock_text (gint minutes);
