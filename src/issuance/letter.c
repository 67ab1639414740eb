#include "issuance/letter.h"

#include "badge/sheet.h"
#include "credential/qr.h"
#include "issuance/logo_strip.h"
#include "issuance/personal_schedule.h"
#include "journal/query.h"
#include "roster/notice.h"

#include <string.h>

#define SYMBOL_MM 46.0 /* of a symbol without its quiet zone */

static const char CONGRESS[] = "SELECT reach_fr, reach_zh, contact FROM congress WHERE id = "
                               "'congress'";

struct _LetterBook {
  Programme *programme;
  OwnedPair place; /* « Chengdu, 26–29 octobre 2016 » */
  OwnedPair reach; /* how to get there; "" where the event file does not say */
  char *contact;
  Notice *notice;     /* what people are told about their data */
  GPtrArray *logos;   /* Logo */
  GAsyncQueue *tools; /* LetterTools that no letter is drawn with just now */
};

/* What serves one letter at a time, and the next. */
typedef struct {
  FontSet *fonts;
  LogoRow *logos;
} LetterTools;

static void tools_free (gpointer data)
{
  LetterTools *tools = data;
  font_set_free (tools->fonts);
  logo_row_free (tools->logos);
  g_free (tools);
}

static LetterTools *tools_new (const LetterBook *book)
{
  LetterTools *tools = g_new0 (LetterTools, 1);
  tools->fonts = font_set_new ();
  tools->logos = logo_strip_of (book->logos);
  return tools;
}

/* The book ----------------------------------------------------------------------- */

static gboolean read_congress (LetterBook *book, Journal *journal, GError **error)
{
  Query *query = journal_query (journal, CONGRESS, error);
  if (query == NULL)
    return FALSE;
  gboolean found = query_next (query);
  book->reach = (OwnedPair){ g_strdup (found ? query_text (query, 0) : ""),
                             g_strdup (found ? query_text (query, 1) : "") };
  book->contact = g_strdup (found ? query_text (query, 2) : "");
  return query_end (query, error);
}

LetterBook *letter_book_new (Journal *journal, GError **error)
{
  g_autoptr (LetterBook) book = g_new0 (LetterBook, 1);
  book->tools = g_async_queue_new_full (tools_free);
  book->programme = programme_read (journal, error);
  book->logos = book->programme != NULL ? logo_read (journal, NULL, error) : NULL;
  if (book->logos == NULL || (book->notice = notice_read (journal, error)) == NULL
      || !read_congress (book, journal, error))
    return NULL;
  programme_place (book->programme, &book->place.first, &book->place.second);
  return g_steal_pointer (&book);
}

void letter_book_free (LetterBook *book)
{
  if (book == NULL)
    return;
  programme_free (book->programme);
  words_owned_clear (&book->place);
  words_owned_clear (&book->reach);
  g_free (book->contact);
  notice_free (book->notice);
  g_clear_pointer (&book->logos, g_ptr_array_unref);
  g_async_queue_unref (book->tools);
  g_free (book);
}

/* Items -------------------------------------------------------------------------- */

/* Each where there is one. */
static OwnedPair name_of (const Delegate *delegate)
{
  return (OwnedPair){ delegate_latin_name (delegate), g_strdup (delegate->name_zh) };
}

/* Function and organisation on one line. */
static char *post_of (const char *function, const char *organisation)
{
  return g_strjoin (*function != '\0' && *organisation != '\0' ? ", " : "", function, organisation,
                    NULL);
}

static void add_person (Sheet *sheet, const Delegate *delegate, const char *code, GError **error)
{
  g_autoptr (Qr) qr = qr_new (code, error);
  if (qr == NULL)
    return;
  const SheetSymbol symbol = sheet_qr_symbol (qr, SYMBOL_MM / qr->size);
  g_auto (OwnedPair) name = name_of (delegate);
  g_autofree char *fr = post_of (delegate->function_fr, delegate->organisation_fr),
                  *zh = post_of (delegate->function_zh, delegate->organisation_zh);
  sheet_item_showable (sheet, words_of_owned (&name), (Pair){ fr, zh }, &symbol,
                       delegate->reference);
  sheet_item_showable (
      sheet, words_pair (N_ ("Your code")),
      words_pair (N_ ("Show it at the entrance, on paper or on your telephone: your badge is "
                      "printed there. It is yours alone; do not pass it on.")),
      NULL, NULL);
}

/* « 14:00–17:00 · Ville durable », as the back of the badge has it. */
static char *line_of (const BadgeEntry *entry, const char *title, const char *role)
{
  g_autoptr (GString) line = g_string_new (entry->from);
  if (*entry->to != '\0')
    g_string_append_printf (line, "–%s", entry->to);
  g_string_append_printf (line, "%s%s", line->len > 0 ? "  " : "", title);
  if (*entry->room != '\0')
    g_string_append_printf (line, " · %s", entry->room);
  if (*role != '\0')
    g_string_append_printf (line, " · %s", role);
  return g_strdup (line->str);
}

/* One item a day and entry; the day stands over the first of each. */
static void add_programme (Sheet *sheet, const LetterBook *book, const Delegate *delegate)
{
  g_autoptr (PersonalSchedule) schedule = personal_schedule_new (book->programme, delegate, NULL);
  guint count = 0;
  const BadgeEntry *entries = personal_schedule_entries (schedule, &count);
  for (guint i = 0; i < count; i++) {
    const BadgeEntry *entry = &entries[i];
    gboolean again = i > 0 && strcmp (entries[i - 1].day_fr, entry->day_fr) == 0;
    g_autofree char *fr = line_of (entry, entry->title_fr, entry->role_fr),
                    *zh = line_of (entry, entry->title_zh, entry->role_zh);
    sheet_item_showable (sheet, again ? PAIR_EMPTY : (Pair){ entry->day_fr, entry->day_zh },
                         (Pair){ fr, zh }, NULL, NULL);
  }
}

