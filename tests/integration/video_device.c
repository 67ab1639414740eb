/* The first camera among device nodes, as the kernel describes them (linux/videodev2.h),
 * on nodes that exist in umockdev's memory only. */
#include "camera/video_device.h"

#include "devices/usb_mock.h"

#include <glib/gstdio.h>
#include <linux/videodev2.h>
#include <sys/fsuid.h>

#define NOBODY 65534

typedef struct {
  guint number;
  guint32 capabilities, device_caps;
  UMockdevIoctlBase *handler;
} Node;

static gboolean on_ioctl (UMockdevIoctlBase *handler, UMockdevIoctlClient *client, gpointer user)
{
  const Node *node = user;
  UMockdevIoctlData *data;
  struct v4l2_capability capability
      = { .card = "Camera", .capabilities = node->capabilities, .device_caps = node->device_caps };

  if (umockdev_ioctl_client_get_request (client) != VIDIOC_QUERYCAP || node->capabilities == 0) {
    umockdev_ioctl_client_complete (client, -1, ENOTTY);
    return TRUE;
  }
  data = umockdev_ioctl_data_resolve (umockdev_ioctl_client_get_arg (client), 0, sizeof capability,
                                      NULL);
  umockdev_ioctl_data_update (data, 0, (guint8 *) &capability, sizeof capability);
  umockdev_ioctl_client_complete (client, 0, 0);
  umockdev_ioctl_data_unref (data);
  return TRUE;
}

static char *path_of (const Node *node)
{
  return g_strdup_printf ("/dev/video%u", node->number);
}

static void plug (UMockdevTestbed *bed, Node *node)
{
  g_autofree char *path = path_of (node),
                  *record = g_strdup_printf ("P: /devices/usb1/video4linux/video%u\nN: video%u\nE: "
                                             "DEVNAME=%s\nE: SUBSYSTEM=video4linux\n\n",
                                             node->number, node->number, path);
  g_autoptr (GError) error = NULL;

  umockdev_testbed_add_from_string (bed, record, &error);
  g_assert_no_error (error);
  node->handler = umockdev_ioctl_base_new ();
  g_signal_connect (node->handler, "handle-ioctl", G_CALLBACK (on_ioctl), node);
  umockdev_testbed_attach_ioctl (bed, path, node->handler, &error);
  g_assert_no_error (error);
}

static void unplug (UMockdevTestbed *bed, Node *node)
{
  g_autofree char *path = path_of (node);

  umockdev_testbed_detach_ioctl (bed, path, NULL);
  g_clear_object (&node->handler);
}

static void test_first (void)
{
  enum {
    CAPTURE = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING,
    META = V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING,
    M2M = V4L2_CAP_VIDEO_M2M_MPLANE | V4L2_CAP_VIDEO_CAPTURE_MPLANE
  };
  static struct {
    Node nodes[4]; /* ends with a node that answers nothing */
    const char *first;
  } ROWS[] = {
    { { { .number = 0, .capabilities = CAPTURE } }, "/dev/video0" },
    /* As webcams are: two nodes that together can both, of which one gives pictures. */
    { { { .number = 0, .capabilities = CAPTURE | META | V4L2_CAP_DEVICE_CAPS, .device_caps = META },
        { .number = 1,
          .capabilities = CAPTURE | META | V4L2_CAP_DEVICE_CAPS,
          .device_caps = CAPTURE } },
      "/dev/video1" },
    /* By number, not by name. */
    { { { .number = 10, .capabilities = CAPTURE },
        { .number = 9, .capabilities = CAPTURE },
        { .number = 2, .capabilities = META } },
      "/dev/video9" },
    /* A Raspberry Pi's coder is no camera; its camera gives planes. */
    { { { .number = 10, .capabilities = M2M | V4L2_CAP_DEVICE_CAPS, .device_caps = M2M },
        { .number = 11, .capabilities = V4L2_CAP_VIDEO_CAPTURE_MPLANE } },
      "/dev/video11" },
    { { { .number = 3, .capabilities = V4L2_CAP_VIDEO_OUTPUT } }, NULL },
    { { { .number = 3, .capabilities = 0 } }, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *denied = NULL, *first = NULL;
    UMockdevTestbed *bed
        = umockdev_testbed_new (); /* a new one each time, for it does not take its nodes away */
    guint count = 0;
    do
      plug (bed, &ROWS[i].nodes[count++]);
    while (count < G_N_ELEMENTS (ROWS[i].nodes) && ROWS[i].nodes[count].capabilities != 0);
    first = video_device_first (VIDEO_DEVICE_FOLDER, &denied);
    g_test_message ("row %u: %s", i, first);
    g_assert_cmpstr (first, ==, ROWS[i].first);
    g_assert_null (denied);
    while (count > 0)
      unplug (bed, &ROWS[i].nodes[--count]);
    g_object_unref (bed);
  }
}

/* Files that are no devices, and a folder that is not there. */
static void test_none (void)
{
  static const char *const NAMES[]
      = { "video", "video0", "video-1", "video1x", "video99999999999", "v4l", "video12" };
  g_autofree char *folder = g_dir_make_tmp ("accueil-dev-XXXXXX", NULL),
                  *missing = g_build_filename (folder, "missing", NULL), *denied = NULL;

  g_assert_null (video_device_first (missing, &denied));
  g_assert_null (denied);
  g_assert_null (video_device_first (folder, &denied));
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (folder, NAMES[i], NULL);
    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  }
  g_assert_null (video_device_first (folder, &denied));
  g_assert_null (denied);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++) {
    g_autofree char *path = g_build_filename (folder, NAMES[i], NULL);
    g_unlink (path);
  }
  g_rmdir (folder);
}

/* The first of those that may not be opened is named. */
static void test_denied (void)
{
  g_autofree char *folder = g_dir_make_tmp ("accueil-dev-XXXXXX", NULL),
                  *first = g_build_filename (folder, "video2", NULL),
                  *second = g_build_filename (folder, "video10", NULL), *denied = NULL;
  gboolean root = geteuid () == 0;

  g_assert_true (g_file_set_contents_full (first, "", 0, G_FILE_SET_CONTENTS_NONE, 0, NULL));
  g_assert_true (g_file_set_contents_full (second, "", 0, G_FILE_SET_CONTENTS_NONE, 0, NULL));
  g_assert_cmpint (chmod (folder, 0755), ==, 0);
  if (root)
    setfsuid (NOBODY);
  g_assert_null (video_device_first (folder, &denied));
  if (root)
    setfsuid (0);
  g_assert_cmpstr (denied, ==, first);
  g_unlink (first);
  g_unlink (second);
  g_rmdir (folder);
}

int main (int argc, char **argv)
{
  mock_enter (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/video_device/first", test_first);
  g_test_add_func ("/video_device/none", test_none);
  g_test_add_func ("/video_device/denied", test_denied);
  return g_test_run ();
}
