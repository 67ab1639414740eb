#include "sync/client_terms.h"

#include <string.h>

G_DEFINE_QUARK (client - error - quark, client_error)

static const char *const NAMES[CLIENT_REFUSAL_COUNT]
    = { "", "revoked", "older", "fork", "key", "other" };

const char *client_terms_refusal_name (ClientRefusal refusal)
{
  return NAMES[refusal];
}

/* The first of them weighs most. */
ClientRefusal client_terms_refusal (const char *push, const char *pull)
{
  for (guint i = 1; i < CLIENT_REFUSAL_COUNT; i++)
    if (g_strcmp0 (push, NAMES[i]) == 0 || g_strcmp0 (pull, NAMES[i]) == 0)
      return (ClientRefusal) i;
  return CLIENT_REFUSAL_NONE;
}

ClientRefusal client_terms_refusal_of (const GError *error)
{
  if (error->domain != CLIENT_ERROR)
    return CLIENT_REFUSAL_NONE;
  switch ((ClientError) error->code) {
  case CLIENT_ERROR_REFUSED:
    return CLIENT_REFUSAL_REVOKED;
  case CLIENT_ERROR_OLDER:
    return CLIENT_REFUSAL_OLDER;
  case CLIENT_ERROR_CONFLICT:
    return CLIENT_REFUSAL_FORK;
  case CLIENT_ERROR_PIN:
    return CLIENT_REFUSAL_KEY;
  case CLIENT_ERROR_PROTOCOL:
    return CLIENT_REFUSAL_OTHER;
  case CLIENT_ERROR_UNREACHABLE:
  case CLIENT_ERROR_CODE:
  case CLIENT_ERROR_NOT_ENROLLED:
  default:
    return CLIENT_REFUSAL_NONE;
  }
}
