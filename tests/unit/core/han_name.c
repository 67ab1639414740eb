/* Which names in hanzi are Chinese ones, by tables of each kind. */
#include "core/han_name.h"

#include <string.h>

/* Names, separated by spaces, that are all of that kind. */
static void check (HanNameKind kind, const char *names)
{
  g_auto (GStrv) all = g_strsplit (names, " ", -1);
  for (guint i = 0; all[i] != NULL; i++)
    if (han_name_kind (all[i]) != kind) {
      g_test_message ("%s: %d instead of %d", all[i], han_name_kind (all[i]), kind);
      g_test_fail ();
    }
}

static void test_chinese (void)
{
  check (
      HAN_NAME_CHINESE,
      "王伟 张娜 李重庆 曾国藩 单雄信 欧阳思远 司马光 诸葛亮 尉迟敬德 上官婉儿 吕䶮 查济民 葉問 劉德華 "
      "王 孟和平 马海军 古力 白玉 边疆 达奚武 那英 麦家 艾青 艾未未");
}

static void test_double_surnames (void)
{
  check (HAN_NAME_CHINESE, "陈方安生 范徐丽泰 张李子涵 王杨思远");
}

static void test_other (void)
{
  check (
      HAN_NAME_OTHER,
      "扎西次仁 扎西 次仁 卓玛 白玛央金 索朗多吉 平措旺堆 班典 罗布顿珠 单增 江村罗布 丹增嘉措 强巴赤列 "
      "旺姆 拉巴次仁 才让卓玛 向巴平措 噶玛卓玛");
  check (
      HAN_NAME_OTHER,
      "阿卜杜热合曼 买买提 麦麦提明 古丽娜 艾合买提 努尔白克力 吐尔逊 热依汗 帕提古丽 马合木提 司马义 "
      "沙吾提 克里木 哈力克 叶尔江 别克");
  check (
      HAN_NAME_OTHER,
      "乌云其其格 斯琴高娃 巴特尔 那顺 娜仁花其格 苏日娜 额尔德尼 敖登 布和 朝鲁 其木格 呼和 毕力格");
  check (HAN_NAME_OTHER,
         "让·杜邦 阿依古丽·买买提 买买提•艾山 马克龙 让皮埃尔 弗朗索瓦 约翰 迈克尔 吉克隽逸 "
         "武田信玄 Jean 让Dupont");
  g_assert_cmpint (han_name_kind (""), ==, HAN_NAME_OTHER);
  g_assert_cmpint (han_name_kind ("扎西 次仁"), ==, HAN_NAME_OTHER);
}

static void test_unsure (void)
{
  check (HAN_NAME_UNSURE,
         "德吉 岩温 玉香罕 山本太郎 田中角荣 佐藤健 王一诺言 李买子 张措 阿明 赛金花 哈文 乌以风");
}

static void test_surname (void)
{
  g_assert_cmpuint (han_name_surname_length ("王伟"), ==, 1);
  g_assert_cmpuint (han_name_surname_length ("欧阳思远"), ==, 2);
  g_assert_cmpuint (han_name_surname_length ("扎西次仁"), ==, 0);
  g_assert_cmpuint (han_name_surname_length ("让·杜邦"), ==, 0);
  g_assert_cmpuint (han_name_surname_length ("Jean"), ==, 0);
}

/* Any text is of some kind. */
static void test_any_text (void)
{
  static const char *const PIECES[]
      = { "王", "买", "其", "格", "·", " ", "a", "司", "马", "义", "𬱟" };
  guint32 seed = (guint32) g_test_rand_int ();
  g_test_message ("seed %u", seed);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  for (guint round = 0; round < 20000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (gint i = g_rand_int_range (rand, 0, 8); i > 0; i--)
      g_string_append (text, PIECES[g_rand_int_range (rand, 0, (gint32) G_N_ELEMENTS (PIECES))]);
    HanNameKind kind = han_name_kind (text->str);
    g_assert_cmpint (kind, <=, HAN_NAME_OTHER);
    g_assert_true (kind == HAN_NAME_CHINESE || han_name_surname_length (text->str) == 0);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/han-name/chinese", test_chinese);
  g_test_add_func ("/han-name/double-surnames", test_double_surnames);
  g_test_add_func ("/han-name/other", test_other);
  g_test_add_func ("/han-name/unsure", test_unsure);
  g_test_add_func ("/han-name/surname", test_surname);
  g_test_add_func ("/han-name/any-text", test_any_text);
  return g_test_run ();
}
