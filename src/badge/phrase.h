/* phrase.h: a text of the badge as it is to be set: its script, its bold part, its typography.
 *
 * French text gets typographic apostrophes and superscript ordinals (5es, 1er); Chinese text takes its letters and figures from the Latin font and all else, punctuation included, from the Chinese.
 *
 * Threads: reentrant. Nothing here fails or blocks.  */
#pragma once

#include <pango/pango.h>

/* Texts are shaped at this size, and scaled from there. */
#define PHRASE_SHAPED_PT 100
#define FONT_LATIN "Inter"
#define FONT_HAN "Noto Sans CJK SC"

typedef struct {
  char *text;                /* UTF-8 on one line, never NULL */
  gsize bold_from, bold_to;  /* bytes; equal for none */
  gboolean han;              /* set as Chinese */
  gboolean tabular;          /* figures of one width */
} Phrase;

typedef enum { PHRASE_LIGHT, PHRASE_BOLD } PhraseWeight;

/* NULL and white space make an empty phrase. */
Phrase *phrase_new (const char *text, gboolean han, PhraseWeight weight);
void phrase_free (Phrase *phrase);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Phrase, phrase_free)

/* "OUYANG Siyuan": family in bold capitals, then the given name. Either may be empty. */
Phrase *phrase_new_latin_name (const char *family, const char *given);
/* The first @surname characters bold. */
Phrase *phrase_new_han_name (const char *name, guint surname);

gboolean phrase_is_empty (const Phrase *phrase);

/* A family name in capitals, but for particles that are written small in front of a capital: "d'Estienne" → "d’ESTIENNE", "de La Motte" → "de LA MOTTE". Free with g_free(). */
char *phrase_family_capitals (const char *family);

/* Fonts, weights and features of the bytes @from … @to. */
PangoAttrList *phrase_attributes (const Phrase *phrase, gsize from, gsize to);

/* How good a line break before the byte @at would be, if Pango allows one there. */
typedef enum {
  PHRASE_BREAK_GOOD, /* after a word, after a middle dot of a Chinese name */
  PHRASE_BREAK_POOR, /* after a hyphen, or between "de" and its noun, or inside a Chinese text */
} PhraseBreak;
PhraseBreak phrase_break_at (const Phrase *phrase, gsize at);
