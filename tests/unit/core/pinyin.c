/* Readings of names in core/pinyin: surnames by table, plain readings against the Unicode
 * consortium's own where Debian's unicode-data is there. */
#include "core/pinyin.h"
#include "unit/core/unihan.h"

#include <string.h>

/* Surnames that are read otherwise than the common word: character, family name. */
static const char *const SURNAMES[][2] = {
  { "曾", "Zeng" },  { "单", "Shan" },  { "單", "Shan" }, { "仇", "Qiu" },  { "解", "Xie" },
  { "区", "Ou" },    { "區", "Ou" },    { "查", "Zha" },  { "朴", "Piao" }, { "乐", "Yue" },
  { "樂", "Yue" },   { "盖", "Ge" },    { "蓋", "Ge" },   { "缪", "Miao" }, { "繆", "Miao" },
  { "翟", "Zhai" },  { "召", "Shao" },  { "员", "Yun" },  { "贠", "Yun" },  { "洗", "Xian" },
  { "秘", "Bi" },    { "繁", "Po" },    { "覃", "Qin" },  { "折", "She" },  { "种", "Chong" },
  { "重", "Chong" }, { "祭", "Zhai" },  { "能", "Nai" },  { "佴", "Nai" },  { "逄", "Pang" },
  { "逢", "Pang" },  { "郇", "Xun" },   { "薄", "Bo" },   { "便", "Pian" }, { "隽", "Juan" },
  { "适", "Kuo" },   { "都", "Du" },    { "句", "Gou" },  { "炅", "Gui" },  { "还", "Huan" },
  { "圈", "Juan" },  { "角", "Jue" },   { "阚", "Kan" },  { "六", "Lu" },   { "粘", "Nian" },
  { "乜", "Nie" },   { "率", "Shuai" }, { "镡", "Tan" },  { "钭", "Tou" },  { "拓", "Tuo" },
  { "颉", "Xie" },   { "省", "Xing" },  { "么", "Yao" },  { "蔚", "Yu" },   { "藏", "Zang" },
  { "术", "Zhu" },   { "贲", "Ben" },   { "谌", "Chen" }, { "黑", "He" },   { "哈", "Ha" },
  { "卜", "Bu" },    { "佛", "Fo" },    { "沓", "Ta" },   { "铫", "Yao" },  { "任", "Ren" },
  { "华", "Hua" },   { "纪", "Ji" },    { "葛", "Ge" },   { "宁", "Ning" }, { "沈", "Shen" },
  { "石", "Shi" },   { "车", "Che" },   { "贾", "Jia" },  { "费", "Fei" },  { "尉", "Wei" },
  { "肖", "Xiao" },  { "叶", "Ye" },    { "应", "Ying" }, { "行", "Xing" }, { "相", "Xiang" },
  { "牟", "Mou" },   { "冼", "Xian" },  { "吕", "Lyu" },  { "王", "Wang" },
};

static void test_surnames (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SURNAMES); i++) {
    g_autofree char *name = g_strconcat (SURNAMES[i][0], "明", NULL);
    g_autofree char *family = NULL, *given = NULL;
    g_assert_true (pinyin_of_name (name, &family, &given));
    if (g_strcmp0 (family, SURNAMES[i][1]) != 0) {
      g_test_message ("%s: %s", SURNAMES[i][0], family);
      g_test_fail ();
    }
    g_assert_cmpstr (given, ==, "Ming");
    g_assert_cmpuint (pinyin_surname_length (name), ==, 1);
  }
}

static const char *const COMPOUNDS[][2] = {
  { "欧阳", "Ouyang" },   { "歐陽", "Ouyang" },    { "司马", "Sima" },     { "司馬", "Sima" },
  { "诸葛", "Zhuge" },    { "上官", "Shangguan" }, { "司徒", "Situ" },     { "夏侯", "Xiahou" },
  { "皇甫", "Huangfu" },  { "尉迟", "Yuchi" },     { "尉遲", "Yuchi" },    { "公孙", "Gongsun" },
  { "慕容", "Murong" },   { "长孙", "Zhangsun" },  { "宇文", "Yuwen" },    { "令狐", "Linghu" },
  { "轩辕", "Xuanyuan" }, { "东方", "Dongfang" },  { "西门", "Ximen" },    { "南宫", "Nangong" },
  { "独孤", "Dugu" },     { "端木", "Duanmu" },    { "百里", "Baili" },    { "呼延", "Huyan" },
  { "鲜于", "Xianyu" },   { "闾丘", "Lyuqiu" },    { "太史", "Taishi" },   { "申屠", "Shentu" },
  { "公羊", "Gongyang" }, { "公冶", "Gongye" },    { "濮阳", "Puyang" },   { "淳于", "Chunyu" },
  { "太叔", "Taishu" },   { "仲孙", "Zhongsun" },  { "钟离", "Zhongli" },  { "澹台", "Tantai" },
  { "赫连", "Helian" },   { "闻人", "Wenren" },    { "拓跋", "Tuoba" },    { "万俟", "Moqi" },
  { "司空", "Sikong" },   { "司寇", "Sikou" },     { "亓官", "Qiguan" },   { "公西", "Gongxi" },
  { "漆雕", "Qidiao" },   { "宰父", "Zaifu" },     { "谷梁", "Guliang" },  { "夹谷", "Jiagu" },
  { "壤驷", "Rangsi" },   { "左丘", "Zuoqiu" },    { "东郭", "Dongguo" },  { "南门", "Nanmen" },
  { "东门", "Dongmen" },  { "羊舌", "Yangshe" },   { "微生", "Weisheng" }, { "颛孙", "Zhuansun" },
  { "子车", "Ziju" },     { "巫马", "Wuma" },      { "第五", "Diwu" },     { "完颜", "Wanyan" },
  { "公玉", "Gongyu" },   { "南荣", "Nanrong" },   { "南榮", "Nanrong" },  { "仲长", "Zhongchang" },
  { "仉督", "Zhangdu" },  { "耶律", "Yelyu" },     { "纳兰", "Nalan" },    { "哥舒", "Geshu" },
  { "斛律", "Hulyu" },
};