static void add_included (Sheet *sheet, const Delegate *delegate)
{
  const struct {
    gboolean granted;
    const char *word;
  } RIGHTS[] = { { delegate->meals, N_ ("Meals") },
                 { delegate->transport, N_ ("Shuttle") },
                 { delegate->headset, N_ ("Headset") } };
  g_autoptr (GString) fr = g_string_new (NULL), zh = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (RIGHTS); i++) {
    if (!RIGHTS[i].granted)
      continue;
    Pair word = words_pair (RIGHTS[i].word);
    g_string_append_printf (fr, "%s%s", fr->len > 0 ? " · " : "", word.first);
    g_string_append_printf (zh, "%s%s", zh->len > 0 ? " · " : "", word.second);
  }
  if (fr->len > 0)
    sheet_item_showable (sheet, words_pair_in ("letter", NC_ ("letter", "Included for you")),
                         (Pair){ fr->str, zh->str }, NULL, NULL);
  if (*delegate->hotel != '\0')
    sheet_item_showable (sheet, words_pair_in ("letter", NC_ ("letter", "Your hotel")),
                         (Pair){ delegate->hotel, "" }, NULL, NULL);
}

/* What is held, then until when and whom to ask. */
static void add_data (Sheet *sheet, const Notice *notice)
{
  g_autofree char *fr = g_strjoin (" ", notice_brief (notice, NOTICE_FIRST, 1),
                                   notice_brief (notice, NOTICE_FIRST, 2), NULL),
                  *zh = g_strconcat (notice_brief (notice, NOTICE_SECOND, 1),
                                     notice_brief (notice, NOTICE_SECOND, 2), NULL);

  sheet_item_showable (
      sheet, words_pair_in ("letter", NC_ ("letter", "Your data")),
      (Pair){ notice_brief (notice, NOTICE_FIRST, 0), notice_brief (notice, NOTICE_SECOND, 0) },
      NULL, NULL);
  sheet_item_showable (sheet, PAIR_EMPTY, (Pair){ fr, zh }, NULL, NULL);
}

static GBytes *draw (const LetterBook *book, const LetterTools *tools, const Delegate *delegate,
                     const char *code, GError **error)
{
  const Programme *programme = book->programme;
  g_autoptr (Sheet) sheet = sheet_new_with (programme->fr, tools->fonts);
  g_autoptr (GError) failure = NULL;
  sheet_set_lead (sheet, delegate_second_leads (delegate) ? WORDS_SECOND : WORDS_FIRST);
  sheet_set_logos (sheet, tools->logos);
  sheet_page (sheet, (Pair){ programme->fr, programme->zh }, words_of_owned (&book->place),
              book->contact);
  add_person (sheet, delegate, code, &failure);
  if (failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  add_programme (sheet, book, delegate);
  add_included (sheet, delegate);
  if (*book->reach.first != '\0' || *book->reach.second != '\0')
    sheet_item_showable (sheet, words_pair_in ("letter", NC_ ("letter", "How to get there")),
                         words_of_owned (&book->reach), NULL, NULL);
  add_data (sheet, book->notice);
  return sheet_finish (sheet, error);
}

GBytes *letter_draw (const LetterBook *book, const Delegate *delegate, const char *code,
                     GError **error)
{
  LetterTools *tools = g_async_queue_try_pop (book->tools);
  if (tools == NULL)
    tools = tools_new (book);
  GBytes *pdf = draw (book, tools, delegate, code, error);
  g_async_queue_push (book->tools, tools);
  return pdf;
}

/* The message -------------------------------------------------------------------- */

/* Her language first. */
static char *both (const Delegate *delegate, const char *between, const char *first,
                   const char *second)
{
  gboolean leads = delegate_second_leads (delegate);
  return g_strjoin (between, leads ? second : first, leads ? first : second, NULL);
}

char *letter_subject (const LetterBook *book, const Delegate *delegate)
{
  g_auto (OwnedPair) said = { NULL, NULL };
  said.first
      = g_strdup_printf (words_for_in (WORDS_FIRST, "subject", NC_ ("subject", "%s: your ticket")),
                         book->programme->fr);
  said.second
      = g_strdup_printf (words_for_in (WORDS_SECOND, "subject", NC_ ("subject", "%s: your ticket")),
                         book->programme->zh);
  return both (delegate, " · ", said.first, said.second);
}

static char *text_in (const LetterBook *book, const Delegate *delegate, WordsSide side)
{
  g_auto (OwnedPair) name = name_of (delegate);
  const char *own = side == WORDS_SECOND && *name.second != '\0' ? name.second : name.first;
  const char *congress = side == WORDS_FIRST ? book->programme->fr : book->programme->zh,
             *place = side == WORDS_FIRST ? book->place.first : book->place.second;
  return g_strdup_printf (
      words_for (side,
                 N_ ("%s,\n\nattached is your ticket for “%s” (%s), with your programme. Show "
                     "its code at the entrance, on paper or on your telephone.\n")),
      *own != '\0' ? own : delegate->reference, congress, place);
}

char *letter_text (const LetterBook *book, const Delegate *delegate)
{
  g_autofree char *first = text_in (book, delegate, WORDS_FIRST),
                  *second = text_in (book, delegate, WORDS_SECOND),
                  *said = both (delegate, "\n", first, second);
  return g_strconcat (said, *book->contact != '\0' ? "\n" : "", book->contact,
                      *book->contact != '\0' ? "\n" : "", NULL);
}
