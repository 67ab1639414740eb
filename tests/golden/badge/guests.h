/* guests.h: the people whose badges are compared as pictures: each template's ordinary
 * guests in both languages, one of each category that is marked, and the names that are
 * hard to set. */
#pragma once

#include "unit/badge/people.h"

#define MERCREDI "mercredi 26 octobre", "10月26日 星期三"
#define JEUDI "jeudi 27 octobre", "10月27日 星期四"
#define VENDREDI "vendredi 28 octobre", "10月28日 星期五"
#define SAMEDI "samedi 29 octobre", "10月29日 星期六"

static const BadgeEntry guests_whole[] = {
  { MERCREDI, "07:30", "19:00", "Rencontres", "论坛", "Entrée Est · 东入口", "", "", "" },
  { MERCREDI, "14:00", "17:00",
    "A1 · Entreprises, clusters et hautes technologies : le rôle des pouvoirs locaux",
    "A1 · 企业、产业集群"
    "与高新技术：地方政府的作用",
    "Salle 1 · 一号厅", "Animatrice", "主持人", "A1" },
  { JEUDI, "08:00", "19:00", "Rencontres", "论坛", "Entrée Est · 东入口", "", "", "" },
  { JEUDI, "09:30", "12:00", "A3 · Ville durable",
    "A3 · "
    "可持续城市",
    "Salle 1 · 一号厅", "", "", "A3" },
  { JEUDI, "14:00", "17:00", "A4 · Arts de vivre, patrimoine et tourisme",
    "A4 · 生活艺术、文化遗产与旅游", "Salle 1 · 一号厅", "", "", "A4" },
  { VENDREDI, "08:00", "01:30", "Rencontres", "论坛", "Entrée Est · 东入口", "", "", "" },
  { SAMEDI, "08:30", "18:00", "Foire de l’Ouest", "西博会",
    "Entrée de la "
    "Foire · 西博会入口",
    "", "", "" },
};
static const BadgeEntry guests_short[] = {
  { MERCREDI, "07:30", "19:00", "Rencontres", "论坛", "Entrée Est · 东入口", "", "", "" },
  { MERCREDI, "14:00", "17:00", "A2 · Le numérique au service des territoires",
    "A2 · 数字技术服务地方发展", "Salle 2 · 二号厅", "", "", "A2" },
  { VENDREDI, "08:00", "01:30", "Rencontres", "论坛", "Entrée Est · 东入口", "", "", "" },
};

static inline BadgeContent guests_french (void)
{
  static const char *const TRAITS[]
      = { "category:elu", "role:moderator", "ribbon:signatory", "country:FR", "script:fr", NULL };
  BadgeContent content = people_french ();
  content.place_zh = "成都 2016年10月26–29日";
  content.role_fr = "Animatrice · A1";
  content.role_zh = "主持人 · A1";
  content.delegation_fr = "Délégation française";
  content.delegation_zh = "法国代表团";
  content.programme = guests_whole;
  content.n_programme = G_N_ELEMENTS (guests_whole);
  content.traits = TRAITS;
  return content;
}

static inline BadgeContent guests_chinese (void)
{
  static const char *const TRAITS[] = { "category:technicien", "country:CN", "script:zh", NULL };
  BadgeContent content = people_chinese ();
  content.place_zh = "成都 2016年10月26–29日";
  content.category_order = 1;
  content.delegation_fr = "Délégation chinoise";
  content.delegation_zh = "中国代表团";
  content.programme = guests_short;
  content.n_programme = G_N_ELEMENTS (guests_short);
  content.traits = TRAITS;
  return content;
}

/* Categories that are marked around the whole badge. */

static inline BadgeContent guests_honour (void)
{
  static const char *const TRAITS[] = { "category:personnalite", "country:CN", "script:zh", NULL };
  BadgeContent content = guests_chinese ();
  content.family = "Zhuge";
  content.given = "Zihan";
  content.name_zh = "诸葛子涵";
  content.function_fr = "Vice-gouverneure";
  content.function_zh = "副省长";
  content.organisation_fr = "Gouvernement de la province du Sichuan";
  content.organisation_zh = "四川省人民政府";
  content.category_fr = "personnalité";
  content.category_zh = "贵宾";
  content.category_colour = "#c05800";
  content.category_order = 5;
  content.ribbon_fr = "Signataire";
  content.ribbon_zh = "签约代表";
  content.event_held = content.day_held = people_all;
  content.headset = TRUE;
  content.label = "CN-0007 · 1";
  content.traits = TRAITS;
  return content;
}

static inline BadgeContent guests_press (void)
{
  static const char *const TRAITS[] = { "category:presse", "country:FR", "script:fr", NULL };
  BadgeContent content = guests_french ();
  content.family = "Œuvrard";
  content.given = "Loïc";
  content.name_zh = "洛伊克·厄弗拉尔";
  content.function_fr = "Journaliste reporter d’images";
  content.function_zh = "摄像记者";
  content.organisation_fr = "France Télévisions";
  content.organisation_zh = "法国电视集团";
  content.category_fr = "presse";
  content.category_zh = "媒体";
  content.category_colour = "#63777e";
  content.category_order = 7;
  content.ribbon_fr = content.ribbon_zh = content.role_fr = content.role_zh = "";
  content.event_held = people_all;
  content.meals = content.headset = FALSE;
  content.label = "FR-0112 · 1";
  content.traits = TRAITS;
  return content;
}

