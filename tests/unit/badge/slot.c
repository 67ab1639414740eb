#include "badge/slot.h"
#include "words_here.h"

#include "badge/template_fault.h"

#include <string.h>

/* The slot `name`, read from a drawing of 100 × 100 mm in mm. */
static gboolean read_name (const char *group, Slot *slot, GPtrArray *faults)
{
  g_autofree char *text = g_strdup_printf (
      "<svg width='100mm' height='100mm' viewBox='0 0 100 100' font-size='5'>%s</svg>", group);
  static SvgNode *root; /* the slot points into it */
  g_clear_pointer (&root, svg_free);
  root = svg_read (text, strlen (text), NULL);
  g_assert_nonnull (root);
  return slot_read (slot, SLOT_NAME, g_ptr_array_index (root->children, 0), faults);
}

static Slot good (const char *group)
{
  g_autoptr (GPtrArray) faults = template_fault_list_new ();
  Slot slot;
  g_assert_true (read_name (group, &slot, faults));
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_true (slot.present);
  return slot;
}

#define RECT "<rect x='0' y='0' width='50' height='20'/>"
#define PT(mm) ((mm) *72 / 25.4)

static void test_placeholder (void)
{
  Slot slot = good (
      "<g id='name' style='fill:#1f3a93'>" RECT
      "<text lang='fr' style='font-size:12.7px;text-anchor:end'>Anne <tspan "
      "style='font-weight:bold'>GOFF</tspan></text>"
      "<text lang='zh' style='font-size:16px;fill:#c8102e;text-anchor:end'>欧阳</text></g>");
  g_assert_cmpfloat_with_epsilon (slot.face[0].max_pt, 36, 0.01);
  g_assert_cmpfloat_with_epsilon (slot.face[1].max_pt, PT (16), 0.01);
  g_assert_cmpfloat_with_epsilon (slot.face[0].colour.blue, 0x93 / 255.0, 0.001);
  g_assert_cmpfloat_with_epsilon (slot.face[1].colour.red, 0xc8 / 255.0, 0.001);
  g_assert_cmpint (slot.across, ==, ALIGN_END);
  g_assert_false (slot.face[0].bold);
  g_assert_true (slot.face[0].strong);
  g_assert_true (svg_is (slot.rect, "rect"));
}

static void test_weights (void)
{
  static const struct {
    const char *text;
    gboolean bold, strong;
  } table[] = {
    { "<text>Anne GOFF</text>", FALSE, TRUE }, /* what is marked is always bold */
    { "<text font-weight='bold'>Anne GOFF</text>", TRUE, TRUE },
    { "<text>Anne <tspan font-weight='700'>GOFF</tspan></text>", FALSE, TRUE },
    { "<text><tspan font-weight='bold'>GOFF</tspan> Anne</text>", FALSE,
      TRUE }, /* in either order */
    { "<text font-weight='bold'><tspan font-weight='bold'>GOFF</tspan></text>", TRUE, TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *group = g_strconcat ("<g id='name'>" RECT, table[i].text, "</g>", NULL);
    Slot slot = good (group);
    g_assert_cmpint (slot.face[0].bold, ==, table[i].bold);
    g_assert_cmpint (slot.face[0].strong, ==, table[i].strong);
  }
}

/* One placeholder is for both scripts; its language is told, or seen by its characters;
 * it inherits. */
static void test_one_placeholder (void)
{
  Slot slot = good ("<g id='name' font-size='8'><g transform='scale(2)'>" RECT
                    "<text>欧阳</text></g></g>");
  g_assert_cmpfloat_with_epsilon (slot.face[0].max_pt, PT (16), 0.01);
  g_assert_cmpfloat_with_epsilon (slot.face[1].max_pt, PT (16), 0.01);
  slot = good ("<g id='name'>" RECT "<text style='font-size:6px'>Anne</text><text xml:lang='zh-CN' "
               "style='font-size:7px'>Ouyang</text></g>");
  g_assert_cmpfloat_with_epsilon (slot.face[0].max_pt, PT (6), 0.01);
  g_assert_cmpfloat_with_epsilon (slot.face[1].max_pt, PT (7), 0.01);
}

static void test_rectangle (void)
{
  Slot slot = good ("<rect id='name' width='50' height='20' data-max-pt='20' data-min-pt='9' "
                    "data-align='centre' data-valign='middle' data-other='0.75'/>");
  g_assert_cmpfloat (slot.face[0].max_pt, ==, 20);
  g_assert_cmpfloat (slot.face[1].max_pt, ==, 20);
  g_assert_cmpfloat (slot.min_pt, ==, 9);
  g_assert_cmpfloat (slot.other, ==, 0.75);
  g_assert_cmpint (slot.across, ==, ALIGN_MIDDLE);
  g_assert_cmpint (slot.down, ==, ALIGN_MIDDLE);
  slot = good ("<g id='name'>" RECT
               "<text style='font-size:1.5px'>x</text></g>"); /* smaller than the usual smallest */
  g_assert_cmpfloat (slot.min_pt, <=, slot.face[0].max_pt);
}

static void test_refused (void)
{
  static const struct {
    const char *group, *says;
  } table[] = {
    { "<g id='name'/>", "0 rectangles" },
    { "<g id='name'>" RECT RECT "</g>", "2 rectangles" },
    { "<path id='name' d='M0 0'/>", "<path>" },
    { "<g id='name' data-other='0.5'>" RECT "</g>", "data-other" },
    { "<g id='name' data-other='1.1'>" RECT "</g>", "data-other" },
    { "<g id='name' data-min-pt='x'>" RECT "</g>", "data-min-pt" },
    { "<g id='name' data-align='justify'>" RECT "</g>", "data-align" },
    { "<g id='name' data-min-pt='30'>" RECT "<text>x</text></g>", "smallest size" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (GPtrArray) faults = template_fault_list_new ();
    Slot slot;
    g_assert_false (read_name (table[i].group, &slot, faults));
    g_assert_cmpuint (faults->len, ==, 1);
    const TemplateFault *fault = g_ptr_array_index (faults, 0);
    g_assert_cmpstr (fault->where, ==, "“name”");
    g_assert_nonnull (strstr (fault->what, table[i].says));
    g_assert_cmpstr (fault->remedy, !=, "");
  }
}

static void test_ids (void)
{
  for (int id = 0; id < SLOT_COUNT; id++)
    g_assert_cmpint (slot_of_id (slot_name ((SlotId) id)), ==, id);
  g_assert_cmpint (slot_of_id ("nom"), ==, -1);
  g_assert_true (slot_is_required (SLOT_QR));
  g_assert_false (slot_is_required (SLOT_PROGRAMME));
  g_assert_false (slot_has_text (SLOT_QR));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_test_add_func ("/slot/placeholder", test_placeholder);
  g_test_add_func ("/slot/weights", test_weights);
  g_test_add_func ("/slot/one-placeholder", test_one_placeholder);
  g_test_add_func ("/slot/rectangle", test_rectangle);
  g_test_add_func ("/slot/refused", test_refused);
  g_test_add_func ("/slot/ids", test_ids);
  return g_test_run ();
}
