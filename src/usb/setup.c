#include "usb/setup.h"

#include "core/words.h"
#include "usb/code128.h"

#define ORDER "\x81" /* FNC3 */

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
    N_ ("The reader confirms each code with a double beep. If it does not react (recent firmware), "
        "take the code of the same name from its manual."),
    { [SETUP_DEFAULTS] = { ORDER "DEFALT.", "Reset / Default Settings" },
      [SETUP_HID_POS] = { ORDER "TRMUSB131.", "USB HID Bar Code Scanner" },
      [SETUP_SERIAL] = { ORDER "TRMUSB130.", "USB Serial" },
      [SETUP_KEYBOARD] = { ORDER "PAP124.", "USB PC Keyboard" },
      [SETUP_US_LAYOUT] = { NULL, N_ ("Manual, “Keyboard Country Layout”: United States.") },
      [SETUP_SUFFIX_CR] = { ORDER "VSUFCR.", "Add CR Suffix" } } },
  { "Datalogic",
    "Gryphon, QuickScan, PowerScan",
    "Datalogic Gryphon Product Reference Guide (GPS4400, p. 48; GFS4400, p. 56)",
    N_ ("The factory settings erase everything, the interface too. Do not read “Enter/Exit "
        "Programming” before the codes that are drawn here; before those of the manual, do."),
    { [SETUP_DEFAULTS] = { ORDER "$P,AE,P\r", "Label ID Pre-loaded Set = USA Set" },
      [SETUP_HID_POS]
      = { NULL, N_ ("Manual, “Interface Selection”: HID-POS, if the model has it.") },
      [SETUP_SERIAL] = { NULL, N_ ("Manual, “Interface Selection”: USB-COM-STD.") },
      [SETUP_KEYBOARD] = { ORDER "$P,HA35,P\r", "Interface Selection: USB Keyboard" },
      [SETUP_US_LAYOUT] = { NULL, N_ ("Manual, “USB Keyboard Settings”, “Country Mode”: U.S.") },
      [SETUP_SUFFIX_CR] = { NULL, N_ ("Manual, “Data Format”, “Global Suffix”: 0D.") } } },
  { "Zebra / Symbol",
    "DS, LI, LS",
    "Zebra Digital Scanner Product Reference Guide (DS9208, 72E-139635-06)",
    N_ ("Zebra prints its codes as pictures only: take them from the guide of the model. The names "
        "below are the same there."),
    { [SETUP_DEFAULTS] = { NULL, N_ ("“User Preferences”: Set Factory Defaults.") },
      [SETUP_HID_POS]
      = { NULL, N_ ("“USB Interface”, “USB Device Type”: HID POS, if the model has it.") },
      [SETUP_SERIAL]
      = { NULL, N_ ("“USB Device Type”: CDC COM Port Emulation (or USB CDC Host).") },
      [SETUP_KEYBOARD]
      = { NULL, N_ ("“USB Device Type”: HID Keyboard Emulation. No “Simulated Caps Lock”.") },
      [SETUP_US_LAYOUT]
      = { NULL, N_ ("“USB Country Keyboard Types”: North American Standard USB Keyboard.") },
      [SETUP_SUFFIX_CR]
      = { NULL, N_ ("“Miscellaneous Scanner Parameters”: Add an Enter Key.") } } },
  { "Newland",
    "HR, FM, FR, EM",
    "Newland FM420 Integration Guide (p. 47); HR52 User Manual",
    N_ ("Newland prints its codes as pictures only. First read “Enter Setup” (or “Code Programming "
        "ON”), and “Exit Setup” at the end."),
    { [SETUP_DEFAULTS] = { NULL, N_ ("Restore All Factory Defaults.") },
      [SETUP_HID_POS] = { NULL, N_ ("“USB Interface”: HID-POS.") },
      [SETUP_SERIAL] = { NULL, N_ ("“USB Interface”: USB COM Port Emulation (CDC).") },
      [SETUP_KEYBOARD] = { NULL, N_ ("“USB Interface”: HID Keyboard.") },
      [SETUP_US_LAYOUT] = { NULL, N_ ("“Keyboard Layout”: U.S.") },
      [SETUP_SUFFIX_CR] = { NULL, N_ ("“Terminating Character Suffix”: CR (0x0D).") } } },
  { "NETUM, Tera",
    N_ ("and readers without a brand"),
    "NETUM NT-2050 Manual V8.8.16",
    N_ ("Their codes are printed as pictures only, and differ from one model to the other. Often "
        "there is only the keyboard mode: it is enough."),
    { [SETUP_DEFAULTS] = { NULL, N_ ("Factory default configuration.") },
      [SETUP_HID_POS] = { NULL, N_ ("Most often missing.") },
      [SETUP_SERIAL] = { NULL, N_ ("USB virtual COM port, if the model has it.") },
      [SETUP_KEYBOARD] = { NULL, N_ ("USB HID keyboard (factory setting).") },
      [SETUP_US_LAYOUT] = { NULL, N_ ("Keyboard language: English (US).") },
      [SETUP_SUFFIX_CR] = { NULL, N_ ("Suffix: Add Enter.") } } },
};

static const char *const PURPOSES[SETUP_PURPOSES] = {
  [SETUP_DEFAULTS] = N_ ("Factory settings"),
  [SETUP_HID_POS] = N_ ("HID-POS mode (the best)"),
  [SETUP_SERIAL] = N_ ("USB serial mode (as good)"),
  [SETUP_KEYBOARD] = N_ ("USB keyboard mode"),
  [SETUP_US_LAYOUT] = N_ ("US keyboard"),
  [SETUP_SUFFIX_CR] = N_ ("Suffix Enter (CR)"),
};

const SetupFamily *setup_families (guint *count)
{
  *count = G_N_ELEMENTS (FAMILIES);
  return FAMILIES;
}

const char *setup_purpose (SetupPurpose purpose)
{
  return PURPOSES[purpose];
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
