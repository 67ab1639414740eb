#include "roster/heading.h"

#include "core/text.h"
#include "roster/heading_parts.h"

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
    "référence|réf|numéro d'inscription|n° d'inscription|identifiant|matricule|dossier|n° "
    "billet|n° de billet|numéro de billet|numéro du billet|n° participant|numéro "
    "participant|numéro de participant|n° dossier|n° de dossier|numéro de dossier|code "
    "participant|référence participant|référence inscription|référence d'inscription|réf "
    "inscription|n° de référence|numéro de référence|id participant",
    "编号|报名编号|注册编号|注册号|参会编号|编码|登记号|报名号|报名序号|票号|电子票号|嘉宾编号|"
    "代表编号|登记编号|参会证编号|人员编号|参会人编号|编号ID",
    "reference|ref|id|registration|registration number|registration id|attendee #|attendee "
    "no|attendee number|attendee id|ticket #|ticket no|ticket number|reference number|ref "
    "no|booking reference|confirmation number|registration no|registration #|guest id|delegate "
    "id|delegate number|participant id" },
  { FIELD_TITLE, "civilité|titre|titre de civilité|titre (m./mme)", "称谓|称呼|尊称|敬称",
    "title|salutation|honorific|attendee name: title" },
  { FIELD_FAMILY,
    "nom|nom de famille|nom (latin)|nom d'usage|nom participant|nom du participant|nom de famille "
    "participant|nom du délégué|nom patronymique|noms|nom (en capitales)|nom de famille (latin)",
    "姓|姓氏|姓（拼音）|姓拼音|拼音姓|姓（外文）|英文姓|外文姓|姓（英文）|姓(大写)|姓（法文）",
    "family name|surname|last name|family|lastname|family names|surnames|attendee last "
    "name|attendee surname|participant last name|delegate surname|attendee name: family name" },
  { FIELD_GIVEN,
    "prénom|prénoms|prénom (latin)|prénom participant|prénom du participant|prénom du "
    "délégué|prénom usuel|prénom(s)",
    "名|名字|名（拼音）|名拼音|拼音名|名（外文）|英文名|外文名|名（英文）|名（法文）",
    "given name|first name|given names|forename|given|firstname|givenname|attendee first "
    "name|participant first name|christian name|forenames|first names|attendee name: given name" },
  { FIELD_FULL_NAME,
    "nom complet|nom et prénom|nom prénom|prénom et nom|participant|délégué|nom et prénoms|noms et "
    "prénoms|prénom nom|prénoms et nom|prénoms nom|nom & prénom|nom/prénom|nom complet "
    "participant|nom complet du participant|nom et prénom du participant|participants|nom des "
    "participants|délégués",
    "中英文姓名|姓名（中英文）|姓名（中外文）|姓名（拼音）|姓名拼音|外文姓名|拼音|英文姓名|姓名（英文）|拼音姓名|护照姓名|姓名（外文）|"
    "姓名（法文）|姓名（护照）|姓名全拼",
    "name|full name|participant|delegate|fullname|attendee|attendee name|participant name|delegate "
    "name|guest name|guest" },
  { FIELD_NAME_ZH,
    "nom chinois|nom (chinois)|nom en chinois|nom en hanzi|nom en caractères chinois|nom et prénom "
    "chinois",
    "姓名|中文姓名|中文名|姓名（中文）|参会人姓名|参会人|参会者|参会者姓名|参会人员|参会人员姓名|"
    "报名人|报名人姓名|代表姓名|嘉宾姓名|真实姓名|中文名字|汉字姓名|姓名（汉字）|与会者姓名|"
    "与会人姓名|出席人姓名|参加人|参加人姓名",
    "chinese name|name (chinese)|name in chinese|name zh|name_zh" },
  { FIELD_FUNCTION, "", "",
    "function|job title|position|job|role title|title/position|job function|job role" },
  { FIELD_FUNCTION_FR,
    "fonction|fonctions|poste|qualité|fonction (français)|fonction (fr)|fonction occupée|intitulé "
    "du poste|intitulé de poste|profession|fonction / titre|titre / "
    "fonction|fonction/qualité|fonction actuelle",
    "职务（法文）|职务（法语）|法文职务|职位（法文）|职位（法语）|法文职位|职务职称（法文）",
    "function (french)|position (french)|job title (french)|function fr|function_fr" },
  { FIELD_FUNCTION_ZH, "fonction (chinois)|fonction en chinois|fonction (zh)",
    "职务|职位|职称|职务（中文）|中文职务|职务职称|职称职务|职务及职称|职务或职称|现任职务|职衔|"
    "岗位|工作职务|职位名称|中文职位|职位（中文）",
    "function (chinese)|position (chinese)|job title (chinese)|function zh|function_zh" },
  { FIELD_ORGANISATION, "organisation d'appartenance", "",
    "organisation|organization|company|institution|employer|organisation name|organization "
    "name|company name|institution name|affiliation|company/organization|company / organisation" },
  { FIELD_ORGANISATION_FR,
    "organisme|structure|collectivité|établissement|société|organisme (français)|organisme "
    "(fr)|entreprise|raison sociale|nom de la société|nom de l'organisme|nom de la structure|nom "
    "de l'entreprise|nom de la collectivité|employeur|collectivité / organisme|organisme / "
    "collectivité|société / organisme|entreprise / organisme|structure / organisme|organisme de "
    "rattachement",
    "单位（法文）|单位（法语）|法文单位|机构（法文）|法文单位名称|单位名称（法文）",
    "organisation (french)|organization (french)|organisation fr|organisation_fr" },
  { FIELD_ORGANISATION_ZH, "organisme (chinois)|organisme en chinois|organisme (zh)",
    "单位|机构|工作单位|所在单位|公司|单位（中文）|中文单位|单位名称|公司名称|机构名称|企业名称|"
    "企业|组织|单位全称|工作单位名称|所属单位|参会单位|所在公司|所在机构|公司/单位|单位/公司|单位/"
    "机构|任职单位|单位（全称）|中文单位名称|单位名称（中文）|学校|服务单位",
    "organisation (chinese)|organization (chinese)|organisation zh|organisation_zh" },
  { FIELD_CATEGORY,
    "catégorie|type|type de participant|profil|profil du participant|catégorie de "
    "participant|qualité du participant|collège",
    "类别|类型|身份|代表类别|参会类别|参会身份|参会类型|嘉宾类型|人员类别|人员类型|嘉宾类别|"
    "身份类别",
    "category|participant type|type of participant|attendee type|delegate type|delegate "
    "category|participant category" },
  { FIELD_TICKET, "tarif|billet|type de billet|nom du billet|nom du tarif|formule|type de tarif",
    "票种|票种名称|票名|门票|门票类型|票类", "ticket type|ticket|ticket name|ticket class" },
  { FIELD_DELEGATION, "délégation|groupe|nom de la délégation|délégation de rattachement",
    "代表团|团组|团队|所属代表团|代表团名称|团组名称|所在代表团",
    "delegation|group|delegation name" },
  { FIELD_COUNTRY, "pays|nationalité|pays / région|pays de résidence|pays d'origine",
    "国家|国籍|国别|国家/地区|国家或地区|国家（地区）|国家和地区|国籍/地区|所在国家|所属国家",
    "country|nationality|country/region|country or region|country / region" },
  { FIELD_EMAIL,
    "courriel|adresse électronique|e-mail|mél|adresse e-mail|mail|adresse de messagerie|adresse "
    "mail|adresse courriel|adresse électronique (e-mail)|email participant|e-mail participant|mail "
    "participant|email du participant|e-mail du participant|adresse e-mail du participant|adresse "
    "email|adresse e-mail professionnelle|courriel professionnel|e-mail professionnel",
    "电子邮箱|邮箱|电子邮件|电邮|电子邮件地址|邮箱地址|电子信箱|邮件|邮件地址|电邮地址|E-mail地址|Email地址",
    "email|email address|mail address|attendee email|e-mail address|participant email|work email" },
  { FIELD_TELEPHONE,
    "téléphone|tél|tel|portable|mobile|gsm|numéro de téléphone|n° de téléphone|n° téléphone|"
    "n° de téléphone portable|numéro de téléphone portable|n° de tél|numéro de tél|"
    "téléphone portable|téléphone mobile|téléphone fixe|fixe|tél portable|tél mobile|tél fixe|"
    "numéro de portable|n° de portable|n° portable|numéro de mobile|téléphone participant|"
    "téléphone du participant|téléphone professionnel|téléphone personnel|téléphone (portable)|"
    "téléphone (mobile)|téléphone (fixe)|coordonnées téléphoniques",
    "手机|电话|手机号|手机号码|电话号码|联系电话|联系方式|移动电话|联系手机|联系电话号码|座机|"
    "办公电话|固定电话|行动电话|流动电话|参会人手机|参会人手机号|参会人电话|手机电话|联系人电话|手机/电话|电话/手机",
    "phone|telephone|cell phone|cellphone|cell|mobile phone|phone number|telephone number|mobile "
    "number|cell number|home phone|work phone|business phone|attendee phone|contact "
    "number|contact phone|phone no|mobile no|phone #" },
  { FIELD_EVENTS, "événements|événement|manifestations|inscrit à", "活动|参加活动|报名活动",
    "events|event" },
  { FIELD_DAYS,
    "jours|jour|dates|date|jours de présence|présence|jours de participation|dates de "
    "présence|dates de participation|jour(s) de présence|jour(s)|date(s)",
    "日期|参会日期|天数|参加日期|参会时间|出席日期|到会日期|参会日|参加天数|参会天数",
    "days|day|attendance|attendance days|days of attendance|dates of attendance" },
  { FIELD_WORKSHOPS,
    "ateliers|atelier|sessions|choix d'ateliers|atelier(s)|ateliers choisis|atelier choisi|choix "
    "d'atelier|choix des ateliers|choix d'atelier(s)|inscription aux ateliers",
    "分论坛|论坛|研讨会|工作坊|专题|参加分论坛|分论坛选择|所选分论坛|参加的分论坛|参会分论坛|"
    "选择分论坛",
    "workshops|workshop|sessions|session|workshop choice|workshop(s)" },
  { FIELD_ROLE, "rôle|rôles|intervention", "角色|发言角色|任务", "role|roles|part" },
  { FIELD_MEALS, "repas|restauration|déjeuners|déjeuner|repas du midi|participation aux repas",
    "用餐|餐饮|就餐|是否用餐|用餐需求|午餐|是否需要用餐|是否就餐", "meals|meal|catering|lunch" },
  { FIELD_TRANSPORT,
    "transport|transports|transport local|navette|transports locaux|besoin de transport",
    "交通|接送|用车|班车|是否需要接送|用车需求|接送需求|是否用车",
    "transport|transportation|shuttle" },
  { FIELD_HEADSET,
    "casque|casque d'interprétation|interprétation|traduction simultanée|casque de "
    "traduction|casque de traduction simultanée|besoin d'interprétation|besoin d'un casque",
    "同传耳机|耳机|同传|同声传译|翻译耳机|是否需要同传|是否需要耳机|同传设备|是否需要同传耳机",
    "headset|interpretation|headphones" },
  { FIELD_HOTEL, "hôtel|hébergement|nom de l'hôtel", "酒店|宾馆|住宿|下榻酒店|入住酒店|酒店名称",
    "hotel|accommodation|hotel name" },
  { FIELD_MESSAGE, "message au scan|message à l'accueil|à lui dire|texte à lui montrer",
    "提示|签到提示|扫码提示|提示语", "scan message|message at the scan|text at the scan" },
  { FIELD_RANK, "rang|rang protocolaire|niveau|rang de la personnalité",
    "级别|职级|行政级别|礼宾级别", "rank|level|protocol rank" },
  { FIELD_DIET,
    "régime|régime alimentaire|régimes|allergies|allergie|régime et allergies|régime "
    "alimentaire et allergies|allergies alimentaires|besoins alimentaires",
    "饮食|饮食禁忌|饮食要求|忌口|过敏|食物过敏|饮食习惯|餐饮要求|饮食禁忌及过敏",
    "diet|dietary requirements|dietary needs|diet and allergies|allergies|food allergies|special "
    "diet" },
  { FIELD_LANGUAGE, "langue|canal|langue d'interprétation|langue parlée", "语言|语种|频道|工作语言",
    "language|channel|interpretation language" },
  { FIELD_CODE,
    "code|code-barres|code QR|code externe|code barres|code barre|code-barre|contenu du code "
    "QR|code du billet|code billet",
    "二维码|条码|代码|外部代码|签到码|电子票码|核销码|票码|二维码内容|条形码|券码",
    "code|barcode|QR code|external code|barcode #|barcode number|ticket code|check-in "
    "code|ticket secret" },
  { FIELD_RIBBONS, "ruban|rubans|mention|mentions", "丝带|标识|绶带", "ribbon|ribbons" },
  { FIELD_PROTOCOL, "protocole|arrivée discrète|discret", "礼宾|低调|保密",
    "protocol|discreet|quiet" },
  { FIELD_REVOKED, "annulé|annulation|désisté|retiré", "取消|已取消|作废|撤销",
    "revoked|cancelled|canceled|withdrawn" },
  { FIELD_STATUS,
    "statut|état|statut de l'inscription|statut inscription|état de l'inscription|statut du "
    "billet|statut de la commande|état de la commande|statut du participant",
    "状态|报名状态|审核状态|订单状态|参会状态|票务状态|状态（报名）",
    "status|registration status|attendee status|order status|ticket status|rsvp" },
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
  [FIELD_TICKET] = "tarif · 票种 · ticket type",
  [FIELD_DELEGATION] = "délégation · 代表团 · delegation",
  [FIELD_COUNTRY] = "pays · 国家 · country",
  [FIELD_EMAIL] = "courriel · 电子邮箱 · email",
  [FIELD_TELEPHONE] = "téléphone · 手机 · telephone",
  [FIELD_EVENTS] = "événements · 活动 · events",
  [FIELD_DAYS] = "jours · 日期 · days",
  [FIELD_WORKSHOPS] = "ateliers · 分论坛 · workshops",
  [FIELD_ROLE] = "rôle · 角色 · role",
  [FIELD_MEALS] = "repas · 用餐 · meals",
  [FIELD_TRANSPORT] = "transport · 交通",
  [FIELD_HEADSET] = "casque · 同传耳机 · headset",
  [FIELD_HOTEL] = "hôtel · 酒店 · hotel",
  [FIELD_MESSAGE] = "message au scan · 提示 · scan message",
  [FIELD_RANK] = "rang · 级别 · rank",
  [FIELD_DIET] = "régime · 饮食 · diet",
  [FIELD_LANGUAGE] = "langue · 语言 · language",
  [FIELD_CODE] = "code · 二维码",
  [FIELD_RIBBONS] = "rubans · 标识 · ribbons",
  [FIELD_PROTOCOL] = "protocole · 礼宾 · protocol",
  [FIELD_REVOKED] = "annulé · 取消 · cancelled",
  [FIELD_STATUS] = "statut · 状态 · status",
};