static void test_compounds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (COMPOUNDS); i++) {
    g_autofree char *name = g_strconcat (COMPOUNDS[i][0], "思远", NULL);
    g_autofree char *family = NULL, *given = NULL;
    g_assert_true (pinyin_of_name (name, &family, &given));
    g_assert_cmpstr (family, ==, COMPOUNDS[i][1]);
    g_assert_cmpstr (given, ==, "Siyuan");
    g_assert_cmpuint (pinyin_surname_length (name), ==, 2);
    /* of two characters in all, it is a surname of one and a given name */
    g_assert_cmpuint (pinyin_surname_length (COMPOUNDS[i][0]), ==, 1);
  }
}

static void test_names (void)
{
  static const struct {
    const char *name, *family, *given;
  } ROWS[] = {
    { "欧阳 思远", "Ouyang", "Siyuan" },
    { " 王西安", "Wang", "Xian" },
    { "吕女略", "Lyu", "Nyulyue" },
    { "张娜", "Zhang", "Na" },
    { "查济民", "Zha", "Jimin" },
    { "单于明", "Shan", "Yuming" },
    { "贺兰英", "He", "Lanying" },
    { "买买提·艾山", "Aishan", "Maimaiti" },
    { "阿依古丽•买买提・艾合买提", "Aihemaiti", "Ayiguli Maimaiti" },
    { "欧阳·曾", "Zeng", "Ouyang" },
    { "李重庆", "Li", "Chongqing" },
    { "卜凡", "Bu", "Fan" },
    { "张晟", "Zhang", "Sheng" },
    { "王长江", "Wang", "Changjiang" },
    { "胡长治", "Hu", "Changzhi" },
    { "王長江", "Wang", "Changjiang" },
    { "李朝霞", "Li", "Zhaoxia" },
    { "李似玉", "Li", "Siyu" },
    { "重庆", "Chong", "Qing" },
    { "王明·", "Wang", "Ming" },
    { "让·Dupont", NULL, NULL },
    { "王", "Wang", "" },
    { "王䶮", "Wang", "Yan" },
    { "李𬭶", "Li", "Hei" },
    { "Émile", NULL, NULL },
    { "A王", NULL, NULL },
    { "", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *family = NULL, *given = NULL;
    g_assert_cmpint (pinyin_of_name (ROWS[i].name, &family, &given), ==, ROWS[i].family != NULL);
    g_assert_cmpstr (family, ==, ROWS[i].family);
    g_assert_cmpstr (given, ==, ROWS[i].given);
  }
  g_assert_cmpuint (pinyin_surname_length ("Émile"), ==, 0);
  g_assert_cmpuint (pinyin_surname_length ("阿依古丽·买买提"), ==, 0);
}

static void test_syllables (void)
{
  g_auto (GStrv) plain = pinyin_syllables ("a 曾、明!");
  g_auto (GStrv) named = pinyin_name_syllables ("曾明");
  g_autofree char *a = g_strjoinv (" ", plain), *b = g_strjoinv (" ", named);
  g_assert_cmpstr (a, ==, "zeng ming");
  g_assert_cmpstr (b, ==, "zeng ming");
}

static void test_divide (void)
{
  static const char *const ROWS[][4] = {
    { "张伟", "ZHANG WEI", "Zhang", "Wei" },
    { "张伟", "wei zhang", "Zhang", "Wei" },
    { "張偉", "ZhangWei", "Zhang", "Wei" },
    { "吕略", "LÜ Lüè", "Lü", "Lüe" },
    { "吕略", "LV LVE", "Lv", "Lve" },
    { "吕略", "Lyu Lyue", "Lyu", "Lyue" },
    { "尉迟敬德", "Yuchi Jingde", "Yuchi", "Jingde" },
    { "王长江", "Zhangjiang Wang", "Wang", "Zhangjiang" },
    { "单丽", "SHAN LI", "Shan", "Li" },
    { "王", "Wang", "Wang", "" },
    { "张伟", "David Zhang", NULL, NULL },
    { "张伟", "Zhang", NULL, NULL },
    { "张伟", "Zhang Wei 2", NULL, NULL },
    { "张伟", "", NULL, NULL },
    { "让·杜邦", "Rang Dubang", NULL, NULL },
    { "Wei", "Wei", NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *family = NULL, *given = NULL;
    g_assert_cmpint (pinyin_divide (ROWS[i][0], ROWS[i][1], &family, &given), ==,
                     ROWS[i][2] != NULL);
    g_assert_cmpstr (family, ==, ROWS[i][2]);
    g_assert_cmpstr (given, ==, ROWS[i][3]);
  }
  g_autofree char *endless = g_strnfill (10000, 'a'), *family = NULL, *given = NULL;
  g_assert_false (pinyin_divide ("张伟", endless, &family, &given));
  g_assert_true (pinyin_spells_surname ("曾明", "ZENG"));
  g_assert_true (pinyin_spells_surname ("欧阳思远", "Ouyang"));
  g_assert_false (pinyin_spells_surname ("欧阳思远", "Ou"));
  g_assert_false (pinyin_spells_surname ("曾明", ""));
}

static void test_split (void)
{
  static const char *const ROWS[][2] = { { "王乐", "乐" }, { "乐明", "" }, { "李重庆", "" },
                                         { "李重", "重" }, { "王明", "" }, { "欧阳乐行", "乐行" },
                                         { "让·乐", "" },  { "", "" },     { "王長樂", "樂" } };
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++) {
    g_autofree char *split = pinyin_split_characters (ROWS[i][0]);
    g_assert_cmpstr (split, ==, ROWS[i][1]);
  }
}

/* "nǚ" of Unihan → "nyu". */
static char *unihan_plain (const char *marked)
{
  g_autofree char *apart = g_utf8_normalize (marked, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *p = apart; *p != '\0'; p += g_utf8_skip[(guchar) *p]) {
    gunichar c = g_utf8_get_char (p);
    if (c < 0x80)
      g_string_append_c (plain, (char) c);
    else if (c == 0x308) {
      g_string_truncate (plain, plain->len - 1);
      g_string_append (plain, "yu");
    }
  }
  return g_strdup (plain->str);
}

static void test_unihan (void)
{
  g_autofree char *text = unihan_text ();
  if (text == NULL) {
    g_test_skip ("unicode-data is not installed");
    return;
  }
  guint checked = 0, differ = 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 3);
    if (g_strv_length (parts) != 3 || strcmp (parts[1], "kMandarin") != 0)
      continue;
    char character[7] = "";
    g_unichar_to_utf8 ((gunichar) g_ascii_strtoull (parts[0] + 2, NULL, 16), character);
    g_auto (GStrv) first = g_strsplit (parts[2], " ", 2);
    g_autofree char *wanted = unihan_plain (first[0]);
    g_auto (GStrv) read = pinyin_syllables (character);
    checked++;
    if (g_strcmp0 (read[0], wanted) != 0) {
      differ++;
      g_test_message ("%s: %s here, %s in Unihan", character, read[0], wanted);
    }
  }
  g_test_message ("%u characters, %u differ", checked, differ);
  g_assert_cmpuint (checked, >, 40000);
  g_assert_cmpuint (differ, <=, 200); /* where names are read otherwise: core/readings.h */
}

