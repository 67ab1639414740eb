#include "kiosk/keys.h"

#include <string.h>

const char *keys_row (KeysLayer layer, guint row)
{
  static const char *const ROWS[KEYS_LAYER_COUNT][KEYS_ROWS]
      = { [KEYS_AZERTY] = { "azertyuiop", "qsdfghjklm", "wxcvbn'-" },
          [KEYS_QWERTY] = { "qwertyuiop", "asdfghjkl", "zxcvbnm'-" },
          [KEYS_FIGURES] = { "1234567890", "@/.,:()&", "+_\"!?;#·" },
          [KEYS_ACCENTS] = { "éèêëàâçîïô", "ùûüœñ+acdeg", "+ilnorstuyz" } };

  return ROWS[layer][row];
}

const char *keys_like (const char *letter)
{
  /* French first, then the other languages of the lists: Turkish, Polish, Czech,
   * Romanian, Scandinavian, Vietnamese … */
  static const struct {
    const char *letter, *like;
  } LIKE[] = {
    { "a", "àâäáãåæāăąạảấầẩẫậắằẳẵặ" },
    { "c", "çćčċĉ" },
    { "d", "đďð" },
    { "e", "éèêëęěēėẽẹẻếềểễệ" },
    { "g", "ğģġĝ" },
    { "h", "ħĥ" },
    { "i", "îïíìıİīįĩỉị" },
    { "j", "ĵ" },
    { "k", "ķ" },
    { "l", "łľļĺ" },
    { "n", "ñńňņŋ" },
    { "o", "ôöœóòõøőōơọỏốồổỗộớờởỡợ" },
    { "r", "řŕ" },
    { "s", "şśšșßŝ" },
    { "t", "ťţțþ" },
    { "u", "ùûüúůűūųưũủụứừửữự" },
    { "w", "ŵ" },
    { "y", "ÿýỳỷỹỵŷ" },
    { "z", "źżž" },
    { "'", "’" },
    { "-", "·–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (LIKE); i++)
    if (strcmp (LIKE[i].letter, letter) == 0)
      return LIKE[i].like;
  return NULL;
}
