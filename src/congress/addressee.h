/* addressee.h: for whom a question or a message of the event file is, and where: checkpoints,
 * events, categories.
 *
 * Threads: reentrant. Nothing here blocks. */
#pragma once

#include <glib.h>

/* Lists of ids, NULL-terminated; empty: every entrance, everybody. */
typedef struct {
  char **checkpoints, **events, **categories;
} Addressee;

/* From the columns of a projection, JSON arrays. */
Addressee addressee_of (const char *checkpoints, const char *events, const char *categories);
void addressee_clear (Addressee *addressee);

/* Somebody, and where she is. @checkpoint NULL: wherever; its rows are then not looked at. */
typedef struct {
  const char *category;
  const char *const *events;
  const char *checkpoint;
  gboolean entrance; /* the checkpoint is one */
} AddresseePerson;

gboolean addressee_fits (const Addressee *addressee, const AddresseePerson *person);
