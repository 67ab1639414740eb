/* collate.h: the order of names: French by ICU's collation, Chinese by pinyin.
 *
 * A key is a text that strcmp() orders as readers of that language would; equal texts
 * have equal keys. Keys are not for people's eyes and not to be stored: they change with
 * ICU.
 * Threads: reentrant; the first call loads ICU's rules. Nothing here blocks or fails.  */
#pragma once

#include <glib.h>

/* Any text in French order: accents count last, case not at all before that. Han
 * characters come after all letters, by pinyin. Free with g_free(). */
char *collate_key (const char *text);

/* A family name and a given name in French order. A particle written small is passed
 * over: « de Gaulle » stands under G, « d’Estienne » under E, « Le Goff » and « De Smet »
 * as they are written. */
char *collate_name_fr (const char *family, const char *given);

/* A name in Chinese order: by the syllables of its pinyin with surnames read as surnames
 * (pinyin.h), then by character. A person without a Chinese name stands among them by the
 * Latin one. */
char *collate_name_zh (const char *name_zh, const char *family, const char *given);
