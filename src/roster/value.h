/* value.h: what the cells of a list say: yes and no, lists, roles, countries, in French,
 * Chinese and English.
 *
 * Words are compared folded (core/text.h). Empty text is the caller's to handle; so is
 * its length, which value_role() takes the square of.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* TRUE if @text holds a control character (but tabs and line breaks), U+FFFD, which
 * stands for what some program could not read, or a code point that is no character. */
gboolean value_has_control (const char *text);

/* “Confirmé 已确认”, “élu / 民选代表”: what a cell says in both languages, @latin folded; FALSE
 * (both NULL) if it has one script only. Free both with g_free(). */
gboolean value_both (const char *text, char **latin, char **han);

/* oui non, 是 否 有 无, yes no, vrai faux, true false, x, ✓ ●, 1 0, o n y -, and two that say
 * the same (Oui/是); FALSE if @text says neither. */
gboolean value_yes_no (const char *text, gboolean *answer);

/* TRUE for what stands in front of a sum: TOTAL, 合计, with the sum itself or without. */
gboolean value_is_total (const char *text);
/* The same with more behind it, where no name can stand: “Sous-total Lyon”. */
gboolean value_opens_total (const char *text);

/* TRUE for what people write where there is nothing to write: - / N/A s/o néant 无 暂无.
 * "NA" is none of it: 娜 is Na. */
gboolean value_is_nothing (const char *text);

/* @text split at , ; | ┋ line breaks and 、 ， ； ｜, each part cleaned (text_clean()); empty
 * parts left out. NULL-terminated; free with g_strfreev(). */
char **value_list (const char *text);
/* The same, split at / and spaces too. */
char **value_words (const char *text);

/* "intervenant A1", "发言人A6", "Chair: A2" → the role's word in French and the rest, which
 * names the session ("" if there is none). FALSE if the word is no role. @role is static;
 * free @session with g_free(). Roles: intervenant, animateur, président de séance. */
gboolean value_role (const char *text, const char **role, char **session);
/* Takes the sub-theme off the end of a role's text: "A1:speaker:theme2", "发言人A1 子议题2",
 * "intervenant A1/2"; 0 if there is none. */
guint value_role_theme (char *text);

/* The two-letter code (ISO 3166-1) of a country's name in French, Chinese or English, or
 * of the code itself. NULL if not known; static. */
const char *value_country (const char *text);
/* The country of a reference that begins with one's code and a mark or a digit
 * ("FR-0001"), NULL if it does not; codes that are as likely to be a word (ID, NO, IN)
 * are not taken. Static. */
const char *value_country_of_reference (const char *reference);

/* "fr", "zh", "en" … for a language's name; NULL if not known; static. */
const char *value_language (const char *text);
/* "signatory" or "candidate" for a ribbon's name in any of the languages; NULL if not
 * known; static. */
const char *value_ribbon (const char *text);
/* "vegetarian", "halal", "nuts" … (vocabulary/diet.h) for what somebody eats or must not
 * eat; "" for words that ask for nothing (aucun, 无); NULL if not known; static. */
const char *value_diet (const char *text);
