#include "station/setup_sheet.h"

#include "badge/sheet.h"
#include "core/words.h"
#include "usb/code128.h"
#include "usb/selftest.h"
#include "usb/setup.h"
#include "credential/qr.h"

#define BARS_MODULE_MM 0.33 /* the usual 13 mil, that every scanner reads */
#define BARS_WIDE_MM 0.28   /* where the code would not fit */
#define BARS_ROOM_MM 78
#define BARS_MM 13

/* Test codes ------------------------------------------------------------------------- */

static gboolean add_tests (Sheet *sheet, GError **error)
{
  static const struct {
    const char *title, *text; /* msgids */
    double module_mm;
    gboolean inverted;
  } TESTS[] = {
    { NC_ ("test code", "Large"),
      N_ ("To be read from 30 to 60 cm. If not: clean the reader's window, add light."), 1.6,
      FALSE },
    { NC_ ("test code", "Normal, as on badges"),
      N_ ("To be read from 10 to 25 cm, at the first try."), 0.6, FALSE },
    { NC_ ("test code", "Small"),
      N_ ("To be read from near. A reader that cannot reads badges all the same."), 0.35, FALSE },
    { NC_ ("test code", "Inverted, as on a phone in dark mode"),
      N_ ("To be read like the normal one. If not: switch “Inverse” or “Video Reverse” on for QR."),
      0.9, TRUE },
  };
  g_autoptr (Qr) qr = qr_new (SELFTEST_TEXT, error);

  if (qr == NULL)
    return FALSE;
  sheet_page (sheet, words_pair (N_ ("Try a reader")),
              words_pair (N_ ("Run “accueil scanner test” on the station, then read one of these "
                              "codes: the screen says what is set wrongly and what to do. The four "
                              "codes say the same text, and open nothing.")),
              SELFTEST_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    SheetSymbol symbol = sheet_qr_symbol (qr, TESTS[i].module_mm);
    symbol.inverted = TESTS[i].inverted;
    g_autofree char *caption = g_strdup_printf ("%.2f mm", TESTS[i].module_mm);
    SheetItem item = { words_pair_in ("test code", TESTS[i].title), words_pair (TESTS[i].text),
                       &symbol, caption };
    sheet_item (sheet, &item);
  }
  return TRUE;
}

/* Makers ----------------------------------------------------------------------------- */

static void add_step (Sheet *sheet, SetupPurpose purpose, const SetupStep *step)
{
  Pair name = words_pair (setup_purpose (purpose));
  g_autofree char *first = g_strdup_printf ("%u  %s", purpose + 1u, name.first),
                  *second = g_strdup_printf ("%u  %s", purpose + 1u, name.second);
  g_autofree char *caption = step->code != NULL ? setup_code_text (step->code) : NULL;
  g_autoptr (GBytes) bars = step->code != NULL ? code128_modules (step->code) : NULL;
  SheetSymbol symbol = {
    .rows = 1, .quiet = CODE128_QUIET_MODULES, .module_mm = BARS_MODULE_MM, .bar_mm = BARS_MM
  };
  /* A code's name in its maker's manual is the same in all languages. */
  Pair text = bars != NULL ? (Pair){ step->text, NULL } : words_pair (step->text);
  SheetItem item = { { first, second }, text, NULL, caption };

  if (bars != NULL) {
    gsize columns;
    symbol.dark = g_bytes_get_data (bars, &columns);
    symbol.columns = (guint) columns;
    if ((symbol.columns + 2 * symbol.quiet) * symbol.module_mm > BARS_ROOM_MM)
      symbol.module_mm = BARS_WIDE_MM;
    item.symbol = &symbol;
  }
  sheet_item (sheet, &item);
}

/* The models, what to know before, and in which order codes are read. */
static char *introduction (WordsSide side, const SetupFamily *family)
{
  return g_strdup_printf (words_for (side, "%s. %s Read 1, then 2 or 3; else 4, 5 and 6. Then try "
                                           "the reader with page 1."),
                          words_for (side, family->models), words_for (side, family->text));
}

static void add_family (Sheet *sheet, const SetupFamily *family)
{
  g_auto (OwnedPair) title = words_filled ("Set a reader of %s up", family->name);
  g_auto (OwnedPair) text
      = { introduction (WORDS_FIRST, family), introduction (WORDS_SECOND, family) };

  sheet_page (sheet, words_of_owned (&title), words_of_owned (&text), family->manual);
  for (guint i = 0; i < SETUP_PURPOSES; i++)
    add_step (sheet, (SetupPurpose) i, &family->steps[i]);
}

GBytes *setup_sheet_pdf (GError **error)
{
  g_autofree char *readers = words_line (words_pair (N_ ("Readers")));
  g_autoptr (Sheet) sheet = sheet_new (readers);
  guint count;
  const SetupFamily *families = setup_families (&count);

  if (!add_tests (sheet, error))
    return NULL;
  for (guint i = 0; i < count; i++)
    add_family (sheet, &families[i]);
  return sheet_finish (sheet, error);
}
