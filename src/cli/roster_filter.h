/* roster_filter.h: the options of `accueil roster`: whom to list, and as what.
 *
 * Threads: the main thread only.  */
#pragma once

#include "cli/command.h"
#include "congress/programme.h"
#include "counts/attendance.h"
#include "export/table_writer.h"

typedef struct {
  char *search, *event, *day, *session, *delegation, *category, *columns, *output;
  gboolean arrived, inside, missing, json, csv, xlsx;
  gboolean exported;  /* as a table to take away, of … */
  TableFormat format; /* … this format, to `output`; NULL: standard output */
} RosterOptions;
void roster_filter_clear (RosterOptions *choices);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RosterOptions, roster_filter_clear)

/* FALSE: already said why; exit with *@status. */
gboolean roster_filter_parse (const Command *command, RosterOptions *choices, int *argc,
                              char ***argv, int *status);
/* Words of the event file as its ids. Fills @filter, whose texts live as long as both. */
gboolean roster_filter_make (const RosterOptions *choices, const Programme *programme,
                             AttendanceFilter *filter, GError **error);
