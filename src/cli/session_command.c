/* session_command.c: `accueil session`: who has a role in the sessions, where they are
 * now, and what the committee wishes of a platform. */
#include "cli/desk_output.h"

#include "congress/programme.h"
#include "congress/session_change.h"
#include "core/json.h"
#include "core/words.h"
#include "counts/cast.h"
#include "counts/figures.h"
#include "counts/platform.h"
#include "journal/query.h"

#include <stdio.h>
#include <string.h>

static int run (int argc, char **argv);
static int run_move (int argc, char **argv);

extern const Command command_session, command_session_move;
const Command command_session_move = {
  .name = "session move",
  .usage = N_ ("SESSION [--day DAY] [--from HH:MM] [--to HH:MM] [--room TEXT] [--cancel] "
               "[--db FILE]"),
  .summary = N_ ("Move a session, give it another room, or cancel it: those concerned are told at "
                 "their next scan, badges printed from then on say so"),
  .run = run_move,
};
const Command command_session = {
  .name = "session",
  .usage = N_ ("[SESSION] [--json] [--db FILE]"),
  .summary = N_ ("List the sessions, or the platform of one: who is in the room, in the building, "
                 "not yet seen; fails from 15 minutes before it begins while somebody is missed"),
  .run = run,
};

typedef struct {
  const ProgrammeEntry *entry;
  const char *date; /* "" where the congress does not have its day */
  GPtrArray *cast, *remarks;
  guint all, there; /* people with a role; of them in the building */
  gboolean missed;  /* it is about to begin, or under way, and somebody is not there */
} Session;

