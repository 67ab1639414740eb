#include "roster/heading.h"

#include "core/text.h"

#include <pthread.h>
#include <string.h>

/* The table of headings. The number of a row (N°, 序号) is not in it: it changes with the
 * order of the list, and a reference must not. Synonyms are separated by |; the first of
 * each language is the one that messages name. */
static const struct {
  Field field;
  const char *french, *chinese, *english;
} HEADINGS[] = {
  { FIELD_REFERENCE,
    "référence|réf|numéro d'inscription|n° d'inscription|identifiant|matricule|dossier",
    "编号|报名编号|注册编号|注册号|参会编号|编码",
    "reference|ref|id|registration|registration number|registration id" },
  { FIELD_TITLE, "civilité|titre", "称谓|称呼|尊称", "title|salutation|honorific" },
  { FIELD_FAMILY, "nom|nom de famille|nom (latin)|nom d'usage",
    "姓|姓氏|姓（拼音）|姓拼音|拼音姓|姓（外文）", "family name|surname|last name|family" },
  { FIELD_GIVEN, "prénom|prénoms|prénom (latin)", "名|名字|名（拼音）|名拼音|拼音名|名（外文）",
    "given name|first name|given names|forename|given" },
  { FIELD_FULL_NAME, "nom complet|nom et prénom|nom prénom|prénom et nom|participant|délégué",
    "姓名（拼音）|姓名拼音|外文姓名|拼音", "name|full name|participant|delegate" },
  { FIELD_NAME_ZH, "nom chinois|nom (chinois)|nom en chinois|nom en hanzi",
    "姓名|中文姓名|中文名|姓名（中文）",
    "chinese name|name (chinese)|name in chinese|name zh|name_zh" },
  { FIELD_FUNCTION, "", "", "function|job title|position|job|role title" },
  { FIELD_FUNCTION_FR, "fonction|fonctions|poste|qualité|fonction (français)|fonction (fr)",
    "职务（法文）|职务（法语）|法文职务|职位（法文）",
    "function (french)|position (french)|job title (french)|function fr|function_fr" },
  { FIELD_FUNCTION_ZH, "fonction (chinois)|fonction en chinois|fonction (zh)",
    "职务|职位|职称|职务（中文）|中文职务",
    "function (chinese)|position (chinese)|job title (chinese)|function zh|function_zh" },
  { FIELD_ORGANISATION, "", "", "organisation|organization|company|institution|employer" },
  { FIELD_ORGANISATION_FR,
    "organisme|structure|collectivité|établissement|société|organisme (français)|organisme (fr)",
    "单位（法文）|单位（法语）|法文单位|机构（法文）",
    "organisation (french)|organization (french)|organisation fr|organisation_fr" },
  { FIELD_ORGANISATION_ZH, "organisme (chinois)|organisme en chinois|organisme (zh)",
    "单位|机构|工作单位|所在单位|公司|单位（中文）|中文单位",
    "organisation (chinese)|organization (chinese)|organisation zh|organisation_zh" },
  { FIELD_CATEGORY, "catégorie|type|type de participant", "类别|类型|身份|代表类别|参会类别",
    "category|participant type|type of participant" },
  { FIELD_DELEGATION, "délégation|groupe", "代表团|团组|团队", "delegation|group" },
  { FIELD_COUNTRY, "pays|nationalité", "国家|国籍|国别|国家/地区", "country|nationality" },
  { FIELD_EMAIL, "courriel|adresse électronique|e-mail|mél|adresse e-mail|mail",
    "电子邮箱|邮箱|电子邮件|电邮", "email|email address|mail address" },
  { FIELD_EVENTS, "événements|événement|manifestations|inscrit à", "活动|参加活动|报名活动",
    "events|event" },
  { FIELD_DAYS, "jours|jour|dates|date|jours de présence|présence", "日期|参会日期|天数|参加日期",
    "days|day|attendance" },
  { FIELD_WORKSHOPS, "ateliers|atelier|sessions|choix d'ateliers", "分论坛|论坛|研讨会|工作坊|专题",
    "workshops|workshop|sessions|session" },
  { FIELD_ROLE, "rôle|rôles|intervention", "角色|发言角色|任务", "role|roles|part" },
  { FIELD_MEALS, "repas|restauration|déjeuners", "用餐|餐饮|就餐", "meals|meal|catering" },
  { FIELD_TRANSPORT, "transport|transports|transport local|navette", "交通|接送|用车|班车",
    "transport|transportation|shuttle" },
  { FIELD_HEADSET, "casque|casque d'interprétation|interprétation|traduction simultanée",
    "同传耳机|耳机|同传|同声传译|翻译耳机", "headset|interpretation|headphones" },
  { FIELD_HOTEL, "hôtel|hébergement", "酒店|宾馆|住宿|下榻酒店", "hotel|accommodation" },
  { FIELD_LANGUAGE, "langue|canal|langue d'interprétation|langue parlée", "语言|语种|频道|工作语言",
    "language|channel|interpretation language" },
  { FIELD_CODE, "code|code-barres|code QR|code externe", "二维码|条码|代码|外部代码",
    "code|barcode|QR code|external code" },
  { FIELD_RIBBONS, "ruban|rubans|mention|mentions", "丝带|标识|绶带", "ribbon|ribbons" },
  { FIELD_PROTOCOL, "protocole|arrivée discrète|discret", "礼宾|低调|保密",
    "protocol|discreet|quiet" },
  { FIELD_REVOKED, "annulé|annulation|désisté|retiré", "取消|已取消|作废|撤销",
    "revoked|cancelled|canceled|withdrawn" },
};

