#include "badge/compose.h"
#include "words_here.h"

#include "unit/badge/people.h"

#include <glib/gstdio.h>
#include <string.h>

#define EPSILON 0.3 /* points */

static BadgeTemplate *template_;

static const Line *line_of (const BadgePage *page, guint i)
{
  return &g_array_index (page->lines, Line, i);
}

static gboolean is_inside (const Box *ink, const Box *box)
{
  return ink->x >= box->x - EPSILON && ink->y >= box->y - EPSILON
         && ink->x + ink->width <= box->x + box->width + EPSILON
         && ink->y + ink->height <= box->y + box->height + EPSILON;
}

static gboolean overlap (const Box *a, const Box *b)
{
  return a->x + a->width > b->x + EPSILON && b->x + b->width > a->x + EPSILON
         && a->y + a->height > b->y + EPSILON && b->y + b->height > a->y + EPSILON;
}

/* What every badge must hold: each line in its slot and above its slot's smallest size,
 * no two over each other, none over the hole, the code, or a box that is not its own. */
static void assert_sound (const BadgePage *page)
{
  const Box *qr = &template_slot (template_, SLOT_QR)->box,
            *hole = &template_slot (template_, SLOT_HOLE)->box;
  for (guint i = 0; i < page->lines->len; i++) {
    const Line *line = line_of (page, i);
    const Slot *slot = template_slot (template_, line->slot);
    Box room = slot->box;
    if (line->slot == SLOT_CATEGORY && !page->ribbon)
      room.width = template_slot (template_, SLOT_RIBBON)->box.x
                   + template_slot (template_, SLOT_RIBBON)->box.width - room.x;
    if (!is_inside (&line->ink, &room))
      g_error ("“%s” leaves slot “%s”", pango_layout_get_text (line->shaped),
               slot_name (line->slot));
    g_assert_cmpfloat (line->size_pt, >=, slot->min_pt * 0.66);
    g_assert_false (overlap (&line->ink, qr));
    g_assert_false (overlap (&line->ink, hole));
    for (guint j = 0; j < i; j++)
      if (overlap (&line->ink, &line_of (page, j)->ink))
        g_error ("“%s” and “%s” overlap", pango_layout_get_text (line->shaped),
                 pango_layout_get_text (line_of (page, j)->shaped));
    if (page->ribbon && line->slot == SLOT_RIBBON)
      g_assert_true (is_inside (&line->ink, &page->ribbon_box));
    if (page->ribbon && line->slot == SLOT_CATEGORY)
      g_assert_false (overlap (&line->ink, &page->ribbon_box));
  }
  for (guint i = 0; i < page->tiles->len; i++) {
    const Tile *tile = &g_array_index (page->tiles, Tile, i);
    for (guint j = 0; j < tile->n_lines; j++) {
      g_assert_true (is_inside (&line_of (page, tile->first_line + j)->ink, &tile->box));
      g_assert_false (tile->icon
                      && overlap (&line_of (page, tile->first_line + j)->ink, &tile->icon_box));
    }
  }
}

/* The lines of a slot, joined by '|'. */
static char *slot_text (const BadgePage *page, SlotId id)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < page->lines->len; i++)
    if (line_of (page, i)->slot == id)
      g_string_append_printf (text, "%s%s", text->len ? "|" : "",
                              pango_layout_get_text (line_of (page, i)->shaped));
  return g_string_free (text, FALSE);
}

static BadgePage *compose (const BadgeContent *content)
{
  g_autoptr (GError) error = NULL;
  BadgePage *page = compose_page (template_, content, FALSE, &error);
  g_assert_no_error (error);
  assert_sound (page);
  return page;
}

static void assert_slot (const BadgePage *page, SlotId id, const char *wanted)
{
  g_autofree char *text = slot_text (page, id);
  g_assert_cmpstr (text, ==, wanted);
}

