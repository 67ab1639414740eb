/* schema.h: the tables of a replica, their versions, and how an older file is brought
 * up.
 *
 * The file's application_id is SCHEMA_APPLICATION_ID ("ACCU"). Its user_version is the
 * schema version it was last written with, major * 1000 + minor:
 *
 * - major counts the files schema/store-NNN-*.sql (fact, head, local, epoch, enrolment,
 *   printer_state, enrolment_role). They hold the truth and are migrated: a new version
 *   adds a numbered file that takes a file of the version before to the next. A store
 *   file that has been released is never edited.
 * - minor counts changes of the projections, schema/projection-*.sql. They are never
 *   migrated but dropped, created anew and refilled from the facts. A change of any
 *   projection file raises SCHEMA_MINOR; the unit test holds a digest of them and fails
 *   until that is done.
 *
 * A file with a higher user_version than the program's is refused (JOURNAL_ERROR_NEWER);
 * a lower one is brought up in one transaction when it is opened.
 *
 * Only journal/ includes this. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#define SCHEMA_APPLICATION_ID 0x41434355
#define SCHEMA_MAJOR 6
#define SCHEMA_MINOR 41
#define SCHEMA_VERSION (SCHEMA_MAJOR * 1000 + SCHEMA_MINOR)

/* Creates all tables in an empty database; inside the caller's transaction. */
gboolean schema_create (sqlite3 *db, GError **error);
/* The same without projections. */
gboolean schema_create_store (sqlite3 *db, GError **error);
/* Checks application_id and user_version, and brings an older file up. */
gboolean schema_open (sqlite3 *db, const char *path, GError **error);
/* Drops and creates the projections and refills them from the facts; inside the caller's
 * transaction. */
gboolean schema_rebuild (sqlite3 *db, GError **error);
/* Names of the projection tables, sorted; free with g_strfreev(). */
char **schema_projections (sqlite3 *db, GError **error);
/* The name of a table, index, view or trigger in @db, which is of this version, that these files
 * do not make, or not so; "sqlite_schema" where one is missing. Free with g_free(). NULL: there
 * is none, or with @error. */
char *schema_stray (sqlite3 *db, GError **error);
