/* Packages of elements: the beginning that fits best comes first. */
#include "camera/element_package.h"

static void test_packages (void)
{
  static const struct {
    const char *element, *package;
  } ROWS[] = {
    { "v4l2src", "gstreamer1.0-plugins-good" },
    { "jpegdec", "gstreamer1.0-plugins-good" },
    { "multifilesrc", "gstreamer1.0-plugins-good" },
    { "videoflip", "gstreamer1.0-plugins-good" },
    { "videoconvert", "gstreamer1.0-plugins-base" },
    { "decodebin3", "gstreamer1.0-plugins-base" },
    { "avdec_h264", "gstreamer1.0-libav" },
    { "h264parse", "gstreamer1.0-plugins-bad" },
    { "libcamerasrc", "gstreamer1.0-libcamera" },
    { "pipewiresrc", "gstreamer1.0-pipewire" },
    { "nonsuch", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_assert_cmpstr (element_package (ROWS[i].element), ==, ROWS[i].package);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/element-package/packages", test_packages);
  return g_test_run ();
}
