/* hub_doctor.h: `accueil-hub doctor`: what is wrong with this hub and what to do about
 * it: its replica, the certificate of the pages, the disk, the stations, the last proof.
 * Threads: the main thread only. */
#pragma once

#include "journal/journal.h"

typedef struct {
  const char *db;
  const char *certificate, *key; /* of --web-certificate and --web-key; may be NULL */
} HubDoctorOptions;

/* Prints its findings; FALSE if something will fail. */
gboolean hub_doctor_run (Journal *journal, const HubDoctorOptions *options);
/* What --help says of it. */
void hub_doctor_help (void);
