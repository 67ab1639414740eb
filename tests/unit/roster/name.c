/* The parts of names in one column or in several. */
#include "roster/name.h"

#include "core/text.h"

#include <string.h>

/* The text, the Chinese name of another column; family, given, 中文, title, function,
 * aside. What is left out is "". */
typedef const char *Row[8];

static void check (const Row row)
{
  g_autoptr (Name) name = name_new ();
  NameDoubt doubt = name_read (row[0], row[1] != NULL ? row[1] : "", name);
  const char *const got[]
      = { name->family, name->given, name->name_zh, name->title, name->function, name->aside };
  gboolean good = doubt == NAME_CLEAR;
  for (gsize i = 0; i < G_N_ELEMENTS (got); i++)
    good = good && g_strcmp0 (got[i], row[i + 2] != NULL ? row[i + 2] : "") == 0;
  if (good)
    return;
  g_test_message ("%s: doubt %d, family “%s”, given “%s”, 中文 “%s”, title “%s”, "
                  "function “%s”, "
                  "aside “%s”",
                  row[0], (int) doubt, got[0], got[1], got[2], got[3], got[4], got[5]);
  g_test_fail ();
}

static void check_all (const Row *rows, gsize count)
{
  for (gsize i = 0; i < count; i++)
    check (rows[i]);
}