static void test_two_scripts (void)
{
  BadgeContent french = people_french (), chinese = people_chinese ();
  g_autoptr (BadgePage) a = compose (&french);
  assert_slot (a, SLOT_NAME, "Anne-Laure|KERDONCUFF|安娜-洛尔·凯尔东居夫");
  assert_slot (a, SLOT_POST,
               "Vice-présidente déléguée|"
               "aux relations internationales|主管国际关系的副主席|Région "
               "Bretagne|布列塔尼大区");
  assert_slot (a, SLOT_CATEGORY, "Élue|民选代表");
  assert_slot (a, SLOT_RIBBON, "Signataire|签约代表");
  assert_slot (a, SLOT_LABEL, "FR-0017 · 1");
  g_autoptr (BadgePage) b = compose (&chinese);
  assert_slot (b, SLOT_NAME, "欧阳思远|OUYANG Siyuan");
  assert_slot (b, SLOT_POST,
               "可持续城市项目主管|"
               "Chef de projet ville durable|江苏省人民政府外事办公室|Bureau "
               "des affaires étrangères du Jiangsu");
  assert_slot (b, SLOT_RIBBON, "");
  assert_slot (b, SLOT_CONGRESS_OWN,
               "第五届中法地方政府合作论坛|"
               "成都 · 2016年10月26日–29日");
  g_assert_false (b->ribbon);
  for (guint i = 0; i < 2; i++) { /* own script first and largest, the other not under two thirds */
    const BadgePage *page = i ? b : a;
    double largest = 0, smallest = 1000;
    for (guint j = 0; j < page->lines->len; j++)
      if (line_of (page, j)->slot == SLOT_NAME) {
        largest = MAX (largest, line_of (page, j)->size_pt);
        smallest = MIN (smallest, line_of (page, j)->size_pt);
      }
    g_assert_cmpfloat (smallest, <, largest);
    g_assert_cmpfloat (smallest, >=, largest * 2 / 3);
    g_assert_cmpfloat (largest, >=, 28);
  }
}

