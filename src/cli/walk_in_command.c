/* walk_in_command.c: `accueil walk-in`: registers a person who is in no list, under a
 * reference of this station's own. */
#include "cli/desk_output.h"
#include "core/words.h"

static int run (int argc, char **argv);

extern const Command command_walk_in;
const Command command_walk_in = {
  .name = "walk-in",
  .usage = N_ ("--family TEXT --given TEXT --category WORD --event WORD… --volunteer NAME "
               "[--name-zh TEXT] … [--json] [--db FILE]"),
  .summary = N_ ("Register a delegate who is in no list; she gets a reference of this station and "
                 "is then admitted as all others are"),
  .run = run,
};

/* What was filled in, as the options hold it. */
typedef struct {
  char *title, *family, *given, *name_zh, *function_fr, *function_zh, *organisation_fr,
      *organisation_zh, *category, *country, *volunteer;
  char **events, **days;
  gboolean meals, transport, headset, namesake, json;
} Form;

static void form_clear (Form *form)
{
  char *const texts[]
      = { form->title,       form->family,      form->given,           form->name_zh,
          form->function_fr, form->function_zh, form->organisation_fr, form->organisation_zh,
          form->category,    form->country,     form->volunteer };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (form->events);
  g_strfreev (form->days);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Form, form_clear)

static int enter (const Form *form)
{
  g_autoptr (Journal) journal = command_open ();
  if (journal == NULL)
    return EXIT_REFUSED;
  const DeskWalkIn walk_in = {
    .texts = { form->title, form->family, form->given, form->name_zh, form->function_fr,
               form->function_zh, form->organisation_fr, form->organisation_zh },
    .category = form->category,
    .country = form->country,
    .events = (const char *const *) form->events,
    .days = (const char *const *) form->days,
    .meals = form->meals,
    .transport = form->transport,
    .headset = form->headset,
    .namesake = form->namesake,
  };
  GError *error = NULL;
  DeskResult result;
  gboolean done = desk_walk_in (journal, &walk_in, form->volunteer, &result, &error);
  return desk_output_report (&command_walk_in, done, &result, "", form->json, error);
}

static int run (int argc, char **argv)
{
  g_auto (Form) form = { 0 };
  int status = 0;
  GOptionEntry entries[] = {
    { "family", 0, 0, G_OPTION_ARG_STRING, &form.family, N_ ("Family name in Latin letters"),
      N_ ("TEXT") },
    { "given", 0, 0, G_OPTION_ARG_STRING, &form.given, N_ ("Given name in Latin letters"),
      N_ ("TEXT") },
    { "name-zh", 0, 0, G_OPTION_ARG_STRING, &form.name_zh,
      N_ ("Chinese name; alone, its pinyin is added where that is sure"), N_ ("TEXT") },
    { "title", 0, 0, G_OPTION_ARG_STRING, &form.title, N_ ("Form of address"), N_ ("TEXT") },
    { "function-fr", 0, 0, G_OPTION_ARG_STRING, &form.function_fr, N_ ("Function in French"),
      N_ ("TEXT") },
    { "function-zh", 0, 0, G_OPTION_ARG_STRING, &form.function_zh, N_ ("Function in Chinese"),
      N_ ("TEXT") },
    { "organisation-fr", 0, 0, G_OPTION_ARG_STRING, &form.organisation_fr,
      N_ ("Organisation in French"), N_ ("TEXT") },
    { "organisation-zh", 0, 0, G_OPTION_ARG_STRING, &form.organisation_zh,
      N_ ("Organisation in Chinese"), N_ ("TEXT") },
    { "category", 0, 0, G_OPTION_ARG_STRING, &form.category,
      N_ ("Category of the event file, by id or word"), N_ ("WORD") },
    { "country", 0, 0, G_OPTION_ARG_STRING, &form.country,
      N_ ("Country, by name or code; it decides which script leads"), N_ ("WORD") },
    { "event", 0, 0, G_OPTION_ARG_STRING_ARRAY, &form.events,
      N_ ("Event of the event file, by id or word; may be given several times"), N_ ("WORD") },
    { "day", 0, 0, G_OPTION_ARG_STRING_ARRAY, &form.days,
      N_ ("Day of the event file; may be given several times (default: all days of the events)"),
      N_ ("DAY") },
    { "meals", 0, 0, G_OPTION_ARG_NONE, &form.meals, N_ ("With meals"), NULL },
    { "transport", 0, 0, G_OPTION_ARG_NONE, &form.transport, N_ ("With local transport"), NULL },
    { "headset", 0, 0, G_OPTION_ARG_NONE, &form.headset, N_ ("With a headset"), NULL },
    { "namesake", 0, 0, G_OPTION_ARG_NONE, &form.namesake,
      N_ ("Another person than the one of that name who is registered"), NULL },
    { "volunteer", 'v', 0, G_OPTION_ARG_STRING, &form.volunteer, N_ ("Who does it"), N_ ("NAME") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &form.json, N_ ("As JSON, for machines"), NULL },
    { 0 },
  };
  if (!command_parse (&command_walk_in, entries, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_walk_in, _ ("“%s” is not expected here"), argv[1]);
  if (form.family == NULL && form.given == NULL && form.name_zh == NULL)
    return command_usage (&command_walk_in,
                          _ ("who is it? Write --family and --given, or --name-zh"));
  if (form.category == NULL)
    return command_usage (&command_walk_in, _ ("which category? Write --category WORD"));
  if (form.volunteer == NULL)
    return command_usage (&command_walk_in, _ ("who does it? Write --volunteer NAME"));
  return enter (&form);
}
