#include "office/office_route.h"

guint office_route_count (const OfficeRoute *routes)
{
  guint count = 0;

  while (routes[count].method != NULL)
    count++;
  return count;
}