static void test_capitals (void)
{
  static const Row ROWS[] = {
    { "DUPONT Jean", NULL, "DUPONT", "Jean" },
    { "Jean DUPONT", NULL, "DUPONT", "Jean" },
    { "  Jean   DUPONT ", NULL, "DUPONT", "Jean" },
    { "jean DUPONT", NULL, "DUPONT", "jean" },
    { "DUPONT Jean-Pierre", NULL, "DUPONT", "Jean-Pierre" },
    { "Jean-pierre DUPONT", NULL, "DUPONT", "Jean-pierre" },
    { "LE GOFF Anne-Laure", NULL, "LE GOFF", "Anne-Laure" },
    { "Anne-Laure LE GOFF", NULL, "LE GOFF", "Anne-Laure" },
    { "Anne-Laure Le GOFF", NULL, "Le GOFF", "Anne-Laure" },
    { "Émile D'ESTIENNE", NULL, "D'ESTIENNE", "Émile" },
    { "Valéry GISCARD d'ESTAING", NULL, "GISCARD d'ESTAING", "Valéry" },
    { "Valéry GISCARD d’ESTAING", NULL, "GISCARD d’ESTAING", "Valéry" },
    { "GISCARD d'ESTAING Valéry", NULL, "GISCARD d'ESTAING", "Valéry" },
    { "GISCARD d'Estaing Valéry", NULL, "GISCARD d'Estaing", "Valéry" },
    { "de GAULLE Charles", NULL, "de GAULLE", "Charles" },
    { "Charles de GAULLE", NULL, "de GAULLE", "Charles" },
    { "De GAULLE Charles", NULL, "De GAULLE", "Charles" },
    { "DE GAULLE Charles", NULL, "DE GAULLE", "Charles" },
    { "GAULLE Charles de", NULL, "de GAULLE", "Charles" },
    { "VELASQUEZ Y GARCIA Juan", NULL, "VELASQUEZ Y GARCIA", "Juan" },
    { "VELASQUEZ y GARCIA Juan", NULL, "VELASQUEZ y GARCIA", "Juan" },
    { "José ORTEGA Y GASSET", NULL, "ORTEGA Y GASSET", "José" },
    { "Juan de Dios MARTINEZ", NULL, "MARTINEZ", "Juan de Dios" },
    { "Maria da Conceição de SOUSA", NULL, "de SOUSA", "Maria da Conceição" },
    { "VAN DER BERG Jan", NULL, "VAN DER BERG", "Jan" },
    { "van der BERG Jan", NULL, "van der BERG", "Jan" },
    { "Jan van der BERG", NULL, "van der BERG", "Jan" },
    { "Jean-Claude Van DAMME", NULL, "Van DAMME", "Jean-Claude" },
    { "BEETHOVEN Ludwig van", NULL, "van BEETHOVEN", "Ludwig" },
    { "Ursula von der LEYEN", NULL, "von der LEYEN", "Ursula" },
    { "Jean de LA FONTAINE", NULL, "de LA FONTAINE", "Jean" },
    { "Jean de la FONTAINE", NULL, "de la FONTAINE", "Jean" },
    { "Ahmed EL FASSI", NULL, "EL FASSI", "Ahmed" },
    { "Ahmed El FASSI", NULL, "El FASSI", "Ahmed" },
    { "Mohamed Ben SALEM", NULL, "Ben SALEM", "Mohamed" },
    { "Ben SMITH", NULL, "SMITH", "Ben" },
    { "SMITH Ben", NULL, "SMITH", "Ben" },
    { "Al GORE", NULL, "GORE", "Al" },
    { "Leonardo di CAPRIO", NULL, "di CAPRIO", "Leonardo" },
    { "John McDONALD", NULL, "McDONALD", "John" },
    { "McDONALD John", NULL, "McDONALD", "John" },
    { "Sinéad O'CONNOR", NULL, "O'CONNOR", "Sinéad" },
    { "Kylian M'BAPPÉ", NULL, "M'BAPPÉ", "Kylian" },
    { "N'DIAYE Awa", NULL, "N'DIAYE", "Awa" },
    { "L'HOSTIS Maël", NULL, "L'HOSTIS", "Maël" },
    { "LʼHOSTIS Maël", NULL, "LʼHOSTIS", "Maël" },
    { "Maël l'HOSTIS", NULL, "l'HOSTIS", "Maël" },
    { "Antoine de SAINT-EXUPÉRY", NULL, "de SAINT-EXUPÉRY", "Antoine" },
    { "Saint-EXUPÉRY Antoine", NULL, "Saint-EXUPÉRY", "Antoine" },
    { "DUPONT-MARTIN Claire", NULL, "DUPONT-MARTIN", "Claire" },
    { "WEIß Jürgen", NULL, "WEIß", "Jürgen" },
    { "MÜLLER Jürgen", NULL, "MÜLLER", "Jürgen" },
    { "ŁUKASZEWSKI Łukasz", NULL, "ŁUKASZEWSKI", "Łukasz" },
    { "ИВАНОВ Иван", NULL, "ИВАНОВ", "Иван" },
    { "PAPADOPOULOS Γιώργος", NULL, "PAPADOPOULOS", "Γιώργος" },
    { "LE MAIRE Bruno", NULL, "LE MAIRE", "Bruno" },
    { "MAIRE Jean", NULL, "MAIRE", "Jean" },
    { "HE Wei", NULL, "HE", "Wei" },
    { "ZHANG Wei", NULL, "ZHANG", "Wei" },
    { "OUYANG Siyuan", NULL, "OUYANG", "Siyuan" },
    { "NGUYEN Van Duc", NULL, "NGUYEN", "Van Duc" },
  };
  check_all (ROWS, G_N_ELEMENTS (ROWS));
}

static void test_initials (void)
{
  static const Row ROWS[] = {
    { "MARTIN Jean P.", NULL, "MARTIN", "Jean P." },
    { "MARTIN Jean P", NULL, "MARTIN", "Jean P" },
    { "John A. DOE", NULL, "DOE", "John A." },
    { "John A DOE", NULL, "DOE", "John A" },
    { "A. DOE", NULL, "DOE", "A." },
    { "DOE A.", NULL, "DOE", "A." },
    { "J.-P. DUPONT", NULL, "DUPONT", "J.-P." },
    { "DUPONT J.-P.", NULL, "DUPONT", "J.-P." },
    { "J-P DUPONT", NULL, "DUPONT", "J-P" },
    { "J. R. R. TOLKIEN", NULL, "TOLKIEN", "J. R. R." },
    { "J.R.R. TOLKIEN", NULL, "TOLKIEN", "J.R.R." },
    { "Doe, John A.", NULL, "Doe", "John A." },
  };
  check_all (ROWS, G_N_ELEMENTS (ROWS));
}

