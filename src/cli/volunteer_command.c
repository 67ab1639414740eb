/* volunteer_command.c: `accueil volunteer add`, `list`, `remove`: who may work at a
 * desk. */
#include "cli/command.h"
#include "core/words.h"
#include "desk/volunteer.h"

#include <stdio.h>

static int run_add (int argc, char **argv);
static int run_list (int argc, char **argv);
static int run_remove (int argc, char **argv);

extern const Command command_volunteer_add, command_volunteer_list, command_volunteer_remove;
const Command command_volunteer_add = {
  .name = "volunteer add",
  .usage = N_ ("NAME [--badge REFERENCE] [--leader] [--override] [--db FILE]"),
  .summary = N_ ("Let somebody work at the desks: prints the number she types, once; again for the "
                 "same NAME makes a new one"),
  .run = run_add,
};
const Command command_volunteer_list = {
  .name = "volunteer list",
  .usage = N_ ("[--db FILE]"),
  .summary = N_ ("Who may work at the desks"),
  .run = run_list,
};
const Command command_volunteer_remove = {
  .name = "volunteer remove",
  .usage = N_ ("NUMBER [--db FILE]"),
  .summary = N_ ("Take that right back, at every station that is in step"),
  .run = run_remove,
};

static int run_add (int argc, char **argv)
{
  g_autofree char *badge = NULL, *typed = NULL;
  gboolean leader = FALSE, override = FALSE;
  GOptionEntry entries[] = {
    { "badge", 0, 0, G_OPTION_ARG_STRING, &badge, N_ ("Her own badge opens the desk too"),
      N_ ("REFERENCE") },
    { "leader", 0, 0, G_OPTION_ARG_NONE, &leader,
      N_ ("She may change what a station does: its mode and its checkpoint"), NULL },
    { "override", 0, 0, G_OPTION_ARG_NONE, &override,
      N_ ("She may let somebody in against a refusal, with a reason"), NULL },
    { 0 },
  };
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  int status;

  if (!command_parse (&command_volunteer_add, entries, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_volunteer_add, "%s",
                          argc < 2 ? _ ("the NAME is missing")
                                   : _ ("one NAME at a time; put it in quotation marks"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  typed = volunteer_add (journal, argv[1], badge != NULL ? badge : "",
                         (leader ? VOLUNTEER_LEADER : 0u) | (override ? VOLUNTEER_OVERRIDE : 0u),
                         &error);
  if (typed == NULL)
    return command_fail (&command_volunteer_add, error);
  g_print (_ ("%s types %.*s %s at any desk. It is shown only now.\n"), argv[1],
           VOLUNTEER_NUMBER_DIGITS, typed, typed + VOLUNTEER_NUMBER_DIGITS);
  return 0;
}

static int run_list (int argc, char **argv)
{
  g_autoptr (Journal) journal = NULL;
  g_autoptr (GPtrArray) all = NULL;
  GError *error = NULL;
  int status;

  if (!command_parse (&command_volunteer_list, NULL, &argc, &argv, &status))
    return status;
  if (argc > 1)
    return command_usage (&command_volunteer_list, _ ("“%s” is too much"), argv[1]);
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  all = volunteer_all (journal, &error);
  if (all == NULL)
    return command_fail (&command_volunteer_list, error);
  for (guint i = 0; i < all->len; i++) {
    const Volunteer *one = g_ptr_array_index (all, i);
    g_print ("%s  %s%s%s%s%s\n", one->number, one->name, one->reference[0] != '\0' ? "  " : "",
             one->reference, (one->rights & VOLUNTEER_LEADER) != 0 ? "  leader" : "",
             (one->rights & VOLUNTEER_OVERRIDE) != 0 ? "  override" : "");
  }
  if (all->len == 0)
    g_print ("%s\n", _ ("Nobody yet; “accueil volunteer add NAME” adds one."));
  return 0;
}

static int run_remove (int argc, char **argv)
{
  g_autoptr (Journal) journal = NULL;
  GError *error = NULL;
  int status;

  if (!command_parse (&command_volunteer_remove, NULL, &argc, &argv, &status))
    return status;
  if (argc != 2)
    return command_usage (&command_volunteer_remove, "%s", _ ("one NUMBER, please"));
  if ((journal = command_open ()) == NULL)
    return EXIT_REFUSED;
  return volunteer_remove (journal, argv[1], &error)
             ? 0
             : command_fail (&command_volunteer_remove, error);
}
