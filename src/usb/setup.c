#include "usb/setup.h"

#include "usb/code128.h"

#define ORDER "\x81" /* FNC3 */
#define NNBSP "\u202f"
#define NBSP "\u00a0"

/* Sources.
 *
 * Honeywell: the syntax of menu commands (tag, subtag, data, "." to keep) stands in the
 * chapter “Serial Programming Commands” of its user guides (Xenon 1900, ch. 12; N4313,
 * ch. 9), which says that commands and programming bar codes do the same; terminal ids
 * (130 USB serial, 124 PC keyboard, 131 HID POS) in the “Terminal ID Table” of the Xenon
 * guide (p. 6-4). DEFALT and VSUFCR are in the N36XX user guide (N36XX-UG Rev B). That
 * the tag of the USB terminal is TRMUSB, and that PAP124 chooses the keyboard, a Genesis
 * 7580g answers itself (public installation notes). That the bars are FNC3 and the
 * command, a dealer's notes say (accuratedata.com, “Can’t default Honeywell Xenon or
 * Voyager scanner”), and that newer firmware has another code for the defaults.
 * Datalogic: $P,AE,P and CR are printed under the label in the product reference guides
 * (Gryphon GPS4400, p. 48; Gryphon I GFS4400, p. 56), with the warning that they erase
 * everything. HA35 as USB keyboard, and several settings in one label, are in a label
 * made with Datalogic's own tool (A+W, “QR Code Integration”, 4.3); FNC3 before it in the
 * open tool td1100. Zebra/Symbol: Digital Scanner Product Reference Guides (DS9208,
 * 72E-139635-06; DS4208, 72E-139232-04; DS8108, MN-002926-01). Newland: FM420 Integration
 * Guide (HID-POS, p. 47), HR52 user manual. NETUM: NT-2050 manual V8.8.16. Their codes
 * are printed as pictures only.  */
