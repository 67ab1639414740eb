/* printers_command.c: `accueil printers`: the CUPS queues of this machine, what badges
 * they can print and what ails them; `accueil printers test`: one sheet, followed until
 * it is out. */
#include "cli/command.h"
#include "cli/printer_sample.h"
#include "core/json.h"
#include "core/words.h"
#include "print/printer.h"
#include "station/settings.h"
#include "vocabulary/wording.h"

#include <string.h>

#define SIZES_SHOWN 5
/* A template's art stops that far from the edge. */
#define LOST_SAID_MM 0.5
#define INDENT "    "

static int run (int argc, char **argv);

extern const Command command_printers;
const Command command_printers = {
  .name = "printers",
  .usage = N_ ("[--json] [--template FILE] [--settings FILE]"),
  .summary
  = N_ ("List the printers: paper, state, what badges would be sent as, and what is to be done"),
  .run = run,
};

/* What is known of one queue. */
typedef struct {
  const char *queue;
  double width_mm, height_mm; /* of a badge */
  guint place;                /* in the station's pool, from 1; 0: not in it */
  Printer *printer;
  PrinterStatus *status;
  const Capabilities *traits;
  PrintFormat *format; /* NULL: @cannot says why */
  GError *error;       /* the queue cannot be asked */
  GError *cannot;
} Look;

static void look_free (gpointer data)
{
  Look *look = data;

  print_format_free (look->format);
  printer_status_free (look->status);
  printer_close (look->printer);
  g_clear_error (&look->error);
  g_clear_error (&look->cannot);
  g_free (look);
}

static Look *look_at (const char *queue, const Settings *settings, double width_mm,
                      double height_mm)
{
  Look *look = g_new0 (Look, 1);

  look->queue = queue;
  look->width_mm = width_mm;
  look->height_mm = height_mm;
  for (guint i = 0; settings->printers[i] != NULL; i++)
    if (strcmp (settings->printers[i], queue) == 0)
      look->place = i + 1;
  look->printer = printer_open (queue, &look->error);
  if (look->printer == NULL)
    return look;
  look->status = printer_status (look->printer, &look->error);
  look->traits = look->status != NULL ? printer_traits (look->printer, &look->error) : NULL;
  if (look->traits != NULL)
    look->format = printer_format (look->printer, width_mm, height_mm, &look->cannot);
  return look;
}

static TroubleSet troubles_of (const Look *look)
{
  if (look->status != NULL)
    return look->status->errors | look->status->warnings | look->status->notes;
  return PRINTER_REASON_BIT (printer_error_trouble (look->error));
}

static const char *severity_of (const Look *look, PrinterReason trouble)
{
  if (look->status == NULL || (look->status->errors & PRINTER_REASON_BIT (trouble)) != 0)
    return "error";
  return (look->status->warnings & PRINTER_REASON_BIT (trouble)) != 0 ? "warning" : "note";
}

/* For people ------------------------------------------------------------------------- */

static char *format_text (const PrintFormat *format)
{
  g_autofree char *dots
      = format->dpi > 0 ? g_strdup_printf (_ (", %u dpi"), format->dpi) : g_strdup ("");
  static const char *const FORMATS[] = {
    [PRINT_FORMAT_PDF] = N_ ("PDF"),
    [PRINT_FORMAT_PDF_BITS] = N_ ("a PDF of black dots"),
    [PRINT_FORMAT_PWG_RASTER] = N_ ("PWG raster"),
    [PRINT_FORMAT_URF] = N_ ("URF"),
    [PRINT_FORMAT_CUPS_RASTER] = N_ ("raster for its driver"),
    [PRINT_FORMAT_ZPL] = N_ ("ZPL"),
  };

  return g_strdup_printf (
      _ ("%s%s, %s, on %.4g × %.4g mm (%s)%s%s"), _ (FORMATS[format->format]), dots,
      format->one_bit  ? _ ("black only")
      : format->colour ? _ ("colour")
                       : _ ("greys"),
      format->width_mm, format->height_mm, format->media, format->rotated ? _ (", turned") : "",
      format->two_sided ? _ (", both sides") : "");
}