static void test_commas (void)
{
  static const Row ROWS[] = {
    { "Dupont, Jean", NULL, "Dupont", "Jean" },
    { "Dupont,Jean", NULL, "Dupont", "Jean" },
    { "Dupont， Jean", NULL, "Dupont", "Jean" },
    { "DUPONT, Jean", NULL, "DUPONT", "Jean" },
    { "DUPONT, JEAN", NULL, "DUPONT", "JEAN" },
    { "LE GOFF, Anne", NULL, "LE GOFF", "Anne" },
    { "Le Goff, Anne", NULL, "Le Goff", "Anne" },
    { "de Gaulle, Charles", NULL, "de Gaulle", "Charles" },
    { "Gaulle, Charles de", NULL, "de Gaulle", "Charles" },
    { "La Fontaine, Jean de", NULL, "de La Fontaine", "Jean" },
    { "Beethoven, Ludwig van", NULL, "van Beethoven", "Ludwig" },
    { "Garcia Lorca, Federico", NULL, "Garcia Lorca", "Federico" },
    { "Giscard d'Estaing, Valéry", NULL, "Giscard d'Estaing", "Valéry" },
    { "M. Dupont, Jean", NULL, "Dupont", "Jean", NULL, "M." },
    { "Dupont, M. Jean", NULL, "Dupont", "Jean", NULL, "M." },
    { "Dupont, Jean, Maire de Lyon", NULL, "Dupont", "Jean", NULL, NULL, "Maire de Lyon" },
    { "DUPONT Jean, Maire de Lyon", NULL, "DUPONT", "Jean", NULL, NULL, "Maire de Lyon" },
    { "Jean DUPONT, Maire de Lyon", NULL, "DUPONT", "Jean", NULL, NULL, "Maire de Lyon" },
    { "Jean DUPONT, maire", NULL, "DUPONT", "Jean", NULL, NULL, "maire" },
    { "Mme Anne DURAND, Présidente", NULL, "DURAND", "Anne", NULL, "Mme", "Présidente" },
    { "Jean DUPONT, Directeur général, PhD", NULL, "DUPONT", "Jean", NULL, NULL,
      "Directeur général", "PhD" },
    { "Jean DUPONT, PhD", NULL, "DUPONT", "Jean", NULL, NULL, NULL, "PhD" },
    { "Dupont, Jean, Dr", NULL, "Dupont", "Jean", NULL, "Dr" },
    { "King, Martin Luther, Jr.", NULL, "King", "Martin Luther", NULL, NULL, NULL, "Jr." },
    { "King, Jr., Martin Luther", NULL, "King", "Martin Luther", NULL, NULL, NULL, "Jr." },
    { "DUPONT, Maire de Lyon", NULL, "DUPONT", NULL, NULL, NULL, "Maire de Lyon" },
  };
  check_all (ROWS, G_N_ELEMENTS (ROWS));
}

