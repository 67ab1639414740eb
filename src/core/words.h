/* words.h: all that a person reads, from the gettext catalogues (assets/po).
 *
 * Every text is written in English in the source and translated by the catalogues; one
 * that has no translation is shown as it is written. There are two kinds of readers:
 *
 * - an organiser reads one language, her own, which the environment names: _();
 * - a delegate or a volunteer reads the two languages of the congress, which stand
 *   together on screens, badges and sheets: a Pair. Which two is data (words_choose()).
 *
 * How to write a text:
 *
 *     _ ("no such file")                         the organiser's language
 *     C_ ("of a door", "Open")                   the same word with another meaning
 *     words_plural ("%u badge", "%u badges", n)  with a number
 *     words_pair (N_ ("Welcome"))                both languages of the congress
 *     words_pair_in ("date", NC_ ("date", "March"))
 *     words_for (side, "Lost: %u")                one of the two, for g_strdup_printf()
 *     words_for_plural (side, "%u badge", "%u badges", n)
 *     words_filled ("Workshop %s", id), words_counted ("%u badge", "%u badges", n)
 *
 * N_() and NC_() only mark a text of a table for the translator. A gint64 in a text is
 * cast and written %lld. A text is whole sentences, never glued; what differs between
 * languages (order, spaces, punctuation) is the translator's.
 *
 * Must not know: anything of the congress.
 * Ownership: texts are static. Threads: words_start() and words_choose() before threads;
 * then reentrant.  */
#pragma once

#include <glib.h>

#define _(text) words_own (text)
#define C_(context, text) words_own_in (context, text)
#define N_(text) (text)
#define NC_(context, text) (text)

/* One text in the two languages of the congress, in the congress's order. */
typedef struct {
  const char *first, *second;
} Pair;
/* The same where the texts belong to whoever holds it: words_owned_clear(). */
typedef struct {
  char *first, *second;
} OwnedPair;

typedef enum {
  WORDS_FIRST,
  WORDS_SECOND,
  WORDS_SIDES,
} WordsSide;

#define PAIR_EMPTY ((Pair){ "", "" })

/* Chooses the organiser's language from the environment (LC_ALL, LC_MESSAGES, LANG,
 * LANGUAGE), even where that locale is not installed on the machine, and the congress's,
 * which are French and Chinese unless words_choose() says otherwise. The catalogues are
 * in @directory; NULL for `locale` beside the program (a build tree) or else
 * ../share/locale (installed). Text is UTF-8 and numbers are written with a point,
 * whatever the machine's locale is. Call once at the start of a program.  */
void words_start (const char *directory);
/* Other languages of the congress, as data or catalogues name them: "fr", "zh" or
 * "zh_CN", or "en" for the words of the source. FALSE if a catalogue is missing or
 * damaged: that language then reads English, and the remedy is in @error. */
gboolean words_choose (const char *first, const char *second, GError **error);
/* TRUE if there are words of @language, as words_choose() takes it. */
gboolean words_has (const char *language);
/* FALSE if a catalogue of the congress's languages could not be read at the start. */
gboolean words_check (GError **error);
/* The language of a side, as it is named in data: "fr", "zh". */
const char *words_key (WordsSide side);
/* The same as Pango and screen readers name it: "fr", "zh-cn". */
const char *words_tag (WordsSide side);
/* The side whose language the organiser reads; WORDS_SIDES where she reads neither. */
WordsSide words_own_side (void);
/* Set as Chinese is: its own font and punctuation, and a line may end anywhere. */
gboolean words_is_chinese (WordsSide side);

const char *words_own (const char *text) G_GNUC_FORMAT (1);
const char *words_own_in (const char *context, const char *text) G_GNUC_FORMAT (2);
const char *words_plural (const char *one, const char *many, guint64 n) G_GNUC_FORMAT (1)
    G_GNUC_FORMAT (2);

const char *words_for (WordsSide side, const char *text) G_GNUC_FORMAT (2);
const char *words_for_in (WordsSide side, const char *context, const char *text) G_GNUC_FORMAT (3);
const char *words_for_plural (WordsSide side, const char *one, const char *many, guint64 n)
    G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);

/* "" stays "". */
Pair words_pair (const char *text);
Pair words_pair_in (const char *context, const char *text);
const char *words_side (Pair pair, WordsSide side);
/* A text of words_pair() as it is written in the source, for who reads English; the first
 * of what is no such text. */
const char *words_source (Pair pair);
/* Both texts filled in like g_strdup_printf(): words_filled ("Workshop %s", id). */
#define words_filled(text, ...)                                                                    \
  ((OwnedPair){ g_strdup_printf (words_for (WORDS_FIRST, text), __VA_ARGS__),                      \
                g_strdup_printf (words_for (WORDS_SECOND, text), __VA_ARGS__) })
/* The same with one number, a guint: words_counted ("%u alert", "%u alerts", n). */
#define words_counted(one, many, n)                                                                \
  ((OwnedPair){ g_strdup_printf (words_for_plural (WORDS_FIRST, one, many, n), n),                 \
                g_strdup_printf (words_for_plural (WORDS_SECOND, one, many, n), n) })
void words_owned_clear (OwnedPair *pair);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OwnedPair, words_owned_clear)
Pair words_of_owned (const OwnedPair *pair);
/* Both in one line: "Catégorie · 类别"; once where they are the same, or one is empty. Free
 * with g_free(). */
char *words_line (Pair pair);