static void print_traits (const Capabilities *traits, double width_mm, double height_mm)
{
  g_autofree char *sizes = media_list (traits->media, width_mm, height_mm, SIZES_SHOWN);

  g_print (INDENT "%s · %s\n", traits->model, traits->uri);
  if (sizes[0] != '\0')
    g_print (INDENT "%s %s\n", _ ("paper:"), sizes);
}

static void print_troubles (const Look *look)
{
  TroubleSet set = troubles_of (look);

  for (guint i = 0; i < PRINTER_REASON_COUNT; i++) {
    Pair wording;
    if ((set & PRINTER_REASON_BIT (i)) == 0)
      continue;
    wording = wording_trouble ((PrinterReason) i);
    g_print (INDENT "%s %s: %s %s\n",
             strcmp (severity_of (look, (PrinterReason) i), "error") == 0 ? "✗" : "!",
             printer_reason_keyword ((PrinterReason) i), wording.first, wording.second);
  }
}

static void print_look (const Look *look)
{
  g_autofree char *place = look->place > 0
                               ? g_strdup_printf (_ (" (printer %u of this station)"), look->place)
                               : g_strdup ("");
  const PrinterStatus *status = look->status;
  const char *state = status == NULL        ? _ ("cannot be asked")
                      : status->errors != 0 ? _ ("cannot print")
                      : status->busy        ? _ ("printing")
                                            : _ ("ready");

  g_print ("%s %s: %s%s\n",
           status != NULL && status->errors == 0 && look->cannot == NULL ? "✓" : "✗", look->queue,
           state, place);
  if (look->traits != NULL)
    print_traits (look->traits, look->width_mm, look->height_mm);
  if (look->format != NULL) {
    g_autofree char *format = format_text (look->format);
    g_autofree char *lost = g_strdup_printf (_ ("this printer leaves the outermost %.1f mm of the "
                                                "badge white; keep texts and art away from there"),
                                             look->format->lost_mm);
    g_print (INDENT "%s %s\n", _ ("badges:"), format);
    if (look->format->lost_mm >= LOST_SAID_MM)
      g_print (INDENT "! %s\n", lost);
  }
  print_troubles (look);
  if (look->error != NULL || look->cannot != NULL)
    g_print (INDENT "→ %s\n", look->error != NULL ? look->error->message : look->cannot->message);
}

/* For machines ----------------------------------------------------------------------- */

static void write_mm (JsonOut *out, const char *key, double mm)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  json_out_raw (out, key, g_ascii_formatd (text, sizeof text, "%.2f", mm));
}