static const char *const NAMES[FIELD_COUNT] = {
  [FIELD_REFERENCE] = "référence · 编号 · reference",
  [FIELD_TITLE] = "civilité · 称谓 · title",
  [FIELD_FAMILY] = "nom · 姓 · family name",
  [FIELD_GIVEN] = "prénom · 名 · given name",
  [FIELD_FULL_NAME] = "nom complet · 外文姓名 · name",
  [FIELD_NAME_ZH] = "nom chinois · 姓名 · Chinese name",
  [FIELD_FUNCTION] = "function",
  [FIELD_FUNCTION_FR] = "fonction · 职务（法文）",
  [FIELD_FUNCTION_ZH] = "fonction (chinois) · 职务",
  [FIELD_ORGANISATION] = "organisation",
  [FIELD_ORGANISATION_FR] = "organisme · 单位（法文）",
  [FIELD_ORGANISATION_ZH] = "organisme (chinois) · 单位",
  [FIELD_CATEGORY] = "catégorie · 类别 · category",
  [FIELD_DELEGATION] = "délégation · 代表团 · delegation",
  [FIELD_COUNTRY] = "pays · 国家 · country",
  [FIELD_EMAIL] = "courriel · 电子邮箱 · email",
  [FIELD_EVENTS] = "événements · 活动 · events",
  [FIELD_DAYS] = "jours · 日期 · days",
  [FIELD_WORKSHOPS] = "ateliers · 分论坛 · workshops",
  [FIELD_ROLE] = "rôle · 角色 · role",
  [FIELD_MEALS] = "repas · 用餐 · meals",
  [FIELD_TRANSPORT] = "transport · 交通",
  [FIELD_HEADSET] = "casque · 同传耳机 · headset",
  [FIELD_HOTEL] = "hôtel · 酒店 · hotel",
  [FIELD_LANGUAGE] = "langue · 语言 · language",
  [FIELD_CODE] = "code · 二维码",
  [FIELD_RIBBONS] = "rubans · 标识 · ribbons",
  [FIELD_PROTOCOL] = "protocole · 礼宾 · protocol",
  [FIELD_REVOKED] = "annulé · 取消 · cancelled",
};

typedef struct {
  Field field;
  HeadingLanguage language;
} Meaning;

/* The key of a heading: folded, without spaces. */
static char *key_of (const char *text)
{
  g_autofree char *folded = text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  return g_strjoinv ("", words);
}

static void add_synonyms (GHashTable *meanings, Field field, HeadingLanguage language,
                          const char *synonyms)
{
  g_auto (GStrv) words = g_strsplit (synonyms, "|", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *key = key_of (words[i]);
    Meaning *known = g_hash_table_lookup (meanings, key);
    if (*key == '\0')
      continue;
    if (known != NULL) {
      if (known->field != field)
        g_error ("the heading %s has two meanings", words[i]);
      if (known->language != language)
        known->language = HEADING_ENGLISH;
      continue;
    }
    Meaning meaning = { .field = field, .language = language };
    g_hash_table_insert (meanings, g_steal_pointer (&key), g_memdup2 (&meaning, sizeof meaning));
  }
}

static GHashTable *meanings;

static void meanings_make (void)
{
  meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (HEADINGS); i++) {
    add_synonyms (meanings, HEADINGS[i].field, HEADING_FRENCH, HEADINGS[i].french);
    add_synonyms (meanings, HEADINGS[i].field, HEADING_CHINESE, HEADINGS[i].chinese);
    add_synonyms (meanings, HEADINGS[i].field, HEADING_ENGLISH, HEADINGS[i].english);
  }
}

Field heading_field (const char *text, HeadingLanguage *language)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, meanings_make);
  g_autofree char *key = key_of (text);
  const Meaning *meaning = g_hash_table_lookup (meanings, key);
  if (meaning == NULL)
    return FIELD_NONE;
  if (language != NULL)
    *language = meaning->language;
  return meaning->field;
}

const char *heading_name (Field field)
{
  return field < FIELD_COUNT ? NAMES[field] : "";
}
