/* What holds for every badge, on all four templates, both sides, in colour and in one
 * bit: nothing is smaller than can be read, no ink touches other ink. Tried with the
 * people of the demo's lists who are hardest to set, and with six and seven rights. */
#include "badge/composer.h"
#include "words_here.h"

#include "badge/check_people.h"
#include "badge/compose.h"
#include "core/text.h"
#include "golden/badge/guests.h"

#include <string.h>

#define EPSILON 0.03 /* points */
#define COLUMNS_MAX 24
#define HARDEST 4 /* by each column */

enum { TEMPLATES = 4 };
static const char *const files[TEMPLATES]
    = { "a6-portrait", "card-86x54", "label-4x6in", "roll-62mm" };
static BadgeTemplate *templates[TEMPLATES];

/* The lists -------------------------------------------------------------------------- */

/* Where a list has a person's texts; -1: it has none. */
typedef struct {
  const char *path, *charset, *separator;
  gboolean second_leads;
  int family, given, name_zh, function_fr, function_zh, organisation_fr, organisation_zh, category;
} List;

static const List lists[] = {
  { "assets/demo/inscriptions-cuf.csv", "WINDOWS-1252", ";", FALSE, 2, 3, -1, 4, 5, 6, 7, 8 },
  { "assets/demo/报名表.csv", "GB18030", ",", TRUE, 3, 4, 2, 6, 5, 8, 7, 9 },
};

static GPtrArray *read_list (const List *list)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (list->path, &bytes, &length, NULL));
  g_autofree char *text
      = g_convert (bytes, (gssize) length, "UTF-8", list->charset, NULL, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint i = 1; lines[i] != NULL; i++)
    if (strchr (lines[i], list->separator[0]) != NULL)
      g_ptr_array_add (people, g_strsplit (g_strchomp (lines[i]), list->separator, COLUMNS_MAX));
  g_assert_cmpuint (people->len, >, 100);
  return people;
}

static const char *cell (char **person, int column)
{
  return column >= 0 && column < (int) g_strv_length (person) ? person[column] : "";
}

static BadgeContent content_of (const List *list, char **person)
{
  BadgeContent content = check_person (0);
  content.second_leads = list->second_leads;
  content.family = cell (person, list->family);
  content.given = cell (person, list->given);
  content.name_zh = cell (person, list->name_zh);
  content.surname_zh = 1;
  content.function_fr = cell (person, list->function_fr);
  content.function_zh = cell (person, list->function_zh);
  content.organisation_fr = cell (person, list->organisation_fr);
  content.organisation_zh = cell (person, list->organisation_zh);
  content.label = cell (person, 0);
  return content;
}

/* Those with the longest text in one of the columns. */
static GPtrArray *hardest_of (const List *list, GPtrArray *people)
{
  const int columns[]
      = { list->family,      list->given,           list->name_zh,        list->function_fr,
          list->function_zh, list->organisation_fr, list->organisation_zh };
  GPtrArray *hardest = g_ptr_array_new ();
  for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
    for (guint n = 0; n < HARDEST; n++) {
      char **longest = NULL;
      for (guint i = 0; i < people->len; i++) {
        char **person = g_ptr_array_index (people, i);
        if (!g_ptr_array_find (hardest, person, NULL)
            && (longest == NULL
                || strlen (cell (person, columns[c])) > strlen (cell (longest, columns[c]))))
          longest = person;
      }
      g_ptr_array_add (hardest, longest);
    }
  return hardest;
}

/* What must hold --------------------------------------------------------------------- */

/* By the fonts that it is really set in: raised letters of ordinals too. */
static void assert_legible (const char *where, PangoLayout *shaped, double size_pt)
{
  const char *text = pango_layout_get_text (shaped);
  for (GSList *l = pango_layout_get_line_readonly (shaped, 0)->runs; l != NULL; l = l->next) {
    const PangoItem *item = ((const PangoLayoutRun *) l->data)->item;
    PangoFontDescription *font = pango_font_describe (item->analysis.font);
    g_autofree char *part = g_strndup (text + item->offset, (gsize) item->length);
    double pt = pango_units_to_double (pango_font_description_get_size (font)) / PHRASE_SHAPED_PT
                * size_pt,
           least = text_has_han (part) ? COMPOSER_LEAST_HAN_PT : COMPOSER_LEAST_PT;
    pango_font_description_free (font);
    if (pt < least - 0.005)
      g_error ("%s: “%s” in “%s” is set in %.2f pt, less than %.2f", where, part, text, pt, least);
  }
}

static gboolean touch (const Box *a, const Box *b)
{
  return a->x + a->width > b->x + EPSILON && b->x + b->width > a->x + EPSILON
         && a->y + a->height > b->y + EPSILON && b->y + b->height > a->y + EPSILON;
}

static gboolean is_inside (const Box *ink, const Box *box)
{
  return ink->x >= box->x - EPSILON && ink->y >= box->y - EPSILON
         && ink->x + ink->width <= box->x + box->width + EPSILON
         && ink->y + ink->height <= box->y + box->height + EPSILON;
}

static void assert_apart (const char *where, const BadgePage *page)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const Line *line = &g_array_index (page->lines, Line, i);
    Box box = template_slot (page->template_, line->slot)->box;
    if (line->slot == SLOT_CATEGORY) /* it may take the ribbon's room */
      box.width = page->width_pt - box.x;
    if (line->slot == SLOT_POST) { /* and the post the name's; that they lie apart is seen below */
      const Box *name = &template_slot (page->template_, SLOT_NAME)->box;
      box.height += box.y - name->y;
      box.y = name->y;
    }
    if (!is_inside (&line->ink, &box))
      g_error ("%s: the ink of “%s” leaves its slot", where, pango_layout_get_text (line->shaped));
    for (guint j = 0; j < i; j++)
      if (touch (&line->ink, &g_array_index (page->lines, Line, j).ink))
        g_error ("%s: “%s” touches “%s”", where, pango_layout_get_text (line->shaped),
                 pango_layout_get_text (g_array_index (page->lines, Line, j).shaped));
  }
}

