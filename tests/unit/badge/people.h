/* people.h: contents of badges for the tests of badge/: one of each kind that the layout
 * must bear. */
#pragma once

#include "badge/badge.h"

#define PEOPLE_TEMPLATE "tests/unit/badge/people.svg"
#define PEOPLE_FONTS "fonts/fonts.conf"
/* As long as a real code: prefix, and base45 of 79 bytes. */
#define PEOPLE_CODE                                                                                \
  "AC:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDEPWK "                                           \
  "G2EP4J0BGJLFX3R3VHXK.PJ:2DPF6R:5SVBHABVCNN95SWMPHQUHQN%A0SOE+QQAB-HQ/H"

static const char *const people_events_fr[] = { "Rencontres", "Foire de l'Ouest", NULL };
static const char *const people_events_zh[] = { "合作论坛", "西博会", NULL };
static const char *const people_days[] = { "26", "27", "28", "29", NULL };
static const gboolean people_all[] = { TRUE, TRUE, TRUE, TRUE };
static const gboolean people_some[] = { TRUE, FALSE, TRUE, FALSE };

static inline BadgeContent people_base (void)
{
  return (BadgeContent){
    .family = "",
    .given = "",
    .name_zh = "",
    .function_fr = "",
    .function_zh = "",
    .organisation_fr = "",
    .organisation_zh = "",
    .category_fr = "Élue",
    .category_zh = "民选代表",
    .category_colour = "#1f3a93",
    .congress_fr = "5es Rencontres franco-chinoises de la coopération décentralisée",
    .congress_zh = "第五届中法地方政府合作论坛",
    .place_fr = "Chengdu, 26–29 octobre 2016",
    .place_zh = "成都 · 2016年10月26日–29日",
    .ribbon_fr = "",
    .ribbon_zh = "",
    .events_fr = people_events_fr,
    .events_zh = people_events_zh,
    .event_held = people_all,
    .days = people_days,
    .day_held = people_all,
    .code = PEOPLE_CODE,
    .label = "FR-0017 · 1",
  };
}

static inline BadgeContent people_french (void)
{
  BadgeContent content = people_base ();
  content.family = "Kerdoncuff";
  content.given = "Anne-Laure";
  content.name_zh = "安娜-洛尔·凯尔东居夫";
  content.function_fr = "Vice-présidente déléguée aux relations internationales";
  content.function_zh = "主管国际关系的副主席";
  content.organisation_fr = "Région Bretagne";
  content.organisation_zh = "布列塔尼大区";
  content.ribbon_fr = "Signataire";
  content.ribbon_zh = "签约代表";
  content.meals = content.transport = content.headset = TRUE;
  return content;
}

static inline BadgeContent people_chinese (void)
{
  BadgeContent content = people_base ();
  content.second_leads = TRUE;
  content.family = "Ouyang";
  content.given = "Siyuan";
  content.name_zh = "欧阳思远";
  content.surname_zh = 2;
  content.function_fr = "Chef de projet ville durable";
  content.function_zh = "可持续城市项目主管";
  content.organisation_fr = "Bureau des affaires étrangères du Jiangsu";
  content.organisation_zh = "江苏省人民政府外事办公室";
  content.category_fr = "Technicien de collectivité";
  content.category_zh = "地方政府工作人员";
  content.category_colour = "#b5121b";
  content.event_held = content.day_held = people_some;
  content.meals = content.transport = TRUE;
  content.label = "CN-0042 · 1";
  return content;
}
