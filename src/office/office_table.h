/* office_table.h: all routes of the organisers' pages (office_route.h).
 * Threads: constants; the functions as request.h. */
#pragma once

#include "office/office_context.h"

extern const OfficeRoute OFFICE_TABLE[];
extern const LivePage OFFICE_TABLE_LIVE[];
