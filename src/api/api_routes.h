/* api_routes.h: what the API answers (assets/api/openapi.json). The server's context is
 * the ApiContext. Threads: constants; the functions as request.h. */
#pragma once

#include "api/api_work.h"

extern const Route API_ROUTES[];
