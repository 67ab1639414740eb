/* guide_command.c: `accueil guide`: the volunteer's guide, one A4 page in the language
 * asked for. What a touch is called is looked up where the screens look it up, and the
 * pictures are those of the screens (assets/guide). */
#include "cli/command.h"

#include "badge/badge.h"
#include "badge/guide_sheet.h"
#include "core/installation.h"
#include "core/words.h"

#include <string.h>

static int run (int argc, char **argv);

extern const Command command_guide;
const Command command_guide = {
  .name = "guide",
  .usage = N_ ("-o FILE.pdf [--language fr|zh|en]"),
  .summary = N_ ("The volunteer's guide: what to touch, what colours mean, what to do when "
                 "something stops; one A4 page"),
  .run = run,
};

#define TIED_MAX 20 /* characters */

/* Texts as they stand on the screens, in both languages. A sentence names them as {0},
 * {1} and so on. */
static const char *const touches[] = {
  /* 0 */ N_ ("No code?"),
  /* 1 */ N_ ("Welcome desk"),
  /* 2 */ N_ ("On-site registration"),
  /* 3 */ N_ ("Let in and print"),
  /* 4 */ N_ ("Correct"),
  /* 5 */ N_ ("Print the badge again"),
  /* 6 */ N_ ("Delegation"),
  /* 7 */ N_ ("Undo"),
  /* 8 */ N_ ("Station"),
  /* 9 */ N_ ("Call the team"),
};

static const GuideSheet guide = {
  .title = N_ ("Welcoming delegates"),
  .under = N_ ("It is your first day and forty people are waiting: this page is all you need."),
  .kind = N_ ("The volunteer’s guide"),
  .columns = { N_ ("At the screen: the person alone"), N_ ("At the desk: with you") },
  .steps = {
    { { "attract", GUIDE_PLAIN, N_ ("The code is shown"),
        { N_ ("The person holds the QR code to the reader, on paper or on a telephone. You touch "
              "nothing."),
          N_ ("Nothing happens? Make the telephone brighter, hold it a hand’s breadth away, "
              "keep it still."),
          N_ ("No code at all: “{0}”, then the desk.") } },
      { "welcome", GUIDE_YES, N_ ("Green: come in"),
        { N_ ("A green tick and the name: the person is let in and the badge is on its way."),
          N_ ("Take the badge where the arrow points. Read the name aloud, in the person’s own "
              "order, and hand it over with both hands."),
          N_ ("The frames below the name are the person’s rights: days, meals, shuttle, "
              "headset.") } },
      { "verdict", GUIDE_ATTENTION, N_ ("Amber: not here, or not now"),
        { N_ ("Read the sentence: it says why, and the arrow says where to go."),
          N_ ("Do not discuss it in the line, and do not scan again: show the way to the desk and "
              "take the next person.") } } },
    { { "pin", GUIDE_PLAIN, N_ ("Open the desk"),
        { N_ ("Scan your own badge, then type your code. Or touch “{0}”, then “{1}”, and "
              "type your number and your code."),
          N_ ("When you leave, close it: the screen is the next person’s.") } },
      { "search", GUIDE_PLAIN, N_ ("Find the person"),
        { N_ ("Scan the code, or type the beginning of the name: Latin letters, pinyin or "
              "Chinese."),
          N_ ("Nobody there? Fewer letters, or the other script."),
          N_ ("Still nobody: “{2}”. She has her badge in a minute.") } },
      { "person", GUIDE_PLAIN, N_ ("Do what she needs"),
        { N_ ("The first touch is the one she needs: “{3}”."),
          N_ ("A mistake in the name: “{4}”. Badge lost: “{5}”. A whole group: "
              "“{6}”, all at once."),
          N_ ("Made a badge void by mistake? “{7}”, within ten seconds.") } } },
  },
  .notes_title = N_ ("When something stops"),
  .notes = {
    { N_ ("The printer"),
      { N_ ("The screen says what is wrong and what to do. No badge is lost: it waits, or comes "
            "out of another printer."),
        N_ ("If one may not have come out, “{8}” at the desk asks you.") } },
    { N_ ("The network"),
      { N_ ("Carry on. This machine decides and prints alone, and tells the others later."),
        N_ ("Only figures elsewhere are late.") } },
    { N_ ("The power"),
      { N_ ("Switch the machine on again. All that was shown is kept; nobody is scanned twice."),
        N_ ("Meanwhile write names on paper; the desk enters them after.") } },
    { N_ ("The line does not move"),
      { N_ ("One of you walks along it: codes out, telephones bright."),
        N_ ("Whoever sees amber steps aside, to the desk.") } },
  },
  .calls_title = N_ ("Whom to call"),
  .calls_text = N_ ("“{9}” on the screen: the desk sees at once where you are. Somebody is "
                    "ill: call first aid yourself, then the team."),
  .calls = { N_ ("Team leader"), N_ ("Technician"), N_ ("First aid") },
  .foot = N_ ("What stands in quotation marks is written on the screen as it is here."),
};

/* Words ------------------------------------------------------------------------------ */