static const SetupFamily FAMILIES[] = {
  { "Honeywell",
    "Xenon, Granit, Voyager, Hyperion, Genesis",
    "Honeywell User’s Guide, “Serial Programming Commands”, “Terminal ID Table”; N36XX-UG Rev B",
    "Le lecteur confirme chaque code par un bip double. S’il ne réagit pas (micrologiciel récent), "
    "prenez le code de même nom dans son manuel.",
    "扫描成功后会听到双响提示。若无反应（固件较新），请使用说明书中同名的设置码。",
    { [SETUP_DEFAULTS]
      = { ORDER "DEFALT.", "Reset / Default Settings", "Reset / Default Settings" },
      [SETUP_HID_POS]
      = { ORDER "TRMUSB131.", "USB HID Bar Code Scanner", "USB HID Bar Code Scanner" },
      [SETUP_SERIAL] = { ORDER "TRMUSB130.", "USB Serial", "USB Serial" },
      [SETUP_KEYBOARD] = { ORDER "PAP124.", "USB PC Keyboard", "USB PC Keyboard" },
      [SETUP_US_LAYOUT]
      = { NULL, "Manuel, «" NNBSP "Keyboard Country Layout" NNBSP "»" NBSP ": United States.",
          "说明书“Keyboard Country Layout”：United States。" },
      [SETUP_SUFFIX_CR] = { ORDER "VSUFCR.", "Add CR Suffix", "Add CR Suffix" } } },
  { "Datalogic",
    "Gryphon, QuickScan, PowerScan",
    "Datalogic Gryphon Product Reference Guide (GPS4400, p. 48; GFS4400, p. 56)",
    "Les réglages d’usine effacent tout, l’interface aussi. Ne lisez pas «" NNBSP
    "Enter/Exit Programming" NNBSP "» avant les codes dessinés ici" NNBSP
    "; avant ceux du manuel, oui.",
    "恢复出厂设置会清除全部设置，包括接口。扫描本页的码之前不要扫“Enter/Exit "
    "Programming”；使用说明书中的码时则需要。",
    { [SETUP_DEFAULTS] = { ORDER "$P,AE,P\r", "Label ID Pre-loaded Set = USA Set",
                           "Label ID Pre-loaded Set = USA Set" },
      [SETUP_HID_POS]
      = { NULL,
          "Manuel, «" NNBSP "Interface Selection" NNBSP "»" NBSP ": HID-POS, si le modèle l’offre.",
          "说明书“Interface Selection”：HID-POS（若该型号支持）。" },
      [SETUP_SERIAL]
      = { NULL, "Manuel, «" NNBSP "Interface Selection" NNBSP "»" NBSP ": USB-COM-STD.",
          "说明书“Interface Selection”：USB-COM-STD。" },
      [SETUP_KEYBOARD] = { ORDER "$P,HA35,P\r", "Interface Selection: USB Keyboard",
                           "Interface Selection: USB Keyboard" },
      [SETUP_US_LAYOUT] = { NULL,
                            "Manuel, «" NNBSP "USB Keyboard Settings" NNBSP "», «" NNBSP
                            "Country Mode" NNBSP "»" NBSP ": U.S.",
                            "说明书“USB Keyboard Settings”中的“Country Mode”：U.S.。" },
      [SETUP_SUFFIX_CR]
      = { NULL,
          "Manuel, «" NNBSP "Data Format" NNBSP "», «" NNBSP "Global Suffix" NNBSP "»" NBSP ": 0D.",
          "说明书“Data Format”中的“Global Suffix”：0D。" } } },
  { "Zebra / Symbol",
    "DS, LI, LS",
    "Zebra Digital Scanner Product Reference Guide (DS9208, 72E-139635-06)",
    "Zebra n’imprime ses codes qu’en image" NBSP
    ": prenez-les dans le guide du modèle. Les noms ci-dessous y sont les mêmes.",
    "Zebra 的设置码仅以图形印刷，请使用该型号的 Product Reference Guide。以下名称与其一致。",
    { [SETUP_DEFAULTS]
      = { NULL, "«" NNBSP "User Preferences" NNBSP "»" NBSP ": Set Factory Defaults.",
          "“User Preferences”：Set Factory Defaults。" },
      [SETUP_HID_POS] = { NULL,
                          "«" NNBSP "USB Interface" NNBSP "», «" NNBSP "USB Device Type" NNBSP
                          "»" NBSP ": HID POS, si le modèle l’offre.",
                          "“USB Interface”中的“USB Device Type”：HID POS（若该型号支持）。" },
      [SETUP_SERIAL]
      = { NULL,
          "«" NNBSP "USB Device Type" NNBSP "»" NBSP ": CDC COM Port Emulation (ou USB CDC Host).",
          "“USB Device Type”：CDC COM Port Emulation（或 USB CDC Host）。" },
      [SETUP_KEYBOARD]
      = { NULL,
          "«" NNBSP "USB Device Type" NNBSP "»" NBSP ": HID Keyboard Emulation. Pas de «" NNBSP
          "Simulated Caps Lock" NNBSP "».",
          "“USB Device Type”：HID Keyboard Emulation。不要启用“Simulated Caps Lock”。" },
      [SETUP_US_LAYOUT]
      = { NULL,
          "«" NNBSP "USB Country Keyboard Types" NNBSP "»" NBSP
          ": North American Standard USB Keyboard.",
          "“USB Country Keyboard Types”：North American Standard USB Keyboard。" },
      [SETUP_SUFFIX_CR]
      = { NULL, "«" NNBSP "Miscellaneous Scanner Parameters" NNBSP "»" NBSP ": Add an Enter Key.",
          "“Miscellaneous Scanner Parameters”：Add an Enter Key。" } } },
  { "Newland",
    "HR, FM, FR, EM",
    "Newland FM420 Integration Guide (p. 47); HR52 User Manual",
    "Newland n’imprime ses codes qu’en image. Lisez d’abord «" NNBSP "Enter Setup" NNBSP
    "» (ou «" NNBSP "Code Programming ON" NNBSP "»), et «" NNBSP "Exit Setup" NNBSP "» à la fin.",
    "新大陆的设置码仅以图形印刷。请先扫“启动设置码 / Enter Setup”，最后扫“退出设置码 / Exit "
    "Setup”。",
    { [SETUP_DEFAULTS]
      = { NULL, "Restore All Factory Defaults.", "恢复出厂设置（Restore All Factory Defaults）。" },
      [SETUP_HID_POS] = { NULL, "«" NNBSP "USB Interface" NNBSP "»" NBSP ": HID-POS.",
                          "“USB 接口 / USB Interface”：HID-POS。" },
      [SETUP_SERIAL]
      = { NULL, "«" NNBSP "USB Interface" NNBSP "»" NBSP ": USB COM Port Emulation (CDC).",
          "“USB 接口 / USB Interface”：USB 虚拟串口（CDC）。" },
      [SETUP_KEYBOARD] = { NULL, "«" NNBSP "USB Interface" NNBSP "»" NBSP ": HID Keyboard.",
                           "“USB 接口 / USB Interface”：USB 键盘（HID-KBW）。" },
      [SETUP_US_LAYOUT] = { NULL, "«" NNBSP "Keyboard Layout" NNBSP "»" NBSP ": U.S.",
                            "“键盘布局 / Keyboard Layout”：美国。" },
      [SETUP_SUFFIX_CR]
      = { NULL, "«" NNBSP "Terminating Character Suffix" NNBSP "»" NBSP ": CR (0x0D).",
          "“结束符后缀 / Terminating Character Suffix”：CR（0x0D）。" } } },
  { "NETUM, Tera",
    "et lecteurs sans marque · 及无品牌扫描器",
    "NETUM NT-2050 Manual V8.8.16",
    "Leurs codes ne sont imprimés qu’en image, et diffèrent d’un modèle à l’autre. Souvent seul le "
    "mode clavier existe" NBSP ": il suffit.",
    "其设置码仅以图形印刷，且因型号而异。通常只有键盘模式，即可满足使用。",
    { [SETUP_DEFAULTS] = { NULL, "Factory default configuration.",
                           "恢复出厂设置（Factory default configuration）。" },
      [SETUP_HID_POS] = { NULL, "Le plus souvent absent.", "通常不支持。" },
      [SETUP_SERIAL]
      = { NULL, "USB virtual COM port, si le modèle l’offre.", "USB 虚拟串口（若该型号支持）。" },
      [SETUP_KEYBOARD]
      = { NULL, "USB HID keyboard (réglage d’usine).", "USB HID 键盘（出厂设置）。" },
      [SETUP_US_LAYOUT]
      = { NULL, "Keyboard language" NBSP ": English (US).", "键盘语言：美国英语。" },
      [SETUP_SUFFIX_CR]
      = { NULL, "Suffix" NBSP ": Add Enter.", "后缀：添加回车（Add Enter）。" } } },
};