typedef struct {
  Field field;
  HeadingLanguage language;
} Meaning;

/* The key of a heading: folded, without spaces. “Attendee #” is no “Attendee”. */
static char *key_of (const char *text)
{
  g_autoptr (GString) numbered = g_string_new (text);
  g_string_replace (numbered, "#", " n ", 0);
  g_autofree char *folded = text_fold (numbered->str);
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

static const Meaning *meaning_of (const char *text)
{
  g_autofree char *key = key_of (text);
  return g_hash_table_lookup (meanings, key);
}

/* A field that speaks of the same in one language or the other, and the field of both. */
static Field common_field (Field a, Field b)
{
  static const Field SAME[][2] = {
    { FIELD_FUNCTION_FR, FIELD_FUNCTION },
    { FIELD_FUNCTION_ZH, FIELD_FUNCTION },
    { FIELD_FUNCTION, FIELD_FUNCTION },
    { FIELD_ORGANISATION_FR, FIELD_ORGANISATION },
    { FIELD_ORGANISATION_ZH, FIELD_ORGANISATION },
    { FIELD_ORGANISATION, FIELD_ORGANISATION },
    { FIELD_FAMILY, FIELD_FULL_NAME },
    { FIELD_NAME_ZH, FIELD_FULL_NAME },
    { FIELD_FULL_NAME, FIELD_FULL_NAME },
  };
  Field first = FIELD_NONE, second = FIELD_NONE;
  if (a == b)
    return a;
  for (gsize i = 0; i < G_N_ELEMENTS (SAME); i++) {
    first = SAME[i][0] == a ? SAME[i][1] : first;
    second = SAME[i][0] == b ? SAME[i][1] : second;
  }
  return first == second ? first : FIELD_NONE;
}

/* What all of @parts mean; FIELD_NONE if one is not known or they differ. */
static Field field_of_parts (const char *const *parts)
{
  Field field = FIELD_NONE;
  for (guint i = 0; parts[i] != NULL; i++) {
    const Meaning *meaning = meaning_of (parts[i]);
    if (meaning == NULL)
      return FIELD_NONE;
    field = i == 0 ? meaning->field : common_field (field, meaning->field);
    if (field == FIELD_NONE)
      return FIELD_NONE;
  }
  return field;
}

/* “Nom Last name”: two headings in one script, with no more than a space between. */
static Field field_of_two (const char *plain)
{
  for (const char *space = strchr (plain, ' '); space != NULL; space = strchr (space + 1, ' ')) {
    g_autofree char *head = g_strndup (plain, (gsize) (space - plain));
    const char *const parts[] = { head, space + 1, NULL };
    Field field = field_of_parts (parts);
    if (field != FIELD_NONE)
      return field;
  }
  return FIELD_NONE;
}

Field heading_field (const char *text, HeadingLanguage *language)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once (&once, meanings_make);
  const Meaning *meaning = meaning_of (text);
  g_autofree char *plain = meaning == NULL ? heading_parts_plain (text) : NULL;
  if (meaning == NULL && *plain != '\0')
    meaning = meaning_of (plain);
  if (meaning != NULL) {
    if (language != NULL)
      *language = meaning->language;
    return meaning->field;
  }
  if (language != NULL)
    *language = HEADING_ENGLISH;
  g_auto (GStrv) parts = heading_parts_split (plain);
  Field field = field_of_parts ((const char *const *) parts);
  return field != FIELD_NONE ? field : field_of_two (plain);
}

const char *heading_name (Field field)
{
  return field < FIELD_COUNT ? NAMES[field] : "";
}
