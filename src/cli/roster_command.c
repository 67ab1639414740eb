/* roster_command.c: `accueil roster`: who is registered, as a bilingual table or as
 * JSON. */
#include "cli/command.h"
#include "core/words.h"
#include "roster/delegate.h"
#include "congress/programme.h"

#include <stdio.h>
#include <string.h>

#define CELL_COLUMNS_MAX 40 /* of a terminal; longer cells are cut */

static int run (int argc, char **argv);

extern const Command command_roster;
const Command command_roster = {
  .name = "roster",
  .usage = N_ ("[--search TEXT] [--json] [--db FILE]"),
  .summary = N_ ("List the registered delegates, or those a search finds: hanzi, pinyin, initials, "
                 "French without accents, organisation, reference"),
  .run = run,
};

/* JSON ------------------------------------------------------------------------------- */

typedef struct {
  const Programme *programme;
  guint count;
} Listing;

static const ProgrammeEntry *category_of (const Programme *programme, const Delegate *delegate)
{
  for (guint i = 0; i < programme->categories->len; i++) {
    const ProgrammeEntry *entry = g_ptr_array_index (programme->categories, i);
    if (strcmp (entry->id, delegate->category) == 0)
      return entry;
  }
  return NULL;
}

static void put_texts (JsonOut *out, const Delegate *delegate, const ProgrammeEntry *category)
{
  const struct {
    const char *key, *value;
  } texts[] = {
    { "reference", delegate->reference },
    { "title", delegate->title },
    { "family", delegate->family },
    { "given", delegate->given },
    { "name_zh", delegate->name_zh },
    { "function_fr", delegate->function_fr },
    { "function_zh", delegate->function_zh },
    { "organisation_fr", delegate->organisation_fr },
    { "organisation_zh", delegate->organisation_zh },
    { "category", category != NULL ? category->fr : delegate->category },
    { "category_zh", category != NULL ? category->zh : "" },
    { "category_id", delegate->category },
    { "role", delegate->role },
    { "email", delegate->email },
    { "country", delegate->country },
    { "delegation", delegate->delegation },
    { "hotel", delegate->hotel },
    { "language", delegate->language },
    { "code", delegate->code },
    { "list", delegate->list },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    json_out_string (out, texts[i].key, texts[i].value);
}

static void print_json (const Delegate *delegate, gpointer data)
{
  Listing *listing = data;
  JsonOut *out = json_out_new ();
  json_out_begin_object (out, NULL);
  put_texts (out, delegate, category_of (listing->programme, delegate));
  json_out_strings (out, "events", (const char *const *) delegate->events);
  json_out_strings (out, "days", (const char *const *) delegate->days);
  json_out_strings (out, "workshops", (const char *const *) delegate->workshops);
  json_out_strings (out, "ribbons", (const char *const *) delegate->ribbons);
  json_out_bool (out, "meals", delegate->meals);
  json_out_bool (out, "transport", delegate->transport);
  json_out_bool (out, "headset", delegate->headset);
  json_out_bool (out, "protocol", delegate->protocol);
  json_out_bool (out, "revoked", delegate->revoked);
  json_out_end_object (out);
  g_autofree char *text = json_out_finish (out);
  g_print ("%s%s", listing->count++ > 0 ? ",\n" : "", text);
}

/* Table ------------------------------------------------------------------------------ */

enum { REFERENCE, NAME, ORGANISATION, CATEGORY, EVENTS, DAYS, COLUMNS };

static const char *const TITLES[COLUMNS]
    = { "référence · 编号", "nom · 姓名",         "organisme · 单位",
        "catégorie · 类别", "inscription · 活动", "jours · 日期" };

typedef struct {
  const Programme *programme;
  guint count;
  int widths[COLUMNS];
} Table;

/* Of two texts the one in the person's own language, the other if that is empty. */
static const char *own (const Delegate *delegate, const char *fr, const char *zh)
{
  const char *first = delegate_leads_in_chinese (delegate) ? zh : fr;
  return *first != '\0' ? first : first == zh ? fr : zh;
}

static char *events_text (const Programme *programme, const Delegate *delegate)
{
  gboolean chinese = delegate_leads_in_chinese (delegate);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; delegate->events[i] != NULL; i++) {
    const ProgrammeEntry *event = programme_event (programme, delegate->events[i]);
    const char *word = event == NULL                   ? delegate->events[i]
                       : chinese && *event->zh != '\0' ? event->zh
                                                       : event->fr;
    g_string_append_printf (text, "%s%s", i > 0 ? chinese ? "、" : ", " : "", word);
  }
  return g_strdup (text->str);
}

