/* row_scene.h: what the tests of rows share: the list of one row, read with the demo's
 * programme. */
#pragma once

#include "roster/import_fault.h"
#include "roster/row.h"
#include "unit/roster/replica.h"

#include <string.h>

static inline List *scene_open (const char *path, Programme *programme, GError **error)
{
  ListColumnsKnown known = { .programme = programme };
  const ListOptions options = { .knows = list_columns_knows, .data = &known, .hint = "" };
  return list_open (path, &options, error);
}

typedef struct {
  Replica replica;
  Programme *programme;
  Glossary *glossary;
  List *list; /* that was read last */
  CsvRow row; /* of it */
} Scene;

static inline Scene scene_new (gboolean defined, gboolean with_glossary)
{
  g_autoptr (GError) error = NULL;
  Scene scene = { .replica = replica_new (defined) };
  scene.programme = programme_read (scene.replica.journal, &error);
  g_assert_no_error (error);
  scene.glossary
      = with_glossary ? glossary_read ("assets/demo/glossaire-术语表.csv", &error) : NULL;
  g_assert_no_error (error);
  return scene;
}

static inline void scene_free (Scene *scene)
{
  list_free (scene->list);
  programme_free (scene->programme);
  glossary_free (scene->glossary);
  replica_free (&scene->replica);
}

/* What reads the list of that one row. */
static inline RowReader *scene_reader (Scene *scene, const char *headings, const char *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = g_strconcat (headings, "\n", row, "\n", NULL);
  g_autofree char *path = replica_file (&scene->replica, "list.csv", text, -1);
  g_clear_pointer (&scene->list, list_free);
  scene->list = scene_open (path, scene->programme, &error);
  g_assert_no_error (error);
  const ListColumnsKnown known = { .programme = scene->programme };
  Cells *cells = cells_new (scene->list, &known, notes, &error);
  g_assert_no_error (error);
  return row_reader_new (cells, scene->programme, scene->glossary, NULL);
}

static inline Delegate *scene_read_with (Scene *scene, RowReader *reader, const Delegate *existing,
                                         GPtrArray *faults)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (list_next (scene->list, &scene->row, &error));
  return row_read (reader, &scene->row, existing, faults);
}

/* The delegate of the only row of a list. */
static inline Delegate *scene_read (Scene *scene, const char *headings, const char *row,
                                    const Delegate *existing, GPtrArray *faults)
{
  g_autoptr (RowReader) reader = scene_reader (scene, headings, row);
  return scene_read_with (scene, reader, existing, faults);
}

/* Checks "field=value;field=value" of a delegate. */
static inline void scene_check_fields (const Delegate *delegate, const char *wanted,
                                       const char *row)
{
  guint count;
  const DelegateField *fields = delegate_fields (&count);
  g_auto (GStrv) pairs = g_strsplit (wanted, ";", -1);
  for (guint i = 0; pairs[i] != NULL; i++) {
    const char *value = strchr (pairs[i], '=') + 1;
    gboolean known = FALSE;
    for (guint k = 0; k < count; k++) {
      if (strncmp (fields[k].name, pairs[i], strlen (fields[k].name)) != 0
          || fields[k].name[value - pairs[i] - 1] != '\0')
        continue;
      known = TRUE;
      g_autofree char *text = delegate_field_text (delegate, &fields[k]);
      if (strcmp (text, value) != 0) {
        g_test_message ("%s: %s is “%s”, not “%s”", row, fields[k].name, text, value);
        g_test_fail ();
      }
    }
    g_assert_true (known);
  }
}

typedef struct {
  const char *headings, *row, *wanted;
} SceneRow;

static inline void scene_check (Scene *scene, const SceneRow *rows, gsize count,
                                const Delegate *existing)
{
  for (gsize i = 0; i < count; i++) {
    g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
    g_autoptr (Delegate) delegate
        = scene_read (scene, rows[i].headings, rows[i].row, existing, faults);
    for (guint k = 0; k < faults->len; k++)
      g_test_message ("%s: %s", rows[i].row,
                      ((ImportFault *) g_ptr_array_index (faults, k))->reason);
    g_assert_cmpuint (faults->len, ==, 0);
    scene_check_fields (delegate, rows[i].wanted, rows[i].row);
  }
}

typedef struct {
  const char *headings, *row, *column, *value, *says; /* value NULL: whatever */
} SceneFault;

/* In each row one thing is wrong, and one thing is said. */
static inline void scene_check_faults (Scene *scene, const SceneFault *rows, gsize count)
{
  for (gsize i = 0; i < count; i++) {
    g_autoptr (GPtrArray) faults
        = g_ptr_array_new_with_free_func ((GDestroyNotify) import_fault_free);
    g_autoptr (Delegate) delegate = scene_read (scene, rows[i].headings, rows[i].row, NULL, faults);
    g_assert_nonnull (delegate);
    if (faults->len == 0)
      g_test_message ("no fault in %s", rows[i].row);
    g_assert_cmpuint (faults->len, ==, 1);
    const ImportFault *fault = g_ptr_array_index (faults, 0);
    g_assert_cmpuint (fault->line, ==, 2);
    g_assert_cmpstr (fault->column, ==, rows[i].column);
    if (rows[i].value != NULL)
      g_assert_cmpstr (fault->value, ==, rows[i].value);
    if (strstr (fault->reason, rows[i].says) == NULL) {
      g_test_message ("%s: %s", rows[i].row, fault->reason);
      g_test_fail ();
    }
  }
}
