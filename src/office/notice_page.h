/* notice_page.h: what people are told about their data, for everybody, in three languages
 * one beneath the other.
 * Threads: as a route's run(). */
#pragma once

#include "http/request.h"

gboolean notice_page_show (Request *request);
