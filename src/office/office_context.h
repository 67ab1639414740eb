/* office_context.h: what serves the organisers' pages: the parts that all of them share.
 * It is the context of the pages' server (http/server.h).
 * Threads: as each part says; the rest is constant once the server has started. */
#pragma once

#include "office/export_job.h"
#include "office/live.h"
#include "office/notice_cache.h"
#include "office/office_route.h"
#include "office/session.h"
#include "office/throttle.h"
#include "office/web_file.h"
#include "replication/hub_parts.h"

typedef struct {
  HubParts *hub;
  const OfficeRoute *routes;
  Sessions *sessions;
  Throttle *throttle;
  GThreadPool *checks; /* of passwords, which take long: functions in office/signin_page.c */
  ExportJobs *exports;
  WebFiles *files;
  Live *live;
  NoticeCache *notice;
  Clock clock; /* of sessions and one-time codes: the system's, whatever is rehearsed */
  char *url;   /* that stations are told, for invitations */
  char *pin;
} OfficeContext;
