/* scanner_command.c: `accueil scanner`: the station's readers with their state, and what
 * is on USB, with the reason why it is taken or not. Takes nothing from a station at
 * work. */
#include "cli/command.h"
#include "core/json.h"
#include "core/text.h"
#include "core/words.h"
#include "station/reading.h"

#include <stdio.h>

static int run (int argc, char **argv);

extern const Command command_scanner;
const Command command_scanner = {
  .name = "scanner",
  .usage = N_ ("[--json] [--settings FILE]"),
  .summary = N_ ("List the readers with their state, and the USB devices that could be readers, "
                 "with why they are taken or not"),
  .run = run,
};

static const char *mark_of (ReaderState state)
{
  return state == READER_READY                               ? "✓"
         : state == READER_STARTING || state == READER_ENDED ? "·"
                                                             : "✗";
}

/* Text ------------------------------------------------------------------------------- */

static void print_padded (const char *text, int columns)
{
  g_print ("%s%*s", text, MAX (1, columns - text_columns (text)), "");
}

static void print_readers (const GPtrArray *looks)
{
  int width = 0;

  for (guint i = 0; i < looks->len; i++)
    width = MAX (width,
                 text_columns (((const ReadingLook *) g_ptr_array_index (looks, i))->name) + 2);
  for (guint i = 0; i < looks->len; i++) {
    const ReadingLook *look = g_ptr_array_index (looks, i);
    Pair said = reading_words (look->state);
    g_autofree char *state = g_strdup_printf ("%s · %s", said.first, said.second);
    g_print ("%s ", mark_of (look->state));
    print_padded (look->name, width);
    print_padded (look->kind, 8);
    print_padded (state, look->detail[0] != '\0' ? 22 : 0);
    g_print ("%s\n", look->detail);
  }
  if (looks->len == 0)
    g_print (_ ("No readers are in the station's settings: lines of standard input are read. "
                "assets/demo/station.ini shows how readers are named.\n"));
}

static void print_devices (const GPtrArray *devices)
{
  g_print ("\n%s\n",
           devices->len > 0 ? _ ("On USB:") : _ ("On USB: nothing that could be a reader."));
  for (guint i = 0; i < devices->len; i++) {
    const UsbDevice *device = g_ptr_array_index (devices, i);
    g_print ("%s %04x:%04x  ",
             device->reader[0] == '\0' ? "·"
             : device->allowed         ? "✓"
                                       : "✗",
             device->vendor, device->product);
    print_padded (device->kind, 10);
    g_print ("%s\n", device->name);
    g_print ("    %s%s%s\n", device->reader, device->reader[0] != '\0' ? ": " : "", device->why);
  }
}

/* JSON ------------------------------------------------------------------------------- */

static void write_readers (JsonOut *out, const GPtrArray *looks)
{
  json_out_begin_array (out, "readers");
  for (guint i = 0; i < looks->len; i++) {
    const ReadingLook *look = g_ptr_array_index (looks, i);
    json_out_begin_object (out, NULL);
    json_out_string (out, "name", look->name);
    json_out_string (out, "kind", look->kind);
    json_out_string (out, "state", reader_state_name (look->state));
    json_out_string (out, "detail", look->detail);
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

static void write_devices (JsonOut *out, const GPtrArray *devices)
{
  json_out_begin_array (out, "usb");
  for (guint i = 0; i < devices->len; i++) {
    const UsbDevice *device = g_ptr_array_index (devices, i);
    g_autofree char *id = g_strdup_printf ("%04x:%04x", device->vendor, device->product);
    json_out_begin_object (out, NULL);
    json_out_string (out, "id", id);
    json_out_string (out, "name", device->name);
    json_out_string (out, "kind", device->kind);
    json_out_string (out, "reader", device->reader);
    json_out_bool (out, "allowed", device->allowed);
    json_out_string (out, "why", device->why);
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

static void print_json (const GPtrArray *looks, const GPtrArray *devices)
{
  JsonOut *out = json_out_new ();
  g_autofree char *text = NULL;

  json_out_begin_object (out, NULL);
  write_readers (out, looks);
  if (devices != NULL)
    write_devices (out, devices);
  json_out_end_object (out);
  text = json_out_finish (out);
  g_print ("%s\n", text);
}

/* ------------------------------------------------------------------------------------ */

static gboolean all_work (const GPtrArray *looks)
{
  for (guint i = 0; i < looks->len; i++) {
    ReaderState state = ((const ReadingLook *) g_ptr_array_index (looks, i))->state;
    if (state != READER_READY && state != READER_STARTING)
      return FALSE;
  }
  return TRUE;
}

static int run (int argc, char **argv)
{
  g_autofree char *file = NULL;
  gboolean json = FALSE;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &file,
      N_ ("The station's settings (default: $ACCUEIL_SETTINGS, else /etc/accueil/station.ini)"),
      N_ ("FILE") },
    { 0 },
  };
  g_autoptr (Settings) settings = NULL;
  g_autoptr (GPtrArray) looks = NULL, devices = NULL;
  GError *error = NULL;
  int status = 0;

  if (!command_parse (&command_scanner, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_scanner, _ ("“%s” is too much"), argv[1]);
  if ((settings = settings_read (file, &error)) == NULL)
    return command_fail (&command_scanner, error);
  looks = reading_look (settings);
  devices = reading_usb (settings, &error);
  if (json)
    print_json (looks, devices);
  else
    print_readers (looks);
  if (!json && devices != NULL)
    print_devices (devices);
  if (devices == NULL) {
    g_printerr ("accueil scanner: %s\n", error->message);
    g_clear_error (&error);
  }
  return all_work (looks) ? 0 : EXIT_REFUSED;
}