static gpointer read_all (gpointer data)
{
  guint read = 0;
  for (gunichar c = 0x4E00; c < 0x5600; c++) {
    char character[7] = "";
    g_unichar_to_utf8 (c, character);
    g_auto (GStrv) syllables = pinyin_syllables (character);
    read += syllables[0] != NULL && *syllables[0] != '\0';
  }
  return GUINT_TO_POINTER (read);
}

static void test_threads (void)
{
  GThread *threads[4];
  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("read", read_all, NULL);
  guint read[4];
  for (guint i = 0; i < 4; i++)
    read[i] = GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_assert_cmpuint (read[0], >, 0x7F0); /* ICU knows no reading of a few */
  for (guint i = 1; i < 4; i++)
    g_assert_cmpuint (read[i], ==, read[0]);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pinyin/threads", test_threads);
  g_test_add_func ("/pinyin/surnames", test_surnames);
  g_test_add_func ("/pinyin/compounds", test_compounds);
  g_test_add_func ("/pinyin/names", test_names);
  g_test_add_func ("/pinyin/syllables", test_syllables);
  g_test_add_func ("/pinyin/divide", test_divide);
  g_test_add_func ("/pinyin/split", test_split);
  g_test_add_func ("/pinyin/unihan", test_unihan);
  return g_test_run ();
}
