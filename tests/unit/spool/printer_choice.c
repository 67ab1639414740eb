/* Which badge goes to which printer: as a table, and with any printers at all. */
#include "spool/printer_choice.h"

#include <string.h>

#define SLOTS_MAX 8

/* A printer in a letter: f free and able, b busy and able, d free and able but
 * distrusted, D busy and so, n free and not able, u free and not looked at yet, w
 * r rests, free and able, R the same with its badge under way, w
 * unsent badge waits at one that is not able, s sent badge stuck there for a second,
 * S for ten, l free and able but slow, L busy with an unsent badge and so. */
static PrinterChoiceSlot slot_of (char letter)
{
  PrinterChoiceSlot slot = { .known = letter != 'u',
                             .trusted = letter != 'd' && letter != 'D',
                             .free = strchr ("fdnulr", letter) != NULL,
                             .able = strchr ("fbdDlLrR", letter) != NULL,
                             .slow = letter == 'l' || letter == 'L',
                             .rests = letter == 'r' || letter == 'R' };

  slot.sent = strchr ("bDsSR", letter) != NULL;
  slot.stuck_ms = letter == 's' ? 1000 : letter == 'S' ? 10000 : 0;
  return slot;
}

static void test_choice (void)
{
  static const struct {
    const char *slots;
    gboolean late;
    gint chosen, released;
  } ROWS[] = {
    { "f", FALSE, 0, -1 },
    { "ff", FALSE, 0, -1 },
    { "bf", FALSE, 1, -1 },
    { "bb", FALSE, -1, -1 },
    { "nf", FALSE, 1, -1 },
    { "uf", FALSE, 1, -1 }, /* a good one need not wait for the first look at another */
    { "u", FALSE, -1, -1 },
    { "u", TRUE, 0, -1 },
    { "un", FALSE, -1, -1 }, /* none is good yet: the first look is waited for, not for ever */
    { "n", FALSE, 0, -1 },
    { "nn", FALSE, 0, -1 },
    { "wn", FALSE, -1, -1 },
    { "sn", FALSE, 1, -1 }, /* none can print: one badge waits unsent, at the first that is free */
    { "df", FALSE, 1, -1 },
    { "db", FALSE, -1, -1 },
    { "dn", FALSE, 0, -1 },
    { "nd", FALSE, 1, -1 },
    { "dD", FALSE, 0, -1 }, /* a distrusted one only if there is no better */
    { "wf", FALSE, 1, 0 },
    { "fw", FALSE, 0, 1 },
    { "wb", FALSE, -1, -1 }, /* what has not been sent goes to another at once */
    { "sf", FALSE, 1, -1 },
    { "Sf", FALSE, 1, 0 },
    { "Sb", FALSE, -1, -1 },
    { "Sn", FALSE, 1, -1 },
    { "lf", FALSE, 1, -1 },
    { "l", FALSE, 0, -1 },
    { "Lf", FALSE, 1, -1 }, /* a machine that is slow is no printer's trouble */
    { "L", FALSE, -1, -1 },
    { "r", TRUE, -1, -1 }, /* whatever else there is, one that rests gets none */
    { "rf", FALSE, 1, -1 },
    { "rn", TRUE, 1, -1 },
    { "Rb", FALSE, -1, -1 },
    { "wr", FALSE, -1, -1 },
    { "bSf", FALSE, 2, 1 }, /* what has been, after its time, and only if another can have it */
  };
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    PrinterChoiceSlot slots[SLOTS_MAX];
    guint count = (guint) strlen (ROWS[i].slots);
    for (guint j = 0; j < count; j++)
      slots[j] = slot_of (ROWS[i].slots[j]);
    g_test_message ("%s%s", ROWS[i].slots, ROWS[i].late ? ", late" : "");
    g_assert_cmpint (printer_choice_next (slots, count, ROWS[i].late), ==, ROWS[i].chosen);
    g_assert_cmpint (printer_choice_release (slots, count, 5000), ==, ROWS[i].released);
  }
}

static gboolean is_good (const PrinterChoiceSlot *slot)
{
  return slot->free && slot->able && !slot->slow && slot->trusted && !slot->rests;
}

/* Any slots at all: what is chosen is free, what is released has a badge and another
 * could have it; and with one that is free and good, a badge never waits. */
static void test_choice_property (void)
{
  for (guint turn = 0; turn < 20000; turn++) {
    PrinterChoiceSlot slots[SLOTS_MAX];
    guint count = (guint) g_test_rand_int_range (1, SLOTS_MAX + 1);
    gboolean good = FALSE;
    for (guint i = 0; i < count; i++) {
      slots[i] = slot_of ("fbdDnuwsSlLrR"[g_test_rand_int_range (0, 13)]);
      good = good || is_good (&slots[i]);
    }
    gint chosen = printer_choice_next (slots, count, g_test_rand_bit ()),
         released = printer_choice_release (slots, count, 5000);
    g_assert_true (chosen < 0 || (slots[chosen].free && !slots[chosen].rests));
    g_assert_true (!good || (chosen >= 0 && is_good (&slots[chosen])));
    g_assert_true (released < 0 || (!slots[released].free && !slots[released].able));
    for (gint i = 0; good && i < chosen; i++)
      g_assert_false (is_good (&slots[i]));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spool/printer-choice/choice", test_choice);
  g_test_add_func ("/spool/printer-choice/property", test_choice_property);
  return g_test_run ();
}
