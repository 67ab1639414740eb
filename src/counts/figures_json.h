/* figures_json.h: figures as JSON, for the hub's API and for programs;
 * assets/web/openapi.json describes each member. Threads: reentrant. */
#pragma once

#include "counts/figures.h"

/* One line; keys are never renamed. Free with g_free(). */
char *figures_json (const Figures *figures);
