/* desk_worker.h: the thread that does what a volunteer asks for, and draws badges'
 * previews: everything that may take longer than a scan.
 *
 * Must not know: GTK, which screen is shown.
 * Threads: belongs to the thread that made it, whose default main context delivers the
 * answers, in the order of the questions; of several searches that wait only the last is
 * made. desk_worker_free() blocks until the question in hand is answered.  */
#pragma once

#include "badge/badge.h"
#include "core/clock.h"
#include "kiosk/draft_record.h"
#include "kiosk/flow_command.h"
#include "kiosk/group_record.h"
#include "kiosk/person_record.h"
#include "kiosk/search_record.h"
#include "kiosk/station_record.h"

typedef struct {
  /* The badge as it is printed; @sheet is NULL where it cannot be drawn. */
  void (*preview) (const char *reference, guint serial, const BadgeSheet *sheet, gpointer data);
  /* volunteer_enter(); @rights as of FlowView. */
  void (*entered) (const char *volunteer, guint rights, gint64 locked_ms, gpointer data);
  /* Whom it found; @record lives until the listener returns. */
  void (*found) (const char *typed, const SearchRecord *record, gpointer data);
  /* A person's page, read anew after everything that was done to her; before done().
   * @record is the listener's. */
  void (*person) (PersonRecord *record, gpointer data);
  /* The station's page. @record is the listener's. */
  void (*station) (StationRecord *record, gpointer data);
  /* What a form is about to write; before done(). @record is the listener's. */
  void (*draft) (DraftRecord *record, gpointer data);
  /* A delegation, read anew after everything that was done to it; before done(). @record
   * is the listener's. */
  void (*group) (GroupRecord *record, gpointer data);
  /* What people are told about their data. @notice is the listener's. */
  void (*notice) (Notice *notice, gpointer data);
  /* flow_done(). */
  void (*done) (CommandKind kind, gboolean good, Pair notice, Guest *guest, gpointer data);
  gpointer data;
} DeskWorkerListener;

/* What a volunteer has set for this machine, in the table `local`: it is there after the
 * next start. */
#define DESK_WORKER_LOCAL_MODE "kiosk-mode"
#define DESK_WORKER_LOCAL_CHECKPOINT "kiosk-checkpoint"
#define DESK_WORKER_LOCAL_ORDER "kiosk-order"
#define DESK_WORKER_LOCAL_CLOSED "kiosk-closed"

typedef struct _DeskWorker DeskWorker;

/* @template_: path of the badge's SVG. */
DeskWorker *desk_worker_new (const char *db, Clock clock, const char *template_,
                             const DeskWorkerListener *listener, GError **error);
void desk_worker_free (DeskWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DeskWorker, desk_worker_free)

void desk_worker_preview (DeskWorker *worker, const char *reference, guint serial, guint dpi);
/* Carries out @command, on behalf of @volunteer. */
void desk_worker_do (DeskWorker *worker, const FlowCommand *command, const char *volunteer);
/* Somebody at @checkpoint asks for the team; nobody waits for an answer. */
void desk_worker_call (DeskWorker *worker, const char *checkpoint);