static void session_clear (Session *session)
{
  g_clear_pointer (&session->cast, g_ptr_array_unref);
  g_clear_pointer (&session->remarks, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Session, session_clear)

/* In the cast of the congress only those of this session are of interest. */
static gboolean session_read (Journal *journal, const Programme *programme,
                              const ProgrammeEntry *entry, GTimeZone *zone, Session *session,
                              GError **error)
{
  const char *date = days_date_of (programme->days, entry->day);
  session->entry = entry;
  session->date = date != NULL ? date : "";
  session->cast = cast_read (journal, session->date, error);
  if (session->cast == NULL)
    return FALSE;
  session->remarks = platform_read (journal, entry->id, error);
  if (session->remarks == NULL)
    return FALSE;
  for (guint i = session->cast->len; i-- > 0;) {
    const CastMember *member = session->cast->pdata[i];
    if (strcmp (member->session, entry->id) != 0)
      g_ptr_array_remove_index (session->cast, i);
    else {
      session->all++;
      session->there += member->place >= CAST_BUILDING;
    }
  }
  session->missed
      = session->there < session->all
        && cast_is_due (zone, session->date, entry->from, entry->to, journal_now_ms (journal));
  return TRUE;
}

/* A person on the platform ----------------------------------------------------------- */

static const char *const PLACES[] = { "absent", "left", "building", "room" };

static Pair place_words (CastPlace place)
{
  static const char *const WORDS[]
      = { NC_ ("platform", "not yet seen"), NC_ ("platform", "gone again"),
          NC_ ("platform", "in the building"), NC_ ("platform", "in the room") };
  return words_pair_in ("platform", WORDS[place]);
}

/* "" for a guest of the protocol: free with g_free(). */
static char *name_of (const CastMember *member)
{
  if (member->protocol)
    return g_strdup ("");
  g_autofree char *joined = g_strjoin (" ", member->name_zh, member->given, member->family, NULL);
  return g_strdup (g_strstrip (joined));
}

static void print_member (const CastMember *member, GTimeZone *zone)
{
  static const char *const MARKS[] = { "○", "○", "◐", "●" };
  g_autofree char *name = name_of (member), *place = words_line (place_words (member->place)),
                  *at = member->since_ms != 0 ? desk_output_time (zone, member->since_ms, FALSE)
                                              : g_strdup ("");
  g_autoptr (GString) line = g_string_new (NULL);
  g_string_append_printf (line, "  %s  %s", MARKS[member->place], member->role);
  if (member->theme > 0)
    g_string_append_printf (line, " %u", member->theme);
  g_string_append_printf (line, "  %s  %s  %s", member->reference, name, member->organisation_fr);
  g_string_append_printf (line, "  %s %s", place, at);
  puts (desk_output_clean (line->str));
}

static void print_side (const Session *session, FiguresSide side, GTimeZone *zone)
{
  static const char *const SIDES[FIGURES_SIDES]
      = { NC_ ("balance", "France"), NC_ ("balance", "China"), NC_ ("balance", "Others") };
  gboolean titled = FALSE;
  for (guint i = 0; i < session->cast->len; i++) {
    const CastMember *member = session->cast->pdata[i];
    if (figures_side_of (member->country) != side)
      continue;
    if (!titled) {
      g_autofree char *title = words_line (words_pair_in ("balance", SIDES[side]));
      puts (title);
    }
    titled = TRUE;
    print_member (member, zone);
  }
}

static void print_line (const Session *session)
{
  const ProgrammeEntry *entry = session->entry;
  g_autofree char *title = words_line ((Pair){ entry->fr, entry->zh });
  printf ("%s  %s %s–%s  %s  %u/%u%s  %s\n", entry->id, session->date, entry->from, entry->to,
          entry->room, session->there, session->all, session->missed ? " !" : "", title);
}

static void print_remarks (const Session *session)
{
  for (guint i = 0; i < session->remarks->len; i++) {
    g_autofree char *text = platform_remark_text (session->remarks->pdata[i]);
    printf ("  ! %s\n", text);
  }
}

/* JSON ------------------------------------------------------------------------------- */

static void put_cast (JsonOut *out, const Session *session, GTimeZone *zone)
{
  json_out_begin_array (out, "platform");
  for (guint i = 0; i < session->cast->len; i++) {
    const CastMember *member = session->cast->pdata[i];
    g_autofree char *name = name_of (member),
                    *at = member->since_ms != 0 ? desk_output_time (zone, member->since_ms, TRUE)
                                                : g_strdup ("");
    json_out_begin_object (out, NULL);
    json_out_string (out, "reference", member->reference);
    json_out_string (out, "name", name);
    json_out_string (out, "role", member->role);
    json_out_int (out, "theme", member->theme);
    json_out_string (out, "side", figures_side_name (figures_side_of (member->country)));
    json_out_string (out, "category", member->category);
    json_out_string (out, "place", PLACES[member->place]);
    json_out_string (out, "since", at);
    json_out_end_object (out);
  }
  json_out_end_array (out);
}

static void put_session (JsonOut *out, const Session *session, GTimeZone *zone)
{
  const ProgrammeEntry *entry = session->entry;
  json_out_begin_object (out, NULL);
  json_out_string (out, "id", entry->id);
  json_out_string (out, "fr", entry->fr);
  json_out_string (out, "zh", entry->zh);
  json_out_string (out, "day", session->date);
  json_out_string (out, "from", entry->from);
  json_out_string (out, "to", entry->to);
  json_out_string (out, "room", entry->room);
  json_out_int (out, "roles", session->all);
  json_out_int (out, "in_the_building", session->there);
  json_out_bool (out, "missed", session->missed);
  put_cast (out, session, zone);
  json_out_begin_array (out, "remarks");
  for (guint i = 0; i < session->remarks->len; i++) {
    const PlatformRemark *remark = session->remarks->pdata[i];
    g_autofree char *text = platform_remark_text (remark);
    json_out_begin_object (out, NULL);
    json_out_string (out, "rule", platform_rule_name (remark->rule));
    json_out_string (out, "text", text);
    json_out_end_object (out);
  }
  json_out_end_array (out);
  json_out_end_object (out);
}

/* All together ----------------------------------------------------------------------- */

typedef struct {
  Journal *journal;
  const Programme *programme;
  GTimeZone *zone;
  JsonOut *out; /* NULL: for people */
  gboolean missed;
} Showing;

static gboolean show (Showing *showing, const ProgrammeEntry *entry, gboolean whole, GError **error)
{
  g_auto (Session) session = { 0 };
  if (!session_read (showing->journal, showing->programme, entry, showing->zone, &session, error))
    return FALSE;
  showing->missed = showing->missed || session.missed;
  if (showing->out != NULL) {
    put_session (showing->out, &session, showing->zone);
    return TRUE;
  }
  print_line (&session);
  for (FiguresSide side = FIGURES_FRANCE; whole && side < FIGURES_SIDES; side++)
    print_side (&session, side, showing->zone);
  print_remarks (&session);
  return TRUE;
}

/* NULL with @error for a session that there is not. */
static const ProgrammeEntry *chosen (const Programme *programme, const char *word, GError **error)
{
  const ProgrammeEntry *entry = programme_session (programme, word);
  if (entry != NULL)
    return entry;
  g_autoptr (GString) ids = g_string_new (NULL);
  for (guint i = 0; i < programme->sessions->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                            ((const ProgrammeEntry *) programme->sessions->pdata[i])->id);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("there is no session “%s” in the event file; there are: %s"), word, ids->str);
  return NULL;
}