static inline BadgeContent guests_staff (void)
{
  static const char *const TRAITS[] = { "category:organisation", "country:CN", "script:zh", NULL };
  BadgeContent content = guests_chinese ();
  content.family = "Shan";
  content.given = "Wei";
  content.name_zh = "单伟";
  content.surname_zh = 1;
  content.function_fr = "Responsable de l’accueil";
  content.function_zh = "接待组组长";
  content.organisation_fr = "Comité d’organisation";
  content.organisation_zh = "组委会";
  content.category_fr = "organisation";
  content.category_zh = "组委会";
  content.category_colour = "#5c7a3a";
  content.category_order = 9;
  content.event_held = content.day_held = people_all;
  content.label = "CN-0301 · 2";
  content.traits = TRAITS;
  return content;
}

static inline BadgeContent guests_volunteer (void)
{
  static const char *const TRAITS[] = { "category:benevole", "country:FR", "script:fr", NULL };
  BadgeContent content = guests_french ();
  content.family = "Nédélec";
  content.given = "Maïwenn";
  content.name_zh = "";
  content.function_fr = "Interprète de liaison";
  content.function_zh = "联络翻译";
  content.organisation_fr = "";
  content.organisation_zh = "";
  content.category_fr = "bénévole";
  content.category_zh = "志愿者";
  content.category_colour = "#c64c00";
  content.category_order = 10;
  content.ribbon_fr = content.ribbon_zh = content.role_fr = content.role_zh = "";
  content.headset = FALSE;
  content.label = "FR-0290 · 1";
  content.traits = TRAITS;
  return content;
}

/* Names that are hard to set. */

static inline BadgeContent guests_breton (void)
{
  BadgeContent content = guests_french ();
  content.family = "Kerguiduff-Trémigon de Kermenguy-Penanros"; /* 40 letters and more */
  content.given = "Gwenn-Aëlle Marie-Thérèse";
  content.name_zh = "格温-阿埃勒·玛丽-泰雷兹·凯尔吉迪夫-特雷米贡";
  return content;
}

static inline BadgeContent guests_four (void)
{
  BadgeContent content = guests_chinese ();
  content.name_zh = "爱新觉罗毓峘"; /* a surname of four characters */
  content.surname_zh = 4;
  content.family = "Aixinjueluo";
  content.given = "Yuhuan";
  return content;
}

static inline BadgeContent guests_rare (void)
{
  BadgeContent content = guests_chinese ();
  content.name_zh = "龚䶮𬭶㛃";
  content.surname_zh = 1;
  content.family = "Gong";
  content.given = "Yandajie";
  return content;
}

static inline BadgeContent guests_vietnamese (void)
{
  BadgeContent content = guests_french ();
  content.family = "Nguyễn Phước";
  content.given = "Thị Quỳnh Ngọc";
  content.name_zh = "阮福氏琼玉";
  return content;
}

static inline BadgeContent guests_turkish (void)
{
  static const char *const TRAITS[] = { "category:expert", "country:TR", "script:fr", NULL };
  BadgeContent content = guests_french ();
  content.family = "Yıldırım Çiğdemoğlu";
  content.given = "İpek Şükrâne";
  content.name_zh = "";
  content.traits = TRAITS;
  return content;
}

static inline BadgeContent guests_titles (void)
{
  BadgeContent content = guests_french ();
  content.function_fr = "Vice-présidente déléguée aux relatio"
                        "ns internationales, à la coopération "
                        "décentralisée, à la francophonie et aux affaires européennes";
  content.function_zh = "负责国际关系、地方政府合作、"
                        "法语国家事务与欧洲事务的副主席";
  content.organisation_fr = "Communauté d’agglomération de Saint-Quentin-en-Yvelines";
  content.organisation_zh = "圣康坦-昂伊夫林城市共同体";
  return content;
}

static inline BadgeContent guests_french_only (void)
{
  BadgeContent content = guests_french ();
  content.name_zh = content.function_zh = content.organisation_zh = "";
  content.ribbon_fr = content.ribbon_zh = content.role_fr = content.role_zh = "";
  return content;
}

static inline BadgeContent guests_chinese_only (void)
{
  BadgeContent content = guests_chinese ();
  content.family = content.given = content.function_fr = content.organisation_fr = "";
  return content;
}

static inline BadgeContent guests_proof (void)
{
  static const char *const TRAITS[] = { "category:elu", "country:FR", "script:fr", "proof", NULL };
  BadgeContent content = guests_french ();
  content.ribbon_fr = "Épreuve";
  content.ribbon_zh = "样张";
  content.code = "EPREUVE-PROOF FR-0017";
  content.label = "FR-0017";
  content.traits = TRAITS;
  return content;
}