static void assert_good (const char *who, BadgeTemplate *template_, const BadgeContent *content)
{
  BadgeTemplate *const sides[] = { template_, template_back (template_) };
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    for (gboolean one_bit = FALSE; one_bit <= TRUE; one_bit++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *where = g_strdup_printf ("%s on %s%s", who, template_path (sides[side]),
                                                one_bit ? ", one bit" : "");
      g_autoptr (BadgePage) page = compose_page (sides[side], content, one_bit, &error);
      if (page == NULL)
        g_error ("%s: %s", where, error->message);
      for (guint i = 0; i < page->lines->len; i++) {
        const Line *line = &g_array_index (page->lines, Line, i);
        assert_legible (where, line->shaped, line->size_pt);
      }
      for (guint i = 0; i < page->captions->len; i++) {
        const Caption *caption = g_ptr_array_index (page->captions, i);
        assert_legible (where, caption->shaped, caption->size_pt);
      }
      assert_apart (where, page);
    }
}

/* Tests ------------------------------------------------------------------------------ */

static void test_hardest_of_the_lists (void)
{
  guint count = 0;
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++) {
    g_autoptr (GPtrArray) people = read_list (&lists[l]);
    g_autoptr (GPtrArray) hardest = hardest_of (&lists[l], people);
    for (guint i = 0; i < hardest->len; i++, count++) {
      BadgeContent content = content_of (&lists[l], g_ptr_array_index (hardest, i));
      assert_good (content.label, templates[count % TEMPLATES], &content);
      assert_good (content.label, templates[1], &content); /* the smallest */
    }
  }
  g_assert_cmpuint (count, >, 40);
}

/* Harder than any list has had, and the guests of the pictures. */
static void test_hard_people (void)
{
  static BadgeContent (*const guests[]) (void)
      = { guests_french, guests_chinese,    guests_breton, guests_four,
          guests_rare,   guests_vietnamese, guests_titles, guests_chinese_only };
  for (guint t = 0; t < TEMPLATES; t++) {
    for (guint i = 0; i < CHECK_PEOPLE; i++) {
      BadgeContent content = check_person (i);
      content.transport = TRUE;
      assert_good (content.family, templates[t], &content);
    }
    for (guint i = 0; i < G_N_ELEMENTS (guests); i++) {
      BadgeContent content = guests[i]();
      assert_good (content.family, templates[t], &content);
    }
  }
}

/* Three events and four, with the three services: six and seven rights, held or not. */
static void test_six_and_seven_rights (void)
{
  static const char *const six_fr[]
      = { "Rencontres", "Foire de l’Ouest", "Visites de terrain", NULL },
      *const six_zh[] = { "合作论坛", "西博会", "实地考察", NULL },
             *const seven_fr[]
             = { "Rencontres", "Foire de l’Ouest", "Visites de terrain", "Dîner de gala", NULL },
             *const seven_zh[] = { "合作论坛", "西博会", "实地考察", "欢迎晚宴", NULL };
  for (guint t = 0; t < TEMPLATES; t++)
    for (guint seven = 0; seven < 2; seven++)
      for (guint i = 0; i < CHECK_PEOPLE; i++) {
        BadgeContent content = check_person (i);
        content.events_fr = seven ? seven_fr : six_fr;
        content.events_zh = seven ? seven_zh : six_zh;
        content.event_held = i < 2 ? people_all : people_some;
        content.meals = content.transport = content.headset = TRUE;
        content.day_held = people_all;
        assert_good (seven ? "seven rights" : "six rights", templates[t], &content);
      }
}

/* What a person has is told, and quietly: no word of it is as large as the name's. */
static void test_rights_rank_below_the_name (void)
{
  for (guint t = 0; t < TEMPLATES; t++)
    for (guint i = 0; i < CHECK_PEOPLE; i++) {
      BadgeContent content = check_person (i);
      g_autoptr (BadgePage) page = compose_page (templates[t], &content, TRUE, NULL);
      double name = 0, right = 0;
      for (guint j = 0; j < page->lines->len; j++) {
        const Line *line = &g_array_index (page->lines, Line, j);
        if (line->slot == SLOT_NAME)
          name = MAX (name, line->size_pt);
      }
      for (guint j = 0; j < page->tiles->len; j++) {
        const Tile *tile = &g_array_index (page->tiles, Tile, j);
        g_assert_cmpfloat (tile->box.height, <, 8 * PT_PER_MM);
        for (guint k = 0; k < tile->n_lines; k++)
          right = MAX (right, g_array_index (page->lines, Line, tile->first_line + k).size_pt);
      }
      g_assert_cmpfloat (right, <, name);
    }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  for (guint t = 0; t < TEMPLATES; t++) {
    g_autofree char *path = g_strdup_printf ("assets/badge/%s.svg", files[t]);
    templates[t] = badge_template_load (path, &error);
    g_assert_no_error (error);
  }
  g_test_add_func ("/composer/hardest-of-the-lists", test_hardest_of_the_lists);
  g_test_add_func ("/composer/hard-people", test_hard_people);
  g_test_add_func ("/composer/six-and-seven-rights", test_six_and_seven_rights);
  g_test_add_func ("/composer/rights-rank-below-the-name", test_rights_rank_below_the_name);
  int result = g_test_run ();
  for (guint t = 0; t < TEMPLATES; t++)
    badge_template_free (templates[t]);
  return result;
}