static gboolean show_all (Showing *showing, const char *word, GError **error)
{
  const Programme *programme = showing->programme;
  const ProgrammeEntry *one = word != NULL ? chosen (programme, word, error) : NULL;
  if (word != NULL)
    return one != NULL && show (showing, one, TRUE, error);
  for (guint i = 0; i < programme->sessions->len; i++)
    if (!show (showing, programme->sessions->pdata[i], FALSE, error))
      return FALSE;
  return TRUE;
}

static int run (int argc, char **argv)
{
  gboolean json = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_session, entries, &argc, &argv, &status))
    return status;
  if (argc > 2)
    return command_usage (&command_session, _ ("“%s” is not expected here"), argv[2]);
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = desk_output_zone (journal);
  if (!journal_view_begin (journal, &error))
    return command_fail (&command_session, g_steal_pointer (&error));
  g_autoptr (Programme) programme = programme_read (journal, &error);
  Showing showing = { journal, programme, zone, json ? json_out_new () : NULL, FALSE };
  if (json)
    json_out_begin_array (showing.out, NULL);
  gboolean good = programme != NULL && show_all (&showing, argc > 1 ? argv[1] : NULL, &error);
  journal_view_end (journal);
  if (json) {
    json_out_end_array (showing.out);
    g_autofree char *text = json_out_finish (showing.out);
    if (good)
      puts (text);
  }
  if (!good)
    return command_fail (&command_session, g_steal_pointer (&error));
  return showing.missed ? EXIT_REFUSED : 0;
}

/* Moving ------------------------------------------------------------------------- */

static int move (const char *session, const SessionChange *change)
{
  GError *error = NULL;
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  g_autoptr (Programme) programme = programme_read (journal, &error);
  if (programme == NULL || !session_change_make (journal, programme, session, change, &error))
    return command_fail (&command_session_move, error);
  g_print (_ ("Changed. Write it into the event file too: loading the old one sets it back.\n"));
  return 0;
}

static int run_move (int argc, char **argv)
{
  g_autofree char *day = NULL, *from = NULL, *to = NULL, *room = NULL;
  gboolean cancel = FALSE;
  int status = 0;
  GOptionEntry entries[] = {
    { "day", 'd', 0, G_OPTION_ARG_STRING, &day, N_ ("On another day"), N_ ("DAY") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from,
      N_ ("When it begins; without --to it lasts as long as before"), N_ ("HH:MM") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("When it ends"), N_ ("HH:MM") },
    { "room", 'r', 0, G_OPTION_ARG_STRING, &room, N_ ("In another room"), N_ ("TEXT") },
    { "cancel", 0, 0, G_OPTION_ARG_NONE, &cancel, N_ ("It does not take place"), NULL },
    { 0 },
  };
  if (!command_parse (&command_session_move, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_session_move, "%s", _ ("which session? Write its id"));
  if (cancel == (day != NULL || from != NULL || to != NULL || room != NULL))
    return command_usage (&command_session_move, "%s",
                          _ ("what is new? Write --day, --from, --to, --room, or --cancel alone"));
  return move (argv[1], &(SessionChange){ day, from, to, room, cancel });
}
