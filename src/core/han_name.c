#include "core/han_name.h"

#include "core/pinyin.h"
#include "core/simplified.h"
#include "core/surnames.h"
#include "core/text.h"

#include <pthread.h>
#include <string.h>

#define CHINESE_MAX 4 /* characters */

/* Surnames that are first of all syllables of other languages. */
static const char NO_SURNAMES[] = "巴阿乌诺玉哈斯";

/* In a given name they stand for a sound. */
static const char SOUNDS[]
    = "吐帕扎堆勒埃弗茨别顿肉汗错俄萨索比莱瓦乌托塔买热尕汀提卡尼嘎姆吾孜措玛洛拉巴不";

/* What names of other languages are made of, in their usual transcriptions. No two begin
 * with the same two characters. */
static const char SYLLABLES[] =
    /* Tibetan */
    "扎西 次仁 次旺 次旦 次登 次央 次珍 次成 卓玛 卓嘎 多吉 多杰 尼玛 达娃 "
    "达瓦 洛桑 罗桑 罗布 洛松 丹增 旦增 丹巴 格桑 格列 格勒 旺堆 旺姆 旺扎 "
    "旺久 旺修 央金 央宗 央吉 央珍 央措 白玛 边巴 普布 普琼 巴桑 巴珠 拉姆 "
    "拉巴 拉珍 拉毛 拉加 拉旺 平措 彭措 顿珠 顿旦 仁增 仁钦 仁措 曲珍 曲扎 "
    "曲吉 曲旦 曲措 德央 索朗 索南 嘎玛 嘎松 噶玛 尕藏 尕玛 强巴 向巴 香巴 "
    "阿旺 贡布 贡嘎 贡觉 贡桑 贡确 晋巴 班典 班丹 班觉 班玛 土登 土旦 江央 "
    "江措 嘉措 嘉央 加央 降央 降初 降措 才让 才旦 才项 杰布 更登 更太 更尕 "
    "公保 公布 南加 南卡 娘吉 项欠 群觉 群措 玉措 白姆 桑姆 桑珠 央姆 云旦 "
    "赤列 赤来 斯郎 斯朗 四郎 泽翁 泽让 志玛 俄珠 俄色 确吉 确旦 华旦 完么 "
    "完德 扎加 扎巴 西绕 喜绕 协绕 米玛 拥珍 拥措 拥中 永措 坚赞 坚参 列西 "
    "晓拉 益西 意西 依西 索多 罗追 昂旺 阿佳 热旦 热杰 热布 却吉 却杰 旦正 "
    "旦珠 "
    /* Uyghur, Kazakh and their neighbours */
    "买买 麦麦 买合 麦合 买提 麦提 麦尔 买尔 古丽 吐尔 图尔 吐逊 托合 托呼 "
    "托乎 热合 热孜 热依 热比 热娜 艾合 艾尼 艾力 艾山 艾则 艾孜 艾买 艾麦 "
    "艾尔 艾沙 艾散 艾比 艾克 依布 依斯 依力 依米 伊力 伊斯 伊布 伊敏 伊马 "
    "亚库 玉山江 木沙 木合 木拉 木塔 穆合 穆罕 穆萨 穆塔 努尔 努日 努斯 吾买 "
    "吾斯 吾拉 吾甫 乌斯 乌买 乌布 尼牙 尼亚 尼加 祖农 祖力 祖木 帕提 帕尔 "
    "帕夏 帕孜 帕力 沙吾 沙塔 沙依 沙比 沙力 沙迪 萨比 萨吾 萨依 萨拉 赛买 "
    "赛力 赛福 赛迪 司马义 克里木 克力木 克尤 加马 加帕 卡德 卡地 卡米 卡力 "
    "哈斯 哈力 哈丽 哈米 海米 海尼 库尔 库热 肉孜 肉先 如孜 茹仙 茹克 茹扎 "
    "斯马 塔依 塔西 塔吉 铁力 巴合 巴哈 叶尔 叶斯 别克 提江 合提 合木 木提 "
    "力木 夏提 夏依 米热 米尔 买苏 玛丽 玛依 阿不 阿卜 阿布 阿迪 阿里 阿依 "
    "阿米 阿扎 阿力 阿合 阿比 阿孜 阿尔 阿曼 阿娜 阿地 达吾 达尼 达木 迪里 "
    "再努 再娜 早热 孜亚 居马 居来 居麦 则亚 喀迪 艾热 布海 布左 布威 坎曼 "
    "奴尔 沙黑 "
    /* Mongolian */
    "巴特 巴图 巴雅 巴音 巴根 白乙 宝音 布和 布仁 布日 布赫 额尔 额日 敖登 "
    "敖特 敖其 敖日 斯琴 斯日 苏日 苏布 蒙克 满都 那仁 那顺 那日 那木 那存 "
    "娜日 乌兰 乌云 乌力 乌日 乌尼 乌仁 乌恩 其木 其格 格日 格根 高娃 图雅 "
    "图门 图布 托娅 萨仁 萨日 萨其 萨如 赛音 赛罕 阿古 阿拉 阿木 阿斯 阿茹 "
    "呼和 呼斯 呼日 呼格 哈日 哈达 特木 特日 特格 铁木 通拉 腾格 吉日 德格 "
    "道日 道尔 莫日 牧仁 牧其 恩和 恩克 查干 查苏 浩斯 达来 达日 达古 扎木 "
    "扎那 希日 希吉 沙日 沙仁 哈丹 必力 毕力格 昂沁 苏力德 嘎日 嘎拉 浩日 "
    "伊日 伊拉 义日 官布 诺敏 诺日 塔娜 塔拉 青格 赫日 "
    /* Yi, European, Japanese */
    "吉克 吉木 吉伍 吉尔 阿苏 阿约 沙马 沙玛 木乃 曲比 曲木 曲么 尔古 尔日 "
    "尔布 贾巴 俄木 的日 加巴 瓦扎 依火 勒格 果基 热古 布什 皮埃 皮耶 弗朗 "
    "菲利 约翰 亨利 查理 查尔 雷蒙 雷诺 杜邦 安德烈 安东尼 伊莎 贝尔 布朗 "
    "雅克 保罗 米歇 路易 玛格 玛蒂 卡特 凯瑟 让保 让皮 尼古 塞巴 弗雷 弗洛 "
    "帕特 蒂埃 热拉 热罗 德尼 西蒙 史密 彼得 保尔 詹姆 迈克 托马 麦克 威廉 "
    "理查 娜塔 索菲 艾米 艾玛 夏洛 夏尔 "
    "";
