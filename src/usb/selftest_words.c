#include "usb/selftest_words.h"

#include "core/text.h"

/* Spaces that French typography wants: narrow before ? ! ; and inside quotation marks,
 * full before a colon. None breaks. */
#define NNBSP "\u202f"
#define NBSP "\u00a0"
#define SHOWN_MAX 24 /* characters of a scanned text that are shown */

typedef struct {
  const char *fr, *zh;
} Pair;

static const Pair LAYOUTS[KEYMAP_LAYOUTS] = {
  [KEYMAP_US] = { "américaine (us)", "美式（us）" },
  [KEYMAP_FR] = { "française (fr, AZERTY)", "法式（fr，AZERTY）" },
  [KEYMAP_DE] = { "allemande (de, QWERTZ)", "德式（de，QWERTZ）" },
};

/* Findings whose sentences hold nothing of their own. */
static const struct {
  SelftestKind kind;
  Pair said, remedy;
} FIXED[] = {
  { SELFTEST_GOOD, { "Le code de test a été lu sans faute", "测试码读取正确" }, { "", "" } },
  { SELFTEST_NOTHING,
    { "Rien n’est arrivé du lecteur", "未收到扫描器的任何数据" },
    { "Vérifiez le câble et que le lecteur émet un bip. Un lecteur en mode clavier qui n’est pas "
      "pris ici écrit dans une autre fenêtre, ou une méthode de saisie chinoise avale le code" NBSP
      ": «" NNBSP "accueil scanner" NNBSP "» montre les "
      "lecteurs et dit pourquoi.",
      "请检查数据线，并确认扫描时有提示音。键盘模式的扫描器若未由本程序接管，会把内容输入到其他窗口"
      "，或被中文输入法吞掉：运行“accueil scanner”可查看扫描器及原因。" } },
  { SELFTEST_CAPS,
    { "Les majuscules et les minuscules sont inversées" NBSP
      ": le verrouillage des majuscules est actif",
      "大小写颠倒：大写锁定已打开" },
    { "Éteignez Verr. Maj au clavier. Si elle est éteinte, remettez le lecteur à ses réglages "
      "d’usine.",
      "请关闭键盘的大写锁定（Caps Lock）。若已关闭，请将扫描器恢复出厂设置。" } },
  { SELFTEST_INPUT_METHOD,
    { "Une méthode de saisie a pris les lettres du code", "输入法吞掉了代码中的字母" },
    { "Passez le clavier en saisie anglaise. Mieux" NBSP
      ": déclarez le lecteur (kind = usb), aucune méthode de saisie ne le touche alors.",
      "请切换到英文输入。更好的做法：在设置中声明该扫描器（kind = "
      "usb），它便不再经过任何输入法。" } },
};