static void test_titles (void)
{
  static const Row ROWS[] = {
    { "M. Jean VALJEAN", NULL, "VALJEAN", "Jean", NULL, "M." },
    { "M. Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "M." },
    { "M Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "M" },
    { "Mme DURAND Marie-Claude", NULL, "DURAND", "Marie-Claude", NULL, "Mme" },
    { "MME DURAND Marie-Claude", NULL, "DURAND", "Marie-Claude", NULL, "MME" },
    { "mme DURAND Marie", NULL, "DURAND", "Marie", NULL, "mme" },
    { "Mlle Cosette FAUCHELEVENT", NULL, "FAUCHELEVENT", "Cosette", NULL, "Mlle" },
    { "Madame Anne DURAND", NULL, "DURAND", "Anne", NULL, "Madame" },
    { "Monsieur DUPONT", NULL, "DUPONT", NULL, NULL, "Monsieur" },
    { "M. Dupont", NULL, "Dupont", NULL, NULL, "M." },
    { "M. LE GOFF", NULL, "LE GOFF", NULL, NULL, "M." },
    { "Dr Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "Dr" },
    { "Dr. Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "Dr." },
    { "DR DUPONT Jean", NULL, "DUPONT", "Jean", NULL, "DR" },
    { "Pr Anne DURAND", NULL, "DURAND", "Anne", NULL, "Pr" },
    { "Prof. Anne DURAND", NULL, "DURAND", "Anne", NULL, "Prof." },
    { "Prof. Dr. Hans MÜLLER", NULL, "MÜLLER", "Hans", NULL, "Prof. Dr." },
    { "S.E. M. Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "S.E. M." },
    { "S.E.M. Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "S.E.M." },
    { "S. E. Mme Anne DURAND", NULL, "DURAND", "Anne", NULL, "S. E. Mme" },
    { "Son Excellence M. Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "Son Excellence M." },
    { "H.E. Mr. John DOE", NULL, "DOE", "John", NULL, "H.E. Mr." },
    { "Mr John DOE", NULL, "DOE", "John", NULL, "Mr" },
    { "Ms. Jane DOE", NULL, "DOE", "Jane", NULL, "Ms." },
    { "Sir Elton JOHN", NULL, "JOHN", "Elton", NULL, "Sir" },
    { "Me Paul MARTIN", NULL, "MARTIN", "Paul", NULL, "Me" },
    { "Maître Paul MARTIN", NULL, "MARTIN", "Paul", NULL, "Maître" },
    { "M. le Maire Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "M. le Maire" },
    { "Mme la Présidente Anne DURAND", NULL, "DURAND", "Anne", NULL, "Mme la Présidente" },
    { "M. l'Ambassadeur Jean DUPONT", NULL, "DUPONT", "Jean", NULL, "M. l'Ambassadeur" },
    { "Mme de LA MOTTE Jeanne", NULL, "de LA MOTTE", "Jeanne", NULL, "Mme" },
    { "DUPONT Jean (M.)", NULL, "DUPONT", "Jean", NULL, "M." },
    { "DUPONT Jean (Maire)", NULL, "DUPONT", "Jean", NULL, NULL, "Maire" },
    { "DUPONT Jean (Jeannot)", NULL, "DUPONT", "Jean", NULL, NULL, NULL, "Jeannot" },
    { "Jean DUPONT PhD", NULL, "DUPONT", "Jean", NULL, NULL, NULL, "PhD" },
    { "Jean DUPONT MBA", NULL, "DUPONT", "Jean", NULL, NULL, NULL, "MBA" },
    { "John DOE III", NULL, "DOE", "John", NULL, NULL, NULL, "III" },
    { "John DOE Jr.", NULL, "DOE", "John", NULL, NULL, NULL, "Jr." },
    { "DURAND née PETIT Marie", NULL, "DURAND", "Marie", NULL, NULL, NULL, "née PETIT" },
    { "Marie DURAND née PETIT", NULL, "DURAND", "Marie", NULL, NULL, NULL, "née PETIT" },
    { "Mme DURAND ép. MARTIN Jeanne", NULL, "DURAND", "Jeanne", NULL, "Mme", NULL, "ép. MARTIN" },
  };
  check_all (ROWS, G_N_ELEMENTS (ROWS));
}

static void test_single (void)
{
  static const Row ROWS[] = {
    { "Suharto", NULL, "Suharto" },
    { "SUHARTO", NULL, "SUHARTO" },
    { "Björk", NULL, "Björk" },
    { "de Gaulle", NULL, "de Gaulle" },
    { "EL FASSI", NULL, "EL FASSI" },
    { "Le Goff", NULL, "Le Goff" },
    { "Jean-Pierre", NULL, "Jean-Pierre" },
    { "Mme Nguyễn", NULL, "Nguyễn", NULL, NULL, "Mme" },
  };
  check_all (ROWS, G_N_ELEMENTS (ROWS));
}

static void test_hanzi (void)
{
  static const Row ROWS[] = {
    { "张伟", NULL, NULL, NULL, "张伟" },
    { "王 明", NULL, NULL, NULL, "王明" },
    { "张伟先生", NULL, NULL, NULL, "张伟", "先生" },
    { "张伟 先生", NULL, NULL, NULL, "张伟", "先生" },
    { "张伟（先生）", NULL, NULL, NULL, "张伟", "先生" },
    { "王芳女士", NULL, NULL, NULL, "王芳", "女士" },
    { "王部长", NULL, NULL, NULL, "王", "部长" },
    { "李明 副市长", NULL, NULL, NULL, "李明", "副市长" },
    { "欧阳思远教授", NULL, NULL, NULL, "欧阳思远", "教授" },
    { "陳偉先生", NULL, NULL, NULL, "陳偉", "先生" },
    { "张伟 ZHANG Wei", NULL, "Zhang", "Wei", "张伟" },
    { "张伟 Zhang Wei", NULL, "Zhang", "Wei", "张伟" },
    { "张伟 ZHANG WEI", NULL, "Zhang", "Wei", "张伟" },
    { "张伟 Wei Zhang", NULL, "Zhang", "Wei", "张伟" },
    { "ZHANG Wei 张伟", NULL, "Zhang", "Wei", "张伟" },
    { "ZHANG Wei (张伟)", NULL, "Zhang", "Wei", "张伟" },
    { "张伟（ZHANG Wei）", NULL, "Zhang", "Wei", "张伟" },
    { "张伟/ZHANG Wei", NULL, "Zhang", "Wei", "张伟" },
    { "张伟ZHANG Wei", NULL, "Zhang", "Wei", "张伟" },
    { "张伟 先生 ZHANG Wei", NULL, "Zhang", "Wei", "张伟", "先生" },
    { "张伟 Mr. ZHANG Wei", NULL, "Zhang", "Wei", "张伟", "Mr." },
    { "让·杜邦 Jean Dupont", NULL, "Dupont", "Jean", "让·杜邦" },
    { "让·杜邦 Jean DUPONT", NULL, "DUPONT", "Jean", "让·杜邦" },
    { "Jean DUPONT 让·杜邦", NULL, "DUPONT", "Jean", "让·杜邦" },
    { "让・杜邦 (Jean DUPONT)", NULL, "DUPONT", "Jean", "让・杜邦" },
    { "陈家豪 CHAN Ka Ho", NULL, "CHAN", "Ka Ho", "陈家豪" },
    { "ZHANG WEI", "张伟", "Zhang", "Wei" },
    { "Zhang Wei", "张伟", "Zhang", "Wei" },
    { "zhang wei", "张伟", "Zhang", "Wei" },
    { "WEI ZHANG", "张伟", "Zhang", "Wei" },
    { "ZhangWei", "张伟", "Zhang", "Wei" },
    { "zhangwei", "張偉", "Zhang", "Wei" },
    { "Zhāng Wěi", "张伟", "Zhang", "Wei" },
    { "Zhang, Wei", "张伟", "Zhang", "Wei" },
    { "Ouyang Siyuan", "欧阳思远", "Ouyang", "Siyuan" },
    { "OU YANG SI YUAN", "欧阳思远", "Ouyang", "Siyuan" },
    { "Lü Tao", "吕涛", "Lü", "Tao" },
    { "LV TAO", "吕涛", "Lv", "Tao" },
    { "Lu Tao", "吕涛", "Lu", "Tao" },
    { "Zeng Ming", "曾明", "Zeng", "Ming" },
    { "Le Le", "乐乐", "Le", "Le" },
    { "Wang Changjiang", "王长江", "Wang", "Changjiang" },
    { "Wang Zhangjiang", "王长江", "Wang", "Zhangjiang" },
    { "David Zhang", "张伟", "Zhang", "David" },
    { "Zhang David", "张伟", "Zhang", "David" },
  };
  check_all (ROWS, G_N_ELEMENTS (ROWS));
}

/* More than one reading is possible, or none: refused. */
static void test_doubt (void)
{
  static const struct {
    const char *text, *zh;
    NameDoubt doubt;
  } ROWS[] = {
    { "Jean Dupont", "", NAME_ORDER },
    { "JEAN DUPONT", "", NAME_ORDER },
    { "jean dupont", "", NAME_ORDER },
    { "M. Jean Dupont", "", NAME_ORDER },
    { "Charles de Gaulle", "", NAME_ORDER },
    { "DUPONT Jean MARTIN", "", NAME_ORDER },
    { "Jean DUPONT Marie", "", NAME_ORDER },
    { "JP MARTIN", "", NAME_ORDER },
    { "DUPONT de Nemours Pierre", "", NAME_ORDER },
    { "Q. T.", "", NAME_ORDER },
    { "DUPONT jean marie", "", NAME_ORDER },
    { "Jean, DUPONT", "", NAME_ORDER },
    { "DUPONT maire de Lyon", "", NAME_TAIL },
    { "DUPONT Jean Maire de Lyon", "", NAME_TAIL },
    { "DUPONT Jean, Paul", "", NAME_TAIL },
    { "Garcia MARQUEZ, Gabriel", "", NAME_TAIL },
    { "Dupont, Jean, Lyon", "", NAME_TAIL },
    { "Jean Dupont, Maire de Lyon", "", NAME_ORDER },
    { "Dupont,", "", NAME_ODD },
    { ", Jean", "", NAME_ODD },
    { "", "", NAME_ODD },
    { "-", "", NAME_ODD },
    { "M.", "", NAME_ODD },
    { "Mme", "", NAME_ODD },
    { "先生, 先生", "", NAME_ODD },
    { "DUPONT Jean 2", "", NAME_ODD },
    { "DUPONT Jean & Marie", "", NAME_ODD },
    { "jean@dupont.fr", "", NAME_ODD },
    { "DUPONT/MARTIN Jean", "", NAME_ODD },
    { "四川省人民对外友好协会", "", NAME_ODD },
    { "张伟 王芳 李明 赵强", "", NAME_ODD },
    { "张伟、王芳", "", NAME_ODD },
    { "Ka Ho Chan", "陈家豪", NAME_ORDER },
    { "Jean Dupont", "让·德·杜邦", NAME_ORDER },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autoptr (Name) name = name_new ();
    NameDoubt doubt = name_read (ROWS[i].text, ROWS[i].zh, name);
    if (doubt != ROWS[i].doubt) {
      g_test_message ("%s: %d instead of %d: “%s” “%s” “%s”", ROWS[i].text, (int) doubt,
                      (int) ROWS[i].doubt, name->family, name->given, name->function);
      g_test_fail ();
    }
  }
}

static void test_columns (void)
{
  static const struct {
    const char *in[3], *out[3]; /* family, given, name_zh */
  } ROWS[] = {
    { { "欧阳", "思远", "" }, { "", "", "欧阳思远" } },
    { { "王", "", "" }, { "", "", "王" } },
    { { "王", "Ming", "王明" }, { "", "Ming", "王明" } },
    { { "Wang", "Ming", "王明" }, { "Wang", "Ming", "王明" } },
    { { "", "买买提·艾合", "买买提·艾合" }, { "", "", "买买提·艾合" } },
    { { "", "", "" }, { "", "", "" } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *family = g_strdup (ROWS[i].in[0]), *given = g_strdup (ROWS[i].in[1]),
                    *name_zh = g_strdup (ROWS[i].in[2]);
    name_take_hanzi (&family, &given, &name_zh);
    g_assert_cmpstr (family, ==, ROWS[i].out[0]);
    g_assert_cmpstr (given, ==, ROWS[i].out[1]);
    g_assert_cmpstr (name_zh, ==, ROWS[i].out[2]);
  }
}

static void test_column_titles (void)
{
  static const char *const ROWS[][3] = {
    { "Mme DURAND", "DURAND", "Mme" },
    { "Dr Jean", "Jean", "Dr" },
    { "MAIRE", "MAIRE", "" },
    { "Maire", "Maire", "" },
    { "M.", "M.", "" },
    { "Jean P.", "Jean P.", "" },
    { "张伟先生", "张伟", "先生" },
    { "先生", "先生", "" },
    { "", "", "" },
    { "Le Maire", "Le Maire", "" },
    { "S.E. M. Jean", "Jean", "S.E. M." },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *name = g_strdup (ROWS[i][0]), *title = g_strdup ("");
    name_take_title (&name, &title);
    g_assert_cmpstr (name, ==, ROWS[i][1]);
    g_assert_cmpstr (title, ==, ROWS[i][2]);
  }
  g_autofree char *name = g_strdup ("Mme DURAND"), *title = g_strdup ("Dr");
  name_take_title (&name, &title);
  g_assert_cmpstr (title, ==, "Dr");
}

/* Whose Latin name follows from the hanzi; else how they are read, to ask by. */
static void test_pinyin (void)
{
  static const struct {
    const char *name_zh, *country, *latin, *read;
  } ROWS[] = {
    { "张伟", "", "Zhang Wei", "Zhang Wei" },
    { "张伟", "CN", "Zhang Wei", "Zhang Wei" },
    { "欧阳思远", "CN", "Ouyang Siyuan", "Ouyang Siyuan" },
    { "张伟", "FR", NULL, NULL },
    { "陳大文", "HK", NULL, NULL },
    { "陈志明", "SG", NULL, NULL },
    { "陳水扁", "TW", NULL, NULL },
    { "让·杜邦", "", NULL, NULL },
    { "让·杜邦", "FR", NULL, NULL },
    { "阿依古丽·买买提", "CN", NULL, NULL },
    { "阿卜杜热合曼", "CN", NULL, "Abudureheman" },
    { "阿卜杜热合曼", "", NULL, "Abudureheman" },
    { "扎西次仁", "CN", NULL, "Zhaxiciren" },
    { "岱林", "CN", NULL, "Dai Lin" },
    { "Zhang Wei", "CN", NULL, NULL },
    { "", "CN", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *family = NULL, *given = NULL;
    gboolean known = name_pinyin (ROWS[i].name_zh, ROWS[i].country, &family, &given);
    g_autofree char *latin = known ? g_strconcat (family, " ", given, NULL) : NULL,
                    *read = name_as_read (ROWS[i].name_zh, ROWS[i].country);
    g_assert_cmpstr (latin, ==, ROWS[i].latin);
    g_assert_cmpstr (read, ==, ROWS[i].read);
  }
}

/* Any text ends in a name or a doubt, with valid UTF-8; what is read has every letter of
 * the text somewhere. */
static void test_any_text (void)
{
  static const char *const PIECES[] = { "DUPONT", "Jean", "de", "M.",    ",",   "(",
                                        ")",      "张伟", "·",  "P.",    "née", "PhD",
                                        "d'",     "，",   "1",  "Maire", "Le",  "Ben",
                                        "Y",      "-",    "ß",  "先生",  "É",   "\xCC\x81" };
  guint32 seed = (guint32) g_test_rand_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (guint round = 0; round < 5000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (gint i = g_rand_int_range (rand, 0, 9); i > 0; i--)
      g_string_append_printf (text, "%s%s",
                              PIECES[g_rand_int_range (rand, 0, (gint32) G_N_ELEMENTS (PIECES))],
                              g_rand_boolean (rand) ? " " : "");
    g_autoptr (Name) name = name_new ();
    if (name_read (text->str, "", name) != NAME_CLEAR)
      continue;
    g_autofree char *all = g_strconcat (name->family, name->given, name->name_zh, name->title,
                                        name->function, name->aside, NULL);
    g_assert_true (g_utf8_validate (all, -1, NULL));
    if (*name->family == '\0' && *name->name_zh == '\0') {
      g_autofree char *escaped = g_strescape (text->str, NULL);
      g_test_message ("“%s” (%s): no family name of it", text->str, escaped);
      g_test_fail ();
    }
    g_autofree char *got = text_key (all), *wanted = text_key (text->str);
    if (strlen (got) != strlen (wanted)) {
      g_test_message ("“%s” became “%s”", text->str, all);
      g_test_fail ();
    }
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name/capitals", test_capitals);
  g_test_add_func ("/name/initials", test_initials);
  g_test_add_func ("/name/commas", test_commas);
  g_test_add_func ("/name/titles", test_titles);
  g_test_add_func ("/name/single", test_single);
  g_test_add_func ("/name/hanzi", test_hanzi);
  g_test_add_func ("/name/doubt", test_doubt);
  g_test_add_func ("/name/columns", test_columns);
  g_test_add_func ("/name/column-titles", test_column_titles);
  g_test_add_func ("/name/pinyin", test_pinyin);
  g_test_add_func ("/name/any-text", test_any_text);
  return g_test_run ();
}