static void write_traits (JsonOut *out, const Capabilities *traits)
{
  json_out_string (out, "model", traits->model);
  json_out_string (out, "uri", traits->uri);
  json_out_string (out, "location", traits->place);
  json_out_bool (out, "raw", traits->raw);
  json_out_bool (out, "colour", traits->colour);
  json_out_bool (out, "two_sided", traits->two_sided);
  json_out_begin_array (out, "dpi");
  for (guint i = 0; i < traits->dpis->len; i++)
    json_out_int (out, NULL, g_array_index (traits->dpis, guint, i));
  json_out_end_array (out);
  json_out_begin_array (out, "media");
  for (guint i = 0; i < traits->media->len; i++) {
    const Medium *medium = &g_array_index (traits->media, Medium, i);
    json_out_begin_object (out, NULL);
    json_out_string_if (out, "name", medium->name);
    write_mm (out, "width_mm", medium->width_mm);
    write_mm (out, "height_mm", medium->height_mm);
    if (medium->name[0] == '\0') {
      write_mm (out, "max_width_mm", medium->max_width_mm);
      write_mm (out, "max_height_mm", medium->max_height_mm);
    }
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

static void write_format (JsonOut *out, const PrintFormat *format)
{
  json_out_begin_object (out, "badges");
  json_out_string (out, "format", format->mime);
  json_out_string (out, "media", format->media);
  write_mm (out, "width_mm", format->width_mm);
  write_mm (out, "height_mm", format->height_mm);
  write_mm (out, "lost_mm", format->lost_mm);
  json_out_bool (out, "rotated", format->rotated);
  json_out_int (out, "dpi", format->dpi);
  json_out_bool (out, "one_bit", format->one_bit);
  json_out_bool (out, "colour", format->colour);
  json_out_bool (out, "two_sided", format->two_sided);
  json_out_end_object (out);
}

static void write_troubles (JsonOut *out, const Look *look)
{
  TroubleSet set = troubles_of (look);

  json_out_begin_array (out, "troubles");
  for (guint i = 0; i < PRINTER_REASON_COUNT; i++) {
    Pair wording;
    if ((set & PRINTER_REASON_BIT (i)) == 0)
      continue;
    wording = wording_trouble ((PrinterReason) i);
    json_out_begin_object (out, NULL);
    json_out_string (out, "trouble", printer_reason_keyword ((PrinterReason) i));
    json_out_string (out, "severity", severity_of (look, (PrinterReason) i));
    json_out_string (out, "fr", wording.first);
    json_out_string (out, "zh", wording.second);
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

static void write_look (JsonOut *out, const Look *look)
{
  json_out_begin_object (out, NULL);
  json_out_string (out, "queue", look->queue);
  json_out_int_if (out, "pool", look->place);
  if (look->status != NULL) {
    json_out_string (out, "state",
                     look->status->stopped ? "stopped"
                     : look->status->busy  ? "processing"
                                           : "idle");
    json_out_bool (out, "accepting", look->status->accepting);
    json_out_strings (out, "reasons", (const char *const *) look->status->reasons);
  }
  if (look->traits != NULL)
    write_traits (out, look->traits);
  if (look->format != NULL)
    write_format (out, look->format);
  json_out_string_if (out, "error",
                      look->error != NULL    ? look->error->message
                      : look->cannot != NULL ? look->cannot->message
                                             : "");
  write_troubles (out, look);
  json_out_end_object (out);
}

/* The list --------------------------------------------------------------------------- */

/* Those of the pool in their order, then the others; a queue of the pool that CUPS does
 * not have is in it, too. */
static GPtrArray *look_at_all (char **queues, const Settings *settings, double width_mm,
                               double height_mm)
{
  GPtrArray *looks = g_ptr_array_new_with_free_func (look_free);

  for (guint i = 0; settings->printers[i] != NULL; i++)
    g_ptr_array_add (looks, look_at (settings->printers[i], settings, width_mm, height_mm));
  for (guint i = 0; queues[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) settings->printers, queues[i]))
      g_ptr_array_add (looks, look_at (queues[i], settings, width_mm, height_mm));
  return looks;
}

static void print_json (const GPtrArray *looks)
{
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  json_out_begin_object (out, NULL);
  json_out_begin_array (out, "printers");
  for (guint i = 0; i < looks->len; i++)
    write_look (out, g_ptr_array_index (looks, i));
  json_out_end_array (out);
  json_out_end_object (out);
  text = json_out_finish (out);
  g_print ("%s\n", text);
}

static int list (const PrinterSampleOptions *options, gboolean json)
{
  GError *error = NULL;
  g_autoptr (PrinterSample) sample = printer_sample_open (options, &error);
  g_auto (GStrv) queues = sample != NULL ? printer_queues (&error) : NULL;
  g_autoptr (GPtrArray) looks = NULL;

  if (queues == NULL)
    return command_fail (&command_printers, error);
  looks = look_at_all (queues, sample->settings, badge_width_mm (sample->template_),
                       badge_height_mm (sample->template_));
  if (json)
    print_json (looks);
  for (guint i = 0; !json && i < looks->len; i++)
    print_look (g_ptr_array_index (looks, i));
  if (!json && looks->len == 0)
    g_print (_ ("CUPS has no queue. Add one: lpadmin -p NAME -E -v ipp://PRINTER/ipp/print -m "
                "everywhere\n"));
  return 0;
}

static int run (int argc, char **argv)
{
  PrinterSampleOptions options = { 0 };
  gboolean json = FALSE;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { "template", 0, 0, G_OPTION_ARG_FILENAME, &options.template_,
      N_ ("The badge's SVG template (default: the station's, else A6 portrait)"), N_ ("FILE") },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &options.settings,
      N_ ("The station's settings (default: /etc/accueil/station.ini)"), N_ ("FILE") },
    { 0 },
  };
  int status;

  if (!command_parse (&command_printers, entries, &argc, &argv, &status))
    return status;
  status = argc > 1 ? command_usage (&command_printers, _ ("“%s” is too much"), argv[1])
                    : list (&options, json);
  g_free (options.template_);
  g_free (options.settings);
  return status;
}
