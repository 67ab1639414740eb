#include "station/setup_sheet.h"

#include "badge/sheet.h"
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
    const char *title_fr, *title_zh, *fr, *zh;
    double module_mm;
    gboolean inverted;
  } TESTS[] = {
    { "Grand", "大",
      "À lire de 30 à 60 cm. Sinon : nettoyez la vitre du lecteur, ajoutez de la lumière.",
      "应能在 30–60 厘米处读取。否则请清洁扫描窗口、增加照明。", 1.6, FALSE },
    { "Normal, comme sur les badges", "正常，与胸卡相同", "À lire de 10 à 25 cm, du premier coup.",
      "应能在 10–25 厘米处一次读取。", 0.6, FALSE },
    { "Petit", "小", "À lire de près. Un lecteur qui n’y arrive pas lit quand même les badges.",
      "应能近距离读取。读不出也不影响读取胸卡。", 0.35, FALSE },
    { "Inversé, comme sur un téléphone en mode sombre", "反色，如深色模式的手机",
      "À lire comme le normal. Sinon : activez « Inverse » ou « Video Reverse » pour le QR.",
      "应与正常码一样可读。否则请启用 QR 的“反相（Inverse / Video Reverse）”。", 0.9, TRUE },
  };
  g_autoptr (Qr) qr = qr_new (SELFTEST_TEXT, error);

  if (qr == NULL)
    return FALSE;
  sheet_page (
      sheet, "Essayer un lecteur", "检测扫描器",
      "Lancez « accueil scanner test » sur le poste, puis lisez un de ces codes : l’écran dit ce "
      "qui est mal réglé et que faire. Les quatre codes disent le même texte, et n’ouvrent rien.",
      "在本站运行“accueil scanner "
      "test”，然后扫描以下任一码：屏幕会说明哪项设置不对、如何处理。四个码的内容相同，不能用于入场"
      "。",
      SELFTEST_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (TESTS); i++) {
    SheetSymbol symbol = { .dark = qr->modules,
                           .columns = qr->size,
                           .rows = qr->size,
                           .quiet = QR_QUIET_MODULES,
                           .module_mm = TESTS[i].module_mm,
                           .inverted = TESTS[i].inverted };
    g_autofree char *caption = g_strdup_printf ("%.2f mm", TESTS[i].module_mm);
    SheetItem item
        = { TESTS[i].title_fr, TESTS[i].title_zh, TESTS[i].fr, TESTS[i].zh, &symbol, caption };
    sheet_item (sheet, &item);
  }
  return TRUE;
}

/* Makers ----------------------------------------------------------------------------- */

static void add_step (Sheet *sheet, SetupPurpose purpose, const SetupStep *step)
{
  g_autofree char *fr = g_strdup_printf ("%u  %s", purpose + 1u, setup_purpose_fr (purpose)),
                  *zh = g_strdup_printf ("%u  %s", purpose + 1u, setup_purpose_zh (purpose));
  g_autofree char *caption = step->code != NULL ? setup_code_text (step->code) : NULL;
  g_autoptr (GBytes) bars = step->code != NULL ? code128_modules (step->code) : NULL;
  SheetSymbol symbol = {
    .rows = 1, .quiet = CODE128_QUIET_MODULES, .module_mm = BARS_MODULE_MM, .bar_mm = BARS_MM
  };
  SheetItem item = { fr, zh, step->fr, bars == NULL ? step->zh : NULL, NULL, caption };

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

static void add_family (Sheet *sheet, const SetupFamily *family)
{
  g_autofree char *fr = g_strdup_printf ("Régler un lecteur %s", family->name),
                  *zh = g_strdup_printf ("设置 %s 扫描器", family->name);
  g_autofree char *models_fr = g_strdup_printf (
      "%s. %s Lisez 1, puis 2 ou 3 ; à défaut 4, 5 et 6. Essayez ensuite avec la page 1.",
      family->models, family->fr);
  g_autofree char *models_zh = g_strdup_printf (
      "%s先扫 1，再扫 2 或 3；若不支持，则扫 4、5、6。然后用第 1 页检测。", family->zh);

  sheet_page (sheet, fr, zh, models_fr, models_zh, family->manual);
  for (guint i = 0; i < SETUP_PURPOSES; i++)
    add_step (sheet, (SetupPurpose) i, &family->steps[i]);
}

GBytes *setup_sheet_pdf (GError **error)
{
  g_autoptr (Sheet) sheet = sheet_new ("accueil · 迎宾 : lecteurs · 扫描器");
  guint count;
  const SetupFamily *families = setup_families (&count);

  if (!add_tests (sheet, error))
    return NULL;
  for (guint i = 0; i < count; i++)
    add_family (sheet, &families[i]);
  return sheet_finish (sheet, error);
}
