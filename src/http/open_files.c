#include "http/open_files.h"

#include <sys/resource.h>

guint open_files_raise (guint wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return wanted;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = MIN (limit.rlim_max, wanted);
    setrlimit (RLIMIT_NOFILE, &limit);
    getrlimit (RLIMIT_NOFILE, &limit);
  }
  return (guint) MIN (limit.rlim_cur, G_MAXINT);
}
