#include "core/descriptor.h"

#include <errno.h>
#include <unistd.h>

gboolean descriptor_write (int fd, const void *data, gsize length)
{
  const char *rest = data;

  while (length > 0) {
    ssize_t written = write (fd, rest, length);

    if (written < 0 && errno != EINTR)
      return FALSE;
    rest += MAX (written, 0);
    length -= (gsize) MAX (written, 0);
  }
  return TRUE;
}
