#include "badge/check_people.h"

static const char *const events_fr[] = { "Rencontres", "Foire de l'Ouest", NULL };
static const char *const events_zh[] = { "合作论坛", "西博会", NULL };
static const char *const days[] = { "26", "27", "28", "29", NULL };
static const gboolean held[] = { TRUE, FALSE, TRUE, FALSE };

static const BadgeEntry programme[] = {
  { "mercredi 26 octobre", "10月26日 星期三", "08:30", "09:00", "Accueil des participants",
    "来宾签到", "Hall d'entrée", "", "", "" },
  { "mercredi 26 octobre", "10月26日 星期三", "09:30", "12:00", "Séance plénière d'ouverture",
    "开幕全体会议", "Grande salle", "", "", "" },
  { "mercredi 26 octobre", "10月26日 星期三", "14:00", "17:30",
    "Atelier 1 : villes durables, transports et efficacité énergétique",
    "分论坛一：可持续城市、交通与能源效率", "Salle A1", "Animatrice", "主持人", "A1" },
  { "jeudi 27 octobre", "10月27日 星期四", "09:00", "12:30",
    "Atelier 4 : patrimoine, culture et tourisme dans les territoires",
    "分论坛四：地方遗产、文化与旅游", "Salle B2", "Intervenante", "发言人", "A4" },
  { "jeudi 27 octobre", "10月27日 星期四", "14:00", "17:00",
    "Atelier 6 : santé, vieillissement de la population et services à la personne",
    "分论坛六：健康、人口老龄化与个人服务", "Salle B1", "", "", "A6" },
  { "jeudi 27 octobre", "10月27日 星期四", "18:00", "", "Signature des accords de partenariat",
    "合作协议签署仪式", "Salon d'honneur", "Signataire", "签约代表", "" },
  { "vendredi 28 octobre", "10月28日 星期五", "", "",
    "Visites de terrain : Dujiangyan et la zone de haute technologie",
    "实地考察：都江堰与高新技术产业开发区", "", "", "", "" },
  { "samedi 29 octobre", "10月29日 星期六", "09:00", "17:00",
    "Foire de l'Ouest : rencontres d'affaires", "西博会：企业对接会", "Espace France", "", "", "" },
};

typedef struct {
  gboolean second_leads;
  guint surname_zh;
  const char *family, *given, *name_zh, *function_fr, *function_zh, *organisation_fr,
      *organisation_zh, *category_fr, *category_zh, *label;
} Person;

static const Person people[CHECK_PEOPLE] = {
  { FALSE, 0, "Kerguézennec de Kersauson-Penandreff", "Marie-Françoise Guénolée",
    "玛丽-弗朗索瓦丝·凯尔盖泽内克-佩南德雷夫",
    "Vice-présidente déléguée aux relations internationales et à la coopération décentralisée",
    "主管国际关系与地方政府合作的副主席", "Communauté d'agglomération de Saint-Quentin-en-Yvelines",
    "圣康坦昂伊夫林城镇共同体", "Technicienne de collectivité", "地方政府工作人员",
    "CUF-2016-00417 · 12" },
  { TRUE, 6, "Maimaitituersun", "Abudureyimujiang", "买买提吐尔逊·阿卜杜热依木江",
    "Directeur adjoint du Bureau des affaires étrangères, chargé des échanges internationaux",
    "省人民政府外事办公室副主任、国际交流处处长",
    "Bureau des affaires étrangères du gouvernement populaire de la province du Jiangsu",
    "江苏省人民政府外事办公室（港澳事务办公室）", "Technicien de collectivité", "地方政府工作人员",
    "CN-0042 · 1" },
  { FALSE, 0, "Wojciechowska-Szczepańska", "Przemysława", "普热梅斯瓦娃·沃伊切霍夫斯卡-什切潘斯卡",
    "Professeure", "教授", "Université Sorbonne-Paris-Cité", "索邦巴黎西岱大学", "Universitaire",
    "高校代表", "FR-0017 · 1" },
  { TRUE, 2, "Ouyang", "Siyuan", "欧阳思远", "", "", "", "", "Entreprise", "企业代表",
    "CN-0001 · 1" },
};

BadgeContent check_person (guint i)
{
  /* The longest code: a reference of 32 characters. */
  static const char code[]
      = "AC:"
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"
        "IJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCD";
  const Person *person = &people[i];

  return (BadgeContent){
    .second_leads = person->second_leads,
    .family = person->family,
    .given = person->given,
    .name_zh = person->name_zh,
    .surname_zh = person->surname_zh,
    .function_fr = person->function_fr,
    .function_zh = person->function_zh,
    .organisation_fr = person->organisation_fr,
    .organisation_zh = person->organisation_zh,
    .category_fr = person->category_fr,
    .category_zh = person->category_zh,
    .category_colour = "#1f3a93",
    .congress_fr = "5es Rencontres franco-chinoises de la coopération décentralisée",
    .congress_zh = "第五届中法地方政府合作论坛",
    .place_fr = "Chengdu, 26–29 octobre 2016",
    .place_zh = "成都 2016年10月26–29日",
    .ribbon_fr = i % 2 ? "Candidat au prix" : "Signataire",
    .ribbon_zh = i % 2 ? "候选代表" : "签约代表",
    .events_fr = events_fr,
    .events_zh = events_zh,
    .event_held = held,
    .days = days,
    .day_held = held,
    .meals = TRUE,
    .headset = TRUE,
    .delegation_fr = person->organisation_fr,
    .delegation_zh = person->organisation_zh,
    .role_fr = "Présidente de séance · A1",
    .role_zh = "会议主席 · A1",
    .programme = programme,
    .n_programme = G_N_ELEMENTS (programme),
    .code = code,
    .label = person->label,
  };
}