static void test_hard_texts (void)
{
  static const struct {
    gboolean second_leads;
    const char *family, *given, *name_zh;
    guint surname_zh;
    const char *function_fr, *function_zh, *organisation_fr, *organisation_zh, *category_fr,
        *category_zh, *ribbon_fr, *ribbon_zh;
    const char *name; /* as set; NULL where only soundness is asked */
    /* clang-format off */
  } table[] = {
    { FALSE, "Le Goff", "Aurélien", "", 0, "", "", "Université de Nantes", "", "Universitaire",
      "高校代表", "", "", "Aurélien|LE GOFF" },
    { FALSE, "d'Estienne", "Œnone", "", 0, "Chargée de mission", "",
      "Communauté d'agglomération de Saint-Quentin-en-Yvelines",
      "圣康坦昂伊夫林城镇共同体",
      "Technicien de collectivité", "地方政府工作人员", "Signataire", "签约代表",
      "Œnone|d’ESTIENNE" },
    { FALSE, "L'Haÿ-les-Roses", "Ÿvette", "", 0, "", "", "", "", "Expert", "专家", "", "",
      "Ÿvette|L’HAŸ-LES-ROSES" },
    { TRUE, "Yan", "Huixing", "䶮𬭶", 1, "", "", "Zone de haute technologie de Chengdu",
      "成都高新技术产业开发区", "Entreprise", "企业代表", "Candidat", "候选人",
      "䶮𬭶|YAN Huixing" },
    { TRUE, "", "", "欧阳思远", 2, "", "可持续城市项目主管",
      "", "江苏省人民政府外事办公室",
      "Expert", "专家", "", "", "欧阳思远" },
    { TRUE, "Ouyang", "Siyuan", "", 0, "", "", "", "",
      "Expert", "专家", "", "", "Siyuan|OUYANG" },
    { FALSE, "", "", "安娜", 0, "", "", "", "", "Expert", "专家", "", "", "安娜" },
    { FALSE, "Nguyễn Thị", "Hồng Nhung", "阮氏红绒",
      0, "", "", "", "", "Expert", "专家", "", "",
      "Hồng Nhung|NGUYỄN THỊ|阮氏红绒" },
    { FALSE, "Işıksoy Demirci", "Yiğit", "", 0, "", "", "", "", "Expert", "专家", "", "",
      "Yiğit|IŞIKSOY DEMİRCİ" },
    { TRUE, "Aisin-Gioro", "Puyi", "爱新觉罗溥仪",
      4, "", "", "", "", "Expert", "专家", "", "",
      "爱新觉罗溥仪|AISIN-GIORO Puyi" },
    { TRUE, "Yan", "Zhao", "䶮㛃", 1, "", "", "", "",
      "Expert", "专家", "", "", "䶮㛃|YAN Zhao" },
    { FALSE, "Sukarno", "", "", 0, "Président",
      "Président", "AFD", "AFD", "Expert", "专家", "", "",
      "SUKARNO" },
    { FALSE, "Kerguézennec-Penn ar Roc'h de Kersauson-Trévarez", "Marie-Françoise Guénolée",
      "玛丽-弗朗索瓦丝·盖诺莱·凯尔盖泽内克-彭阿尔罗赫", 0,
      "Vice-présidente déléguée aux relations internationales, "
      "à la coopération décentralisée, aux "
      "ports, à la mer et à l'égalité des droits entre les territoires du littoral",
      "主管国际关系、地方政府合作、港口、"
      "海洋事务与沿海地区权利平等的副主席",
      "Communauté d'agglomération de Saint-Quentin-en-Yvelines",
      "圣康坦昂伊夫林城镇共同体",
      "Représentant d'un opérateur national de l'État",
      "国家机构代表", "Signataire, candidate",
      "签约代表、候选人", NULL },
    { TRUE, "Maimaitituersun", "Abudureyimujiang", "买买提吐尔逊·阿卜杜热依木江", 6,
      "Professeure des universités", "大学教授", "Comité de la Foire de l'Ouest",
      "中国西部国际博览会组委会", "Universitaire", "高校代表", "", "", NULL },
  };
  /* clang-format on */
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    BadgeContent content = people_base ();
    content.second_leads = table[i].second_leads;
    content.family = table[i].family;
    content.given = table[i].given;
    content.name_zh = table[i].name_zh;
    content.surname_zh = table[i].surname_zh;
    content.function_fr = table[i].function_fr;
    content.function_zh = table[i].function_zh;
    content.organisation_fr = table[i].organisation_fr;
    content.organisation_zh = table[i].organisation_zh;
    content.category_fr = table[i].category_fr;
    content.category_zh = table[i].category_zh;
    content.ribbon_fr = table[i].ribbon_fr;
    content.ribbon_zh = table[i].ribbon_zh;
    content.event_held = content.day_held = people_some;
    g_autoptr (BadgePage) page = compose (&content);
    if (table[i].name != NULL)
      assert_slot (page, SLOT_NAME, table[i].name);
    g_assert_cmpint (page->ribbon, ==, table[i].ribbon_fr[0] != '\0');
  }
}

static gboolean is_bold (const Line *line, gsize from, gsize to)
{
  PangoAttrList *list = pango_layout_get_attributes (line->shaped);
  GSList *attributes = pango_attr_list_get_attributes (list);
  gboolean bold = FALSE;
  for (GSList *l = attributes; l != NULL; l = l->next) {
    const PangoAttribute *attribute = l->data;
    bold |= attribute->klass->type == PANGO_ATTR_WEIGHT && attribute->start_index == from
            && attribute->end_index == to;
  }
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  return bold;
}

/* The family name is marked in either script, as each does it; the other script is never
 * under two thirds; the edge is common. */