/* The text of a stranger's code: bounded, and harmless to a terminal. */
static char *shown (const char *text)
{
  GString *out = g_string_new (NULL);
  guint count = 0;

  for (const char *at = text; *at != '\0' && count < SHOWN_MAX; at = text_next (at), count++) {
    gunichar c = g_utf8_get_char (at);
    g_string_append_unichar (out, c == ' ' ? 0x2423 : g_unichar_isgraph (c) ? c : 0xFFFD);
  }
  if (g_utf8_strlen (text, -1) > SHOWN_MAX)
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

static SelftestWords words_of (char *fr, char *zh, const char *remedy_fr, const char *remedy_zh)
{
  return (SelftestWords){ fr, zh, g_strdup (remedy_fr), g_strdup (remedy_zh) };
}

static SelftestWords layout_words (const SelftestFinding *finding)
{
  const char *name = keymap_layout_name (finding->scanner);

  if (finding->host_known)
    return (SelftestWords){
      g_strdup_printf ("Le lecteur tape en disposition %s" NNBSP
                       "; ce poste le lit en disposition %s",
                       LAYOUTS[finding->scanner].fr, LAYOUTS[finding->host].fr),
      g_strdup_printf ("扫描器使用%s键盘布局，而本站按%s布局读取", LAYOUTS[finding->scanner].zh,
                       LAYOUTS[finding->host].zh),
      g_strdup_printf ("Écrivez «" NNBSP "layout = %s" NNBSP
                       "» dans les réglages du poste, à la section de ce lecteur.",
                       name),
      g_strdup_printf ("请在本站设置中该扫描器的部分写入“layout = %s”。", name)
    };
  return (SelftestWords){
    g_strdup_printf ("Le lecteur tape en disposition %s" NNBSP
                     "; l’ordinateur attend la disposition %s",
                     LAYOUTS[finding->scanner].fr, LAYOUTS[finding->host].fr),
    g_strdup_printf ("扫描器使用%s键盘布局，而电脑使用%s布局", LAYOUTS[finding->scanner].zh,
                     LAYOUTS[finding->host].zh),
    g_strdup_printf ("Déclarez-le dans les réglages du poste (kind = usb, layout = %s)" NBSP
                     ": la disposition de l’ordinateur ne compte plus.",
                     name),
    g_strdup_printf (
        "请在本站设置中声明该扫描器（kind = usb，layout = %s）：此后与电脑的键盘布局无关。", name)
  };
}

/* Findings that show a piece of the text. */
static SelftestWords text_words (const SelftestFinding *finding)
{
  g_autofree char *text = shown (finding->text);

  switch (finding->kind) {
  case SELFTEST_LOST:
    return words_of (
        g_strdup_printf ("Caractères perdus" NBSP ": %u (%s)", finding->count, text),
        g_strdup_printf ("丢失字符：%u 个（%s）", finding->count, text),
        "Le lecteur tape trop vite pour ce port, ou le câble est mauvais. Réglez un délai de 2 à "
        "5" NNBSP "ms entre les caractères, ou choisissez le mode HID-POS ou série.",
        "扫描器输入过快，或数据线不良。请将字符间延迟设为 2–5 毫秒，或改用 HID-POS 或串口模式。");
  case SELFTEST_DOUBLED:
    return words_of (g_strdup_printf ("Caractères doublés" NBSP ": %u (%s)", finding->count, text),
                     g_strdup_printf ("重复字符：%u 个（%s）", finding->count, text),
                     "Désactivez la répétition des touches, ou réglez un délai entre les "
                     "caractères sur le lecteur.",
                     "请关闭按键重复，或在扫描器上设置字符间延迟。");
  case SELFTEST_WRONG:
    return words_of (
        g_strdup_printf ("Caractères changés ou ajoutés" NBSP ": %u (%s)", finding->count, text),
        g_strdup_printf ("错误或多出的字符：%u 个（%s）", finding->count, text),
        "Remettez le lecteur à ses réglages d’usine, puis relisez le code.",
        "请将扫描器恢复出厂设置，然后重新扫描。");
  case SELFTEST_PREFIX:
    return words_of (g_strdup_printf ("Le lecteur ajoute devant le code" NBSP ": %s", text),
                     g_strdup_printf ("扫描器在代码前添加了：%s", text),
                     "Supprimez le préfixe dans les réglages du lecteur.",
                     "请在扫描器设置中删除前缀。");
  case SELFTEST_SYMBOLOGY:
    return words_of (g_strdup_printf ("Le lecteur ajoute l’identifiant de symbologie %s", text),
                     g_strdup_printf ("扫描器添加了码制标识 %s", text),
                     "Désactivez «" NNBSP "AIM ID" NNBSP "» dans les réglages du lecteur.",
                     "请在扫描器设置中关闭“AIM ID”。");
  case SELFTEST_SUFFIX:
    return words_of (g_strdup_printf ("Le lecteur ajoute derrière le code" NBSP ": %s", text),
                     g_strdup_printf ("扫描器在代码后添加了：%s", text),
                     "Ne gardez comme suffixe que la touche Entrée (CR).",
                     "后缀请只保留回车（CR）。");
  default:
    return words_of (g_strdup_printf ("Ce n’est pas le code de test" NBSP ": %s", text),
                     g_strdup_printf ("这不是测试码：%s", text),
                     "Visez le code de test seul, sans autre code à côté.",
                     "请只对准测试码，旁边不要有其他码。");
  }
}

static SelftestWords pace_words (const SelftestFinding *finding)
{
  guint took_ms = (guint) (finding->took_us / 1000);

  switch (finding->kind) {
  case SELFTEST_REPEATED:
    return words_of (
        g_strdup_printf ("Le même code est arrivé %u fois de trop en une seconde", finding->count),
        g_strdup_printf ("同一代码在一秒内多读了 %u 次", finding->count),
        "Ce n’est compté qu’une fois. Allongez le délai de relecture du même code (1" NNBSP
        "s), ou choisissez la lecture à la gâchette.",
        "只计一次。请延长同码重读间隔（1 秒），或改用触发读取。");
  case SELFTEST_SLOW:
    return words_of (
        g_strdup_printf ("Lent" NBSP ": %u caractères par seconde, %u" NNBSP "ms pour ce code",
                         finding->count, took_ms),
        g_strdup_printf ("较慢：每秒 %u 个字符，此码用时 %u 毫秒", finding->count, took_ms),
        "Mettez à zéro le délai entre les caractères, ou choisissez le mode HID-POS ou série.",
        "请将字符间延迟设为 0，或改用 HID-POS 或串口模式。");
  default:
    return words_of (
        g_strdup_printf ("Vitesse" NBSP ": %u caractères par seconde, %u" NNBSP "ms pour ce code",
                         finding->count, took_ms),
        g_strdup_printf ("速度：每秒 %u 个字符，此码用时 %u 毫秒", finding->count, took_ms), "",
        "");
  }
}

SelftestWords selftest_words (const SelftestFinding *finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIXED); i++)
    if (FIXED[i].kind == finding->kind)
      return words_of (g_strdup (FIXED[i].said.fr), g_strdup (FIXED[i].said.zh), FIXED[i].remedy.fr,
                       FIXED[i].remedy.zh);
  if (finding->kind == SELFTEST_LAYOUT)
    return layout_words (finding);
  if (finding->kind == SELFTEST_REPEATED || finding->kind == SELFTEST_SLOW
      || finding->kind == SELFTEST_SPEED)
    return pace_words (finding);
  return text_words (finding);
}

void selftest_words_clear (SelftestWords *words)
{
  g_clear_pointer (&words->fr, g_free);
  g_clear_pointer (&words->zh, g_free);
  g_clear_pointer (&words->remedy_fr, g_free);
  g_clear_pointer (&words->remedy_zh, g_free);
}
