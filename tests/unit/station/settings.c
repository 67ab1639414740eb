/* A station's settings: what is read, and how every fault is named. */
#include "station/settings.h"

#include <string.h>

static Settings *parse (const char *text, GError **error)
{
  return settings_parse ("station.ini", text, strlen (text), error);
}

static void test_reads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Settings) settings = parse (
      "[printing]\nprinters = badges; reserve\npages = bureau\ntemplate = /b.svg\nwait = 10\n"
      "back = no\n[screen]\ndiagonal = 15.6\n"
      "[reader door]\nkind = usb\ndevice = 05f9:2203\nlayout = fr\n[reader eye]\nkind = "
      "camera\npipeline = videotestsrc\n[reader pipe]\nkind = lines\npath = /run/x\n",
      &error);
  const SettingsReader *door, *eye, *pipe_;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (settings->printers), ==, 2);
  g_assert_cmpstr (settings->printers[1], ==, "reserve");
  g_assert_cmpstr (settings->template_, ==, "/b.svg");
  g_assert_cmpstr (settings->pages, ==, "bureau");
  g_assert_cmpuint (settings->wait_s, ==, 10);
  g_assert_false (settings->back);
  g_assert_cmpfloat (settings->diagonal_inches, ==, 15.6);
  g_assert_cmpuint (settings->readers->len, ==, 3);
  door = g_ptr_array_index (settings->readers, 0);
  eye = g_ptr_array_index (settings->readers, 1);
  pipe_ = g_ptr_array_index (settings->readers, 2);
  g_assert_cmpint (door->kind, ==, SETTINGS_USB);
  g_assert_cmpstr (door->name, ==, "door");
  g_assert_cmpstr (door->device, ==, "05f9:2203");
  g_assert_cmpstr (door->layout, ==, "fr");
  g_assert_cmpint (eye->kind, ==, SETTINGS_CAMERA);
  g_assert_cmpstr (eye->pipeline, ==, "videotestsrc");
  g_assert_cmpint (pipe_->kind, ==, SETTINGS_LINES);
  g_assert_cmpstr (pipe_->device, ==, "/run/x");
}

static void test_defaults (void)
{
  g_autoptr (Settings) settings = parse ("", NULL);

  g_assert_cmpuint (g_strv_length (settings->printers), ==, 0);
  g_assert_cmpuint (settings->wait_s, ==, SETTINGS_WAIT_S);
  g_assert_true (settings->back);
  g_assert_cmpfloat (settings->diagonal_inches, ==, 0);
  g_assert_cmpuint (settings->readers->len, ==, 0);
}

static void test_faults (void)
{
  static const struct {
    const char *text, *fault;
  } CASES[] = {
    { "[printer]\n", "station.ini:1: [printer]" },
    { "[printing]\nprinter = a\n", "station.ini:2: [printing] printer: is no key" },
    { "[printing]\nprinters = a;a\n", "“a” stands twice" },
    { "[printing]\nprinters = a;b;c;d;e;f;g;h;i\n", "at most 8" },
    { "[printing]\nwait = soon\n", "“soon” is no number of seconds" },
    { "[printing]\nwait = 4\n", "“4” is no number" },
    { "[screen]\ndiagonal = 15,6\n", "“15,6” is no number of inches between 4 and 120" },
    { "[screen]\ndiagonal = nan\n", "“nan” is no number of inches" },
    { "[screen]\ndiagonal = 3\n", "“3” is no number of inches" },
    { "[screen]\nwidth = 3\n", "[screen] width: is no key" },
    { "[printing]\nback = maybe\n", "“maybe” is none of no, yes" },
    { "[reader]\nkind = usb\n", "needs a name" },
    { "[reader a]\n", "kind: is missing" },
    { "[reader 一二三四五六七八九十一二三四]\nkind = usb\n", "at most 40 letters (13 in Chinese)" },
    { "[reader a]\nkind = nose\n", "“nose” is none of usb, camera, lines" },
    { "[reader a]\nkind = usb\ndevice = 05f9-2203\n", "is neither VENDOR:PRODUCT" },
    { "[reader a]\nkind = usb\nlayout = dvorak\n", "“dvorak” is none of us, fr, de" },
    { "[reader a]\nkind = camera\nlayout = fr\n", "layout: is no key" },
    { "[reader a]\nkind = lines\n", "path: is missing" },
    { "[reader a]\nkind = lines\npath = /run/a\n[reader b]\nkind = lines\npath = /run/a\n",
      "station.ini:6: [reader b] path: is the same as that of [reader a]" },
    { "[reader a]\nkind = camera\n[reader b]\nkind = camera\n",
      "[reader b] pipeline: is the same as that of [reader a]" },
    { "[reader a]\nkind = camera\npipeline = v4l2src\n[reader b]\nkind = camera\npipeline = "
      "v4l2src\n",
      "[reader b] pipeline: is the same as that of [reader a]" },
    { "[reader a]\nkind = usb\nlayout = fr\n[reader b]\nkind = usb\nlayout = us\n",
      "[reader b] device: is the same as that of [reader a]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (parse (CASES[i].text, &error));
    g_assert_error (error, SETTINGS_ERROR, SETTINGS_ERROR_FAULT);
    if (strstr (error->message, CASES[i].fault) == NULL)
      g_error ("%s\nsays: %s", CASES[i].text, error->message);
  }
}

/* A fault of one line brings no others of lines that are right. */
static void test_one_fault (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      parse ("[reader a]\nkind = camera\npipeline = v4l2src\npipeline = v4l2src\n", &error));
  g_assert_cmpstr (error->message, ==,
                   "station.ini:4: [reader a] pipeline: stands in line 3 of this section already");
}

static void test_files (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (settings_read ("/nonexistent/station.ini", &error));
  g_assert_error (error, SETTINGS_ERROR, SETTINGS_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "/nonexistent/station.ini"));
  g_clear_error (&error);
  g_assert_null (settings_read ("/", &error));
  g_assert_error (error, SETTINGS_ERROR, SETTINGS_ERROR_READ);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/reads", test_reads);
  g_test_add_func ("/settings/defaults", test_defaults);
  g_test_add_func ("/settings/faults", test_faults);
  g_test_add_func ("/settings/one-fault", test_one_fault);
  g_test_add_func ("/settings/files", test_files);
  return g_test_run ();
}