/* The same at the beginning only: behind a surname they are Chinese given names too. */
static const char BEGINNINGS[]
    = "云登 云丹 江村 江白 单增 晋美 普珍 边珍 泽仁 海来 大卫 马克 马修 马丁 "
      "乔治 朝鲁 米吉 孟根 孟克 叶克 马苏 马木 马合 马依 古兰 伊丽 卓雅 夏木 "
      "桑杰 苏伦 叶力 罗贝 罗伯 武田 池田 吉田 吉川 石井 石川 高桥 黑田 安倍 "
      "";

typedef struct {
  GHashTable *no_surnames, *sounds;   /* sets of characters */
  GHashTable *syllables, *beginnings; /* the first two characters, allocated → the rest */
} Tables;

static Tables tables;

static GHashTable *characters_of (const char *text)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);
  for (const char *c = text; *c != '\0'; c = text_next (c))
    g_hash_table_add (set, GUINT_TO_POINTER (g_utf8_get_char (c)));
  return set;
}

static gint64 pair_of (gunichar first, gunichar second)
{
  return ((gint64) first << 32) | second;
}

/* Each word has a space behind it. */
static GHashTable *words_of (const char *text)
{
  GHashTable *words = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (const char *word = text; *word != '\0'; word = strchr (word, ' ') + 1) {
    const char *second = text_next (word);
    gint64 pair = pair_of (g_utf8_get_char (word), g_utf8_get_char (second));
    g_hash_table_insert (words, g_memdup2 (&pair, sizeof pair),
                         (gpointer) (guintptr) text_next (second));
  }
  return words;
}

static void make_tables (void)
{
  tables.no_surnames = characters_of (NO_SURNAMES);
  tables.sounds = characters_of (SOUNDS);
  tables.syllables = words_of (SYLLABLES);
  tables.beginnings = words_of (BEGINNINGS);
}

/* The characters of a name, simplified; only so many as matter. */
typedef struct {
  gunichar han[CHINESE_MAX + 1];
  guint count;
  gboolean other; /* a dot, or what no Chinese name has */
} Characters;

static Characters characters_read (const char *name)
{
  Characters read = { .count = 0 };
  for (const char *p = name; *p != '\0' && read.count <= CHINESE_MAX; p = text_next (p)) {
    gunichar c = g_utf8_get_char (p);
    if (text_is_han (c))
      read.han[read.count++] = simplified_of (c);
    else if (!g_unichar_isspace (c))
      read.other = TRUE;
  }
  return read;
}

/* A word of @words begins with the two characters at @at and goes on as they do. */
static gboolean is_word (const Characters *name, guint at, GHashTable *words)
{
  gint64 pair = pair_of (name->han[at], name->han[at + 1]);
  const char *rest = g_hash_table_lookup (words, &pair);
  if (rest == NULL)
    return FALSE;
  return *rest == ' ' || (at + 2 < name->count && g_utf8_get_char (rest) == name->han[at + 2]);
}

static gboolean has_syllables (const Characters *name)
{
  for (guint at = 0; at + 1 < name->count; at++)
    if (is_word (name, at, tables.syllables) || (at == 0 && is_word (name, at, tables.beginnings)))
      return TRUE;
  return FALSE;
}

static gboolean is_surname (gunichar c)
{
  char text[7] = "";
  if (g_hash_table_contains (tables.no_surnames, GUINT_TO_POINTER (c)))
    return FALSE;
  g_unichar_to_utf8 (c, text);
  return surnames_rank (text) > 0;
}

/* One surname or two, and a given name that one reads as such. */
static gboolean is_chinese (const Characters *name, guint surname)
{
  if (surname == 1 && !is_surname (name->han[0]))
    return FALSE;
  if (surname == 1 && name->count == CHINESE_MAX && !is_surname (name->han[1]))
    return FALSE;
  for (guint i = surname; i < name->count; i++)
    if (g_hash_table_contains (tables.sounds, GUINT_TO_POINTER (name->han[i])))
      return FALSE;
  return TRUE;
}

HanNameKind han_name_kind (const char *name)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, make_tables);
  const Characters characters = characters_read (name);
  if (characters.other || characters.count == 0 || characters.count > CHINESE_MAX
      || has_syllables (&characters))
    return HAN_NAME_OTHER;
  return is_chinese (&characters, pinyin_surname_length (name)) ? HAN_NAME_CHINESE
                                                                : HAN_NAME_UNSURE;
}

guint han_name_surname_length (const char *name)
{
  return han_name_kind (name) == HAN_NAME_CHINESE ? pinyin_surname_length (name) : 0;
}