/* @text cut to CELL_COLUMNS_MAX. */
static char *cut (char *text)
{
  if (command_columns (text) <= CELL_COLUMNS_MAX)
    return text;
  g_autofree char *whole = text;
  g_autoptr (GString) kept = g_string_new (NULL);
  int columns = 0;
  for (const char *p = whole; *p != '\0'; p += g_utf8_skip[(guchar) *p]) {
    gunichar c = g_utf8_get_char (p);
    columns += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    if (columns >= CELL_COLUMNS_MAX)
      break;
    g_string_append_unichar (kept, c);
  }
  g_string_append (kept, "…");
  return g_strdup (kept->str);
}

static void make_cells (const Programme *programme, const Delegate *delegate, char *cells[COLUMNS])
{
  const ProgrammeEntry *category = category_of (programme, delegate);
  g_autofree char *name = delegate_display_name (delegate);
  cells[REFERENCE] = g_strdup (delegate->reference);
  cells[NAME] = cut (g_strdup_printf (
      "%s%s%s", name,
      *delegate->name_zh != '\0' && !delegate_leads_in_chinese (delegate) ? " " : "",
      delegate_leads_in_chinese (delegate) ? "" : delegate->name_zh));
  cells[ORGANISATION]
      = cut (g_strdup (own (delegate, delegate->organisation_fr, delegate->organisation_zh)));
  cells[CATEGORY] = cut (category != NULL ? g_strdup_printf ("%s · %s", category->fr, category->zh)
                                          : g_strdup (delegate->category));
  cells[EVENTS] = cut (events_text (programme, delegate));
  cells[DAYS] = cut (g_strjoinv (" ", delegate->days));
  if (delegate->revoked) {
    g_free (cells[DAYS]);
    cells[DAYS] = g_strdup ("annulé · 已取消");
  }
}

static void measure_row (const Delegate *delegate, gpointer data)
{
  Table *table = data;
  char *cells[COLUMNS];
  make_cells (table->programme, delegate, cells);
  for (int i = 0; i < COLUMNS; i++) {
    table->widths[i] = MAX (table->widths[i], command_columns (cells[i]));
    g_free (cells[i]);
  }
  table->count++;
}

static void print_cells (const Table *table, const char *const cells[COLUMNS])
{
  for (int i = 0; i < COLUMNS; i++)
    if (i + 1 < COLUMNS)
      g_print ("%s%*s", cells[i], table->widths[i] - command_columns (cells[i]) + 2, "");
    else
      g_print ("%s\n", cells[i]);
}

static void print_row (const Delegate *delegate, gpointer data)
{
  char *cells[COLUMNS];
  make_cells (((Table *) data)->programme, delegate, cells);
  print_cells (data, (const char *const *) cells);
  for (int i = 0; i < COLUMNS; i++)
    g_free (cells[i]);
}

/* Listing ---------------------------------------------------------------------------- */

/* Calls @visit with those that @search finds, or with all. */
static gboolean visit_all (Journal *journal, const GPtrArray *found, DelegateVisit visit,
                           gpointer data, GError **error)
{
  if (found == NULL)
    return delegate_each (journal, visit, data, error);
  for (guint i = 0; i < found->len; i++)
    visit (g_ptr_array_index (found, i), data);
  return TRUE;
}

static gboolean list_json (Journal *journal, const Programme *programme, const GPtrArray *found,
                           GError **error)
{
  Listing listing = { .programme = programme };
  g_print ("[");
  gboolean listed = visit_all (journal, found, print_json, &listing, error);
  g_print ("]\n");
  return listed;
}

static gboolean list_table (Journal *journal, const Programme *programme, const GPtrArray *found,
                            GError **error)
{
  Table table = { .programme = programme };
  for (int i = 0; i < COLUMNS; i++)
    table.widths[i] = command_columns (TITLES[i]);
  if (!visit_all (journal, found, measure_row, &table, error))
    return FALSE;
  if (table.count > 0)
    print_cells (&table, TITLES);
  if (!visit_all (journal, found, print_row, &table, error))
    return FALSE;
  g_printerr (_ ("%u delegates\n"), table.count);
  return TRUE;
}

static int run (int argc, char **argv)
{
  g_autofree char *search = NULL;
  gboolean json = FALSE;
  GOptionEntry entries[] = {
    { "search", 's', 0, G_OPTION_ARG_STRING, &search,
      N_ ("Only those that this finds, the best first, 50 at most"), N_ ("TEXT") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As a JSON array"), NULL },
    { 0 },
  };
  GError *error = NULL;
  int status;

  if (!command_parse (&command_roster, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_roster, _ ("“%s” is not expected; to search, write --search %s"),
                          argv[1], argv[1]);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  if (programme == NULL)
    return command_fail (&command_roster, error);
  g_autoptr (GPtrArray) found
      = search != NULL ? delegate_search (journal, search, DELEGATE_SEARCH_MAX, &error) : NULL;
  if (error != NULL || !(json ? list_json : list_table) (journal, programme, found, &error))
    return command_fail (&command_roster, error);
  return 0;
}