typedef struct {
  GPtrArray *texts; /* char *: all that is made */
  char *touches[G_N_ELEMENTS (touches)];
} Words;

/* A short one does not break. Free with g_free(). */
static char *tied (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  return g_utf8_strlen (text, -1) <= TIED_MAX ? g_strjoinv ("\u00a0", words) : g_strdup (text);
}

/* What a touch is called in both languages of the screens; in the reader's alone where
 * that is one of them. */
static char *touch_name (const char *text, const char *language)
{
  for (WordsSide side = WORDS_FIRST; side < WORDS_SIDES; side++)
    if (strcmp (words_key (side), language) == 0)
      return tied (words_for (side, text));
  Pair pair = words_pair (text);
  return g_strconcat (pair.first, "\u00a0· ", pair.second, NULL); /* no line begins with a dot */
}

/* @text in the language of the page, with the names of touches. */
static const char *say (Words *words, const char *text)
{
  if (text == NULL)
    return NULL;
  GString *said = g_string_new (words_for (WORDS_FIRST, text));
  for (guint i = 0; i < G_N_ELEMENTS (touches); i++) {
    char place[] = { '{', (char) ('0' + i), '}', '\0' };
    g_string_replace (said, place, words->touches[i], 0);
  }
  g_ptr_array_add (words->texts, g_string_free (said, FALSE));
  return words->texts->pdata[words->texts->len - 1];
}

static void say_all (Words *words, const char **texts)
{
  for (guint i = 0; i < GUIDE_SHEET_TEXTS; i++)
    texts[i] = say (words, texts[i]);
}

/* The same sheet in the language of the page, with the paths of its pictures. */
static GuideSheet translate (Words *words)
{
  GuideSheet sheet = guide;
  const char **single[] = { &sheet.title,       &sheet.under,      &sheet.kind,
                            &sheet.columns[0],  &sheet.columns[1], &sheet.notes_title,
                            &sheet.calls_title, &sheet.calls_text, &sheet.foot };
  for (guint i = 0; i < G_N_ELEMENTS (single); i++)
    *single[i] = say (words, *single[i]);
  for (guint i = 0; i < GUIDE_SHEET_CALLS; i++)
    sheet.calls[i] = say (words, sheet.calls[i]);
  for (guint i = 0; i < GUIDE_SHEET_NOTES; i++) {
    sheet.notes[i].heading = say (words, sheet.notes[i].heading);
    say_all (words, sheet.notes[i].texts);
  }
  for (guint i = 0; i < GUIDE_SHEET_COLUMNS * GUIDE_SHEET_STEPS; i++) {
    GuideStep *step = &sheet.steps[i / GUIDE_SHEET_STEPS][i % GUIDE_SHEET_STEPS];
    g_autofree char *name = g_strdup_printf ("guide/%s-portrait.png", step->picture);
    step->heading = say (words, step->heading);
    say_all (words, step->texts);
    g_ptr_array_add (words->texts, installation_asset (name));
    step->picture = words->texts->pdata[words->texts->len - 1];
  }
  sheet.han = words_is_chinese (WORDS_FIRST);
  sheet.french = strcmp (words_key (WORDS_FIRST), "fr") == 0;
  return sheet;
}

static GBytes *draw (const char *language, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *fonts = installation_asset ("fonts/fonts.conf");
  Words words = { .texts = texts };
  for (guint i = 0; i < G_N_ELEMENTS (touches); i++) {
    words.touches[i] = touch_name (touches[i], language);
    g_ptr_array_add (texts, words.touches[i]);
  }
  if (!words_choose (language, "en", error) || !badge_fonts_start (fonts, error))
    return NULL;
  GuideSheet sheet = translate (&words);
  return guide_sheet_draw (&sheet, error);
}

/* The command ------------------------------------------------------------------------ */

/* The organiser's own language, as data name it. */
static const char *own_language (void)
{
  const char *own = g_getenv ("LANGUAGE");
  return own != NULL && g_str_has_prefix (own, "zh")   ? "zh"
         : own != NULL && g_str_has_prefix (own, "fr") ? "fr"
                                                       : "en";
}

static int run (int argc, char **argv)
{
  g_autofree char *output = NULL, *language = NULL;
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The PDF to write"), N_ ("FILE.pdf") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language,
      N_ ("fr, zh or en (default: the language of this program)"), N_ ("WORD") },
    { 0 },
  };
  GError *error = NULL;
  int status = 0;
  if (!command_parse (&command_guide, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_guide, _ ("“%s” is too much"), argv[1]);
  if (output == NULL)
    return command_usage (&command_guide, _ ("-o FILE.pdf is missing"));
  if (language != NULL && strcmp (language, "en") != 0 && !words_has (language))
    return command_usage (&command_guide, _ ("there are no words of “%s”: fr, zh or en"), language);
  g_autoptr (GBytes) pdf = draw (language != NULL ? language : own_language (), &error);
  if (pdf == NULL || !command_write (output, pdf, 0644, &error))
    return command_fail (&command_guide, error);
  return 0;
}