static const struct {
  const char *fr, *zh;
} PURPOSES[SETUP_PURPOSES] = {
  [SETUP_DEFAULTS] = { "Réglages d’usine", "恢复出厂设置" },
  [SETUP_HID_POS] = { "Mode HID-POS (le meilleur)", "HID-POS 模式（推荐）" },
  [SETUP_SERIAL] = { "Mode série USB (aussi bon)", "USB 串口模式（同样可靠）" },
  [SETUP_KEYBOARD] = { "Mode clavier USB", "USB 键盘模式" },
  [SETUP_US_LAYOUT] = { "Clavier américain", "美式键盘布局" },
  [SETUP_SUFFIX_CR] = { "Suffixe Entrée (CR)", "后缀：回车（CR）" },
};

const SetupFamily *setup_families (guint *count)
{
  *count = G_N_ELEMENTS (FAMILIES);
  return FAMILIES;
}

const char *setup_purpose_fr (SetupPurpose purpose)
{
  return PURPOSES[purpose].fr;
}

const char *setup_purpose_zh (SetupPurpose purpose)
{
  return PURPOSES[purpose].zh;
}

char *setup_code_text (const char *code)
{
  GString *text = g_string_new (NULL);

  for (const char *at = code; *at != '\0'; at++)
    if (*at == '\r')
      g_string_append (text, " CR");
    else if (*at != CODE128_FNC3)
      g_string_append_c (text, *at);
  return g_string_free (text, FALSE);
}