static void test_family_names (void)
{
  BadgeContent french = people_french (), chinese = people_chinese ();
  g_autoptr (BadgePage) a = compose (&french), b = compose (&chinese);
  const Line *names[4];
  guint n = 0;
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < (i ? b : a)->lines->len; j++)
      if (line_of (i ? b : a, j)->slot == SLOT_NAME
          && strcmp (pango_layout_get_text (line_of (i ? b : a, j)->shaped), "Anne-Laure") != 0)
        names[n++] = line_of (i ? b : a, j);
  g_assert_cmpuint (n, ==, 4);
  g_assert_true (is_bold (names[0], 0, strlen ("KERDONCUFF")));
  g_assert_true (is_bold (names[2], 0, strlen ("欧阳")));
  g_assert_true (is_bold (names[3], 0, strlen ("OUYANG")));
  g_assert_cmpfloat (names[1]->size_pt, >=, names[0]->size_pt * 2 / 3);
  g_assert_cmpfloat (names[3]->size_pt, >=, names[2]->size_pt * 2 / 3);
  g_assert_cmpfloat_with_epsilon (names[0]->ink.x, names[1]->ink.x, 0.01);
  g_assert_cmpfloat_with_epsilon (names[2]->ink.x, names[3]->ink.x, 0.01);
}

/* A slot's style is its placeholder's; one that is for some people only is empty for the
 * others. */
