/* badge TEMPLATE FONTS_CONF: what a badge costs. Prints "first MS" (the first PDF, fonts
 * and template loaded too), then, warm, a different person each time, "raster MEDIAN P99
 * BYTES" at 300 dpi, "bits …" at 203 and "pdf …" in milliseconds, "rss KB", and "book
 * SECONDS BYTES" for BOOK badges with names of their own in one PDF.  */
#include "badge/badge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROUNDS 200
#define BOOK 10000

static const char *const FAMILY[] = { "Kerdoncuff", "Lefèvre", "Œuvrard",       "d'Estienne",
                                      "Ouyang",     "Zhang",   "Dupont-Martin", "Nédélec" };
static const char *const GIVEN[]
    = { "Anne-Laure", "François", "Joëlle", "Siyuan", "Wenbo", "Marie-Thérèse", "Loïc" };
static const char *const HANZI[] = { "安娜-洛尔·凯尔东居夫",
                                     "欧阳思远",
                                     "张文博",
                                     "曾雪梅",
                                     "司马芳",
                                     "诸葛子涵",
                                     "刘静",
                                     "杨堃",
                                     "单伟" };
static const char *const CODE = "AC:"
                                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRST"
                                "UVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123";

static BadgeContent person (guint i)
{
  static const char *const events_fr[] = { "Rencontres", "Foire", NULL },
                           *const events_zh[] = { "会议", "西博会", NULL },
                           *const days[] = { "26", "27", "28", "29", NULL };
  static const gboolean event_held[] = { TRUE, FALSE }, day_held[] = { TRUE, TRUE, TRUE, FALSE };

  return (BadgeContent){
    .second_leads = i % 2,
    .family = FAMILY[i % G_N_ELEMENTS (FAMILY)],
    .given = GIVEN[i % G_N_ELEMENTS (GIVEN)],
    .name_zh = HANZI[i % G_N_ELEMENTS (HANZI)],
    .surname_zh = i % 2,
    .function_fr = "Vice-présidente déléguée aux relations internationales",
    .function_zh = "主管国际关系的副主席",
    .organisation_fr = "Région Bretagne",
    .organisation_zh = "布列塔尼大区",
    .category_fr = "Élue",
    .category_zh = "当选代表",
    .category_colour = "#1f3a93",
    .congress_fr = "5es Rencontres franco-chinoises de la coopération décentralisée",
    .congress_zh = "第五届中法地方政府合作论坛",
    .place_fr = "Chengdu, 26–29 octobre 2016",
    .place_zh = "成都 2016年10月26–29日",
    .ribbon_fr = i % 3 ? "" : "Signataire",
    .ribbon_zh = i % 3 ? "" : "签署方",
    .events_fr = events_fr,
    .events_zh = events_zh,
    .event_held = event_held,
    .days = days,
    .day_held = day_held,
    .meals = TRUE,
    .transport = i % 5 != 0,
    .headset = i % 4 != 0,
    .code = CODE,
    .label = "FR-0017 · 1",
  };
}

static int by_time (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

typedef BadgeSheet *(*Draw) (BadgeTemplate *template_, const BadgeContent *content, GError **error);

static BadgeSheet *draw_pdf (BadgeTemplate *template_, const BadgeContent *content, GError **error)
{
  return badge_pdf (template_, content, BADGE_FRONT, error);
}

static BadgeSheet *draw_raster (BadgeTemplate *template_, const BadgeContent *content,
                                GError **error)
{
  return badge_raster (template_, content, BADGE_FRONT, 300, error);
}

static BadgeSheet *draw_bits (BadgeTemplate *template_, const BadgeContent *content, GError **error)
{
  return badge_bits (template_, content, BADGE_FRONT, 203, error);
}

static gboolean measure (BadgeTemplate *template_, const char *name, Draw draw, GError **error)
{
  gint64 times[ROUNDS];
  gsize sizes = 0;

  for (guint i = 0; i < ROUNDS + 5; i++) {
    BadgeContent content = person (i);
    gint64 start = g_get_monotonic_time ();
    g_autoptr (BadgeSheet) sheet = draw (template_, &content, error);

    if (sheet == NULL)
      return FALSE;
    if (i >= 5) {
      times[i - 5] = g_get_monotonic_time () - start;
      sizes += g_bytes_get_size (sheet->bytes);
    }
  }
  qsort (times, ROUNDS, sizeof *times, by_time);
  printf ("%s %.3f %.3f %zu\n", name, (double) times[ROUNDS / 2] / 1000,
          (double) times[ROUNDS * 99 / 100] / 1000, sizes / ROUNDS);
  return TRUE;
}

/* Names of the 5,000 commonest characters' block, so that fonts grow as they would with a
 * real congress. */
static gboolean measure_book (BadgeTemplate *template_, GError **error)
{
  g_autofree char *path
      = g_strdup_printf ("%s/accueil-bench-%d.pdf", g_get_tmp_dir (), (int) getpid ());
  gint64 start = g_get_monotonic_time ();
  g_autoptr (BadgeBook) book = badge_book_new (path, 0, error);
  g_autofree char *file = NULL;
  gsize size = 0;

  for (guint i = 0; book != NULL && i < BOOK; i++) {
    const gunichar characters[]
        = { 0x4e00 + i * 37 % 5000, 0x4e00 + i * 91 % 5000, 0x4e00 + i * 53 % 5000 };
    g_autofree char *name
        = g_ucs4_to_utf8 (characters, G_N_ELEMENTS (characters), NULL, NULL, NULL),
        *label = g_strdup_printf ("FR-%05u · 1", i);
    BadgeContent content = person (i);

    content.name_zh = name;
    content.label = label;
    if (!badge_book_add (book, template_, &content, BADGE_FRONT, error))
      return FALSE;
  }
  if (book == NULL || !badge_book_finish (book, error))
    return FALSE;
  printf ("book %.3f", (double) (g_get_monotonic_time () - start) / 1e6);
  if (g_file_get_contents (path, &file, &size, NULL))
    printf (" %zu\n", size);
  remove (path);
  return TRUE;
}

static void print_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL)
      && (line = strstr (status, "VmRSS:")) != NULL)
    printf ("rss %ld\n", strtol (line + 6, NULL, 10));
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BadgeTemplate) template_ = NULL;
  gint64 start = g_get_monotonic_time ();
  BadgeContent content = person (0);

  if (argc != 3)
    return 2;
  if (badge_fonts_start (argv[2], &error))
    template_ = badge_template_load (argv[1], &error);
  g_autoptr (BadgeSheet) first = template_ != NULL ? draw_pdf (template_, &content, &error) : NULL;
  if (first != NULL)
    printf ("first %.3f\n", (double) (g_get_monotonic_time () - start) / 1000);
  if (first == NULL || !measure (template_, "raster", draw_raster, &error)
      || !measure (template_, "bits", draw_bits, &error)
      || !measure (template_, "pdf", draw_pdf, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  print_memory ();
  if (!measure_book (template_, &error)) {
    fprintf (stderr, "%s\n", error->message);
    return 1;
  }
  return 0;
}
