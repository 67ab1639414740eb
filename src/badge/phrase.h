/* phrase.h: a text of the badge as it is to be set: its script, its bold part, its
 * typography.
 *
 * French text is typeset (core/typeset.h) and its ordinals are raised (5es, 1er); Chinese
 * text takes its letters and figures from the Latin font and all else, punctuation
 * included, from the Chinese, and its full-width punctuation is set close where two meet
 * and at the ends of a line (GB/T 15834, CLREQ). All text is in NFC. Names that are written
 * from right to left stand in a text that is not as if each were alone: a mark of direction
 * after each keeps what follows, a date, another name, in its place.
 *
 * Threads: reentrant. Nothing here fails or blocks.  */
#pragma once

#include <pango/pango.h>

/* Texts are shaped at this size, and scaled from there. */
#define PHRASE_SHAPED_PT 100
#define PHRASE_ORDINAL 0.64 /* the size of raised letters, in that of their line */
#define FONT_LATIN "Inter"
#define FONT_HAN "Noto Sans CJK SC"
#define FONT_OTHERS "Noto Sans Arabic" /* one of those that Pango takes by itself */

typedef struct {
  char *text;               /* UTF-8 on one line, never NULL */
  gsize bold_from, bold_to; /* bytes; equal for none */
  gboolean han;             /* set as Chinese */
  gboolean tabular;         /* figures of one width */
  gboolean plain_ordinals;  /* not raised: where they would be too small to read */
  gboolean right_to_left;   /* begins at the right: Arabic, Hebrew; every line of it */
} Phrase;

typedef enum { PHRASE_LIGHT, PHRASE_BOLD } PhraseWeight;

/* NULL and white space make an empty phrase. */
Phrase *phrase_new (const char *text, gboolean han, PhraseWeight weight);
/* A text in another language than French, in Latin letters: as it is written. */
Phrase *phrase_new_plain (const char *text, PhraseWeight weight);
void phrase_free (Phrase *phrase);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Phrase, phrase_free)

/* "OUYANG Siyuan": family in bold capitals, then the given name. Either may be empty. */
Phrase *phrase_new_latin_name (const char *family, const char *given, gboolean turkish);
/* The first @surname characters bold; a variation selector belongs to its character. */
Phrase *phrase_new_han_name (const char *name, guint surname);

gboolean phrase_is_empty (const Phrase *phrase);
/* TRUE for a French text with an ordinal (5es). */
gboolean phrase_has_ordinal (const Phrase *phrase);

/* Fonts, weights and features of the bytes @from … @to. */
PangoAttrList *phrase_attributes (const Phrase *phrase, gsize from, gsize to);

/* How good a line break before the byte @at would be, if Pango allows one there. */
typedef enum {
  PHRASE_BREAK_GOOD, /* after a word, after a middle dot of a Chinese name */
  PHRASE_BREAK_POOR, /* after a hyphen, or between "de" and its noun, or inside a Chinese text */
} PhraseBreak;
PhraseBreak phrase_break_at (const Phrase *phrase, gsize at);
/* FALSE where a Chinese line would begin with closing punctuation or end with opening,
 * whatever Pango allows. */
gboolean phrase_may_break (const Phrase *phrase, gsize at);

/* What a line gives up of its width, at one point of size, if it ends before the byte @at
 * or begins with it, inside of the phrase: the blank half of full-width punctuation. (At
 * the phrase's own ends phrase_attributes() has done it.) */
double phrase_trim_end (const Phrase *phrase, gsize at);
double phrase_trim_start (const Phrase *phrase, gsize at);