static void test_styles (void)
{
  g_autofree char *directory = g_dir_make_tmp ("badge-compose-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "style.back.svg", NULL),
                  *front = g_build_filename (directory, "style.svg", NULL);
  g_assert_true (g_file_set_contents (
      path,
      "<svg xmlns='http://www.w3.org/2000/svg' width='90mm' height='60mm' viewBox='0 0 90 60'><g "
      "style='fill:#1f3a93'><g id='delegation' data-if='category:press'><rect x='5' y='5' "
      "width='80' height='20'/>"
      "<text style='font-size:4px;font-weight:bold;text-anchor:middle'>Bretagne</text></g></g><g "
      "id='role' data-unless='category:press'><rect x='5' y='30' width='80' "
      "height='20'/></g></svg>",
      -1, NULL));
  g_assert_true (g_file_set_contents (
      front,
      "<svg xmlns='http://www.w3.org/2000/svg' width='90mm' height='60mm' viewBox='0 0 90 "
      "60'><rect id='name' x='5' y='5' width='80' height='20'/>"
      "<rect id='category' x='40' y='30' width='45' height='12'/><rect id='qr' x='6' y='29' "
      "width='26' height='26'/></svg>",
      -1, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) both = badge_template_load (front, &error);
  g_assert_no_error (error);
  static const char *const press[] = { "category:press", NULL };
  BadgeContent content = people_french ();
  content.delegation_fr = "Région Bretagne";
  content.delegation_zh = "布列塔尼大区代表团";
  content.role_fr = "Animatrice · A1";
  content.role_zh = "主持人 · A1";
  content.traits = press;
  g_autoptr (BadgePage) page = compose_page (template_back (both), &content, FALSE, &error),
                        one_bit = compose_page (template_back (both), &content, TRUE, &error);
  g_assert_no_error (error);
  assert_slot (page, SLOT_ROLE, "");
  assert_slot (page, SLOT_DELEGATION, "Région Bretagne|布列塔尼大区代表团");
  const Line *line = line_of (page, 0);
  g_assert_cmpfloat_with_epsilon (line->size_pt, 4 * PT_PER_MM, 0.01);
  g_assert_cmpfloat_with_epsilon (line->colour.blue, 0x93 / 255.0, 0.001);
  g_assert_cmpfloat_with_epsilon (line->ink.x + line->ink.width / 2, 45 * PT_PER_MM, 0.05);
  g_assert_true (is_bold (line, 0, strlen ("Région Bretagne")));
  g_assert_cmpfloat (line_of (one_bit, 0)->colour.blue, ==, 0);
  content.traits = NULL;
  g_autoptr (BadgePage) others = compose_page (template_back (both), &content, FALSE, &error);
  assert_slot (others, SLOT_ROLE, "Animatrice · A1|主持人 · A1");
  assert_slot (others, SLOT_DELEGATION, "");
  g_remove (path);
  g_remove (front);
  g_rmdir (directory);
}

/* The same word in both languages stands once; a category begins with a capital. */
static void test_words (void)
{
  BadgeContent content = people_french ();
  content.organisation_fr = content.organisation_zh = "UNESCO";
  content.function_fr = content.function_zh = "";
  content.category_fr = "élue";
  g_autoptr (BadgePage) page = compose (&content);
  assert_slot (page, SLOT_POST, "UNESCO");
  assert_slot (page, SLOT_CATEGORY, "Élue|民选代表");
}

static void test_tiles (void)
{
  BadgeContent content = people_french ();
  content.event_held = content.day_held = people_some;
  content.meals = FALSE;
  content.transport = TRUE;
  content.headset = FALSE;
  static const gboolean held[] = { TRUE, FALSE, FALSE, TRUE, FALSE, TRUE, FALSE, TRUE, FALSE };
  static const Icon icons[] = { ICON_NONE, ICON_NONE, ICON_MEALS, ICON_TRANSPORT, ICON_HEADSET,
                                ICON_NONE, ICON_NONE, ICON_NONE,  ICON_NONE };
  g_autoptr (BadgePage) page = compose (&content);
  g_assert_cmpuint (page->tiles->len, ==, G_N_ELEMENTS (held));
  for (guint i = 0; i < page->tiles->len; i++) {
    const Tile *tile = &g_array_index (page->tiles, Tile, i);
    g_assert_cmpint (tile->held, ==, held[i]);
    g_assert_cmpint (tile->icon, ==, icons[i]);
    /* An icon always stands with a word, in both languages; what is not held is empty. */
    g_assert_cmpuint (tile->n_lines, ==, !held[i] ? 0 : i < 5 ? 2 : 1);
  }
}

static void test_band (void)
{
  static const struct {
    const char *colour;
    gboolean dark;
    double red;
  } table[] = { { "#1f3a93", TRUE, 0x1f / 255.0 },
                { "#F2C230", FALSE, 0xf2 / 255.0 },
                { "#ffffff", FALSE, 1 },
                { "#000000", TRUE, 0 },
                { "red", TRUE, 0 },
                { "", TRUE, 0 },
                { NULL, TRUE, 0 },
                { "#12345g", TRUE, 0 },
                { "#1234567", TRUE, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    BadgeContent content = people_french ();
    content.category_colour = table[i].colour;
    g_autoptr (BadgePage) page = compose (&content);
    g_assert_cmpint (page->band_dark, ==, table[i].dark);
    g_assert_cmpfloat_with_epsilon (page->band.red, table[i].red, 0.001);
    for (guint j = 0; j < page->lines->len; j++)
      if (line_of (page, j)->slot == SLOT_CATEGORY)
        g_assert_cmpfloat_with_epsilon (line_of (page, j)->colour.red,
                                        table[i].dark ? 1 : page_ink.red, 0.001);
  }
}

static void refused (const BadgeContent *content, int code, const char *slot)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (compose_page (template_, content, FALSE, &error));
  g_assert_error (error, BADGE_ERROR, code);
  if (strstr (error->message, slot) == NULL)
    g_error ("“%s” does not say “%s”", error->message, slot);
}

static void test_refused (void)
{
  g_autofree char *word = g_strnfill (90, 'W');
  g_autofree char *code = g_strnfill (900, 'A');
  g_autofree char *endless = g_strnfill (20000, 'A');
  static const char *const days[]
      = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", NULL };
  static const gboolean held[13] = { TRUE };
  BadgeContent content = people_french ();
  content.family = word;
  refused (&content, BADGE_ERROR_FIT, "“name”");
  refused (&content, BADGE_ERROR_FIT, "“WWWWWW"); /* not the given name, which fits */
  content = people_french ();
  content.function_fr = word;
  refused (&content, BADGE_ERROR_FIT, "“post”");
  content = people_french ();
  content.category_zh = word;
  refused (&content, BADGE_ERROR_FIT, "“category”");
  content = people_french ();
  content.ribbon_fr = word;
  refused (&content, BADGE_ERROR_FIT, "“ribbon”");
  content = people_french ();
  content.label = word;
  refused (&content, BADGE_ERROR_FIT, "“label”");
  content = people_french ();
  content.congress_zh = word;
  refused (&content, BADGE_ERROR_FIT, "“congress-other”");
  content = people_french ();
  content.days = days;
  content.day_held = held;
  refused (&content, BADGE_ERROR_FIT, "“days”");
  content = people_french ();
  content.code = code; /* fits a symbol, but with modules too small to scan */
  refused (&content, BADGE_ERROR_FIT, "“qr”");
  content.code = endless;
  refused (&content, BADGE_ERROR_FIT, "“qr”");
  content.code = NULL;
  refused (&content, BADGE_ERROR_FIT, "“qr”");
  content = people_french ();
  content.family = content.given = content.name_zh = " ";
  refused (&content, BADGE_ERROR_FIT, "“name”");
  content = people_french ();
  content.given = "Zoé \xf0\x9f\x8e\x89";
  refused (&content, BADGE_ERROR_FONT, "“name”");
}

/* A long name of one word is still a name: smaller, but on a badge. */
static void test_longest_name (void)
{
  BadgeContent content = people_french ();
  content.family = "WOLFESCHLEGELSTEINHAUSENBERGERDORFFSCHLEGEL";
  g_autoptr (BadgePage) page = compose (&content);
  g_assert_cmpuint (page->lines->len, >, 0);
}

/* The longest code there is: a reference of 32 characters. */
static void test_longest_code (void)
{
  g_autofree char *tail = g_strnfill (157, 'A');
  g_autofree char *code = g_strconcat ("AC:", tail, NULL);
  BadgeContent content = people_french ();
  content.code = code;
  g_autoptr (BadgePage) page = compose (&content);
  g_assert_cmpfloat (page->qr_module_pt, >=, COMPOSE_QR_MODULE_MIN_MM * PT_PER_MM);
}

/* Only what must be there: a label with name, category and code. */
static void test_small_template (void)
{
  g_autofree char *directory = g_dir_make_tmp ("badge-compose-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "small.svg", NULL);
  g_assert_true (g_file_set_contents (
      path,
      "<svg xmlns='http://www.w3.org/2000/svg' width='90mm' height='60mm' viewBox='0 0 90 "
      "60'><rect id='name' x='5' y='5' width='80' height='20'/>"
      "<rect id='category' x='40' y='30' width='45' height='12'/><rect id='qr' x='6' y='29' "
      "width='26' height='26'/></svg>",
      -1, NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) small = badge_template_load (path, &error);
  g_assert_no_error (error);
  BadgeContent content = people_french ();
  g_autoptr (BadgePage) page = compose_page (small, &content, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->tiles->len, ==, 0);
  g_assert_false (page->ribbon);
  for (guint i = 0; i < page->lines->len; i++)
    if (line_of (page, i)->slot == SLOT_CATEGORY) /* without a band, on paper */
      g_assert_cmpfloat (line_of (page, i)->colour.red, ==, page_ink.red);
  g_remove (path);
  g_rmdir (directory);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  words_here ();
  g_autoptr (GError) error = NULL;
  badge_fonts_start (PEOPLE_FONTS, &error);
  g_assert_no_error (error);
  template_ = badge_template_load (PEOPLE_TEMPLATE, &error);
  g_assert_no_error (error);
  g_test_add_func ("/compose/two-scripts", test_two_scripts);
  g_test_add_func ("/compose/hard-texts", test_hard_texts);
  g_test_add_func ("/compose/family-names", test_family_names);
  g_test_add_func ("/compose/styles", test_styles);
  g_test_add_func ("/compose/words", test_words);
  g_test_add_func ("/compose/tiles", test_tiles);
  g_test_add_func ("/compose/band", test_band);
  g_test_add_func ("/compose/refused", test_refused);
  g_test_add_func ("/compose/longest-name", test_longest_name);
  g_test_add_func ("/compose/longest-code", test_longest_code);
  g_test_add_func ("/compose/small-template", test_small_template);
  int result = g_test_run ();
  badge_template_free (template_);
  return result;
}
