#include "camera/video_device.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NODE "video"
#define NODES_MAX 256

/* The number of "video7", or -1. */
static gint number_of (const char *name)
{
  guint64 number;

  if (!g_str_has_prefix (name, NODE)
      || !g_ascii_string_to_unsigned (name + strlen (NODE), 10, 0, NODES_MAX - 1, &number, NULL))
    return -1;
  return (gint) number;
}

static gint by_number (gconstpointer a, gconstpointer b)
{
  return *(const gint *) a - *(const gint *) b;
}

static GArray *numbers_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint));
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    gint number = number_of (name);
    if (number >= 0)
      g_array_append_val (numbers, number);
  }
  g_array_sort (numbers, by_number);
  return numbers;
}

/* Whether the node gives pictures; *@refused if it may not be asked. */
static gboolean gives_pictures (const char *path, gboolean *refused)
{
  struct v4l2_capability capability = { 0 };
  int fd = open (path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
  gboolean answered;
  guint32 does;

  *refused = fd < 0 && (errno == EACCES || errno == EPERM);
  if (fd < 0)
    return FALSE;
  answered = ioctl (fd, VIDIOC_QUERYCAP, &capability) == 0;
  close (fd);
  does = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? capability.device_caps
                                                               : capability.capabilities;
  return answered && (does & (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_VIDEO_CAPTURE_MPLANE)) != 0
         && (does & (V4L2_CAP_VIDEO_M2M | V4L2_CAP_VIDEO_M2M_MPLANE)) == 0;
}

char *video_device_first (const char *folder, char **denied)
{
  g_autoptr (GArray) numbers = numbers_in (folder);
  g_autofree char *shut = NULL;

  *denied = NULL;
  for (guint i = 0; i < numbers->len; i++) {
    g_autofree char *path
        = g_strdup_printf ("%s/" NODE "%d", folder, g_array_index (numbers, gint, i));
    gboolean refused;
    if (gives_pictures (path, &refused))
      return g_steal_pointer (&path);
    if (refused && shut == NULL)
      shut = g_steal_pointer (&path);
  }
  *denied = g_steal_pointer (&shut);
  return NULL;
}
