#include "usb/keyboard.h"

#include "core/text.h"

#include <string.h>

#define PAGE_KEYS 0x07u
#define PAGE_LEDS 0x08u
#define APPLICATION_KEYBOARD 0x10006u
#define APPLICATION_KEYPAD 0x10007u
#define MODIFIERS_FIRST 0xE0u
#define MODIFIERS_LAST 0xE7u

#define FIELDS_MAX 8
#define ROOM_MAX 256 /* values of one field */
#define DOWN_MAX 64  /* keys that go down in one report; no scanner presses more */
#define DIGITS_MAX 7 /* of a number typed with Alt: U+10FFFF */

/* Keys that are down, a bit each. */
typedef struct {
  guint64 bits[4];
} KeySet;

/* A field with keys, with its usages worked out. */
typedef struct {
  HidField field;
  guint8 usages[ROOM_MAX]; /* by value, or by place; 0 for none */
  guint room;
} KeyField;

struct _Keyboard {
  KeyField *fields;
  guint count;
  gboolean numbered;
  KeysLayout keys;
  KeyboardListener listener;
  KeySet down;
  guint8 modifiers;
  gboolean caps;
  gunichar dead; /* an accent that waits for its letter */
  char digits[DIGITS_MAX + 1];
};

static gboolean has (const KeySet *set, guint8 usage)
{
  return (set->bits[usage / 64] >> (usage % 64) & 1) != 0;
}

static void add (KeySet *set, guint8 usage)
{
  set->bits[usage / 64] |= G_GUINT64_CONSTANT (1) << (usage % 64);
}

static gboolean is_keys (const HidLayout *layout, const HidField *field)
{
  if (field->kind != HID_INPUT
      || (field->application != APPLICATION_KEYBOARD && field->application != APPLICATION_KEYPAD))
    return FALSE;
  return hid_usage (layout, field, 0) >> 16 == PAGE_KEYS
         || hid_usage (layout, field, 1) >> 16 == PAGE_KEYS;
}

/* Letters, not modifiers alone. */
static gboolean has_letters (const HidLayout *layout, const HidField *field)
{
  return hid_index_of (layout, field, PAGE_KEYS << 16 | 0x04) >= 0
         || hid_index_of (layout, field, PAGE_KEYS << 16 | 0x1E) >= 0;
}

gboolean keyboard_fits (const HidLayout *layout)
{
  for (guint i = 0; i < layout->fields->len; i++) {
    const HidField *field = &g_array_index (layout->fields, HidField, i);
    if (is_keys (layout, field) && has_letters (layout, field))
      return TRUE;
  }
  return FALSE;
}

gboolean keyboard_lights (const HidLayout *layout, guint8 *report, gsize *bytes)
{
  for (guint i = 0; i < layout->fields->len; i++) {
    const HidField *field = &g_array_index (layout->fields, HidField, i);
    if (field->kind != HID_OUTPUT || hid_usage (layout, field, 0) >> 16 != PAGE_LEDS)
      continue;
    *report = field->report;
    *bytes = (field->bit + (gsize) field->size * field->count + 7) / 8;
    return TRUE;
  }
  return FALSE;
}

static void work_out (const HidLayout *layout, KeyField *keys)
{
  guint64 values
      = keys->field.array ? G_GUINT64_CONSTANT (1) << MIN (keys->field.size, 8) : keys->field.count;

  keys->room = (guint) MIN (values, ROOM_MAX);
  for (guint i = 0; i < keys->room; i++) {
    guint32 usage = keys->field.array ? hid_chosen (layout, &keys->field, i)
                                      : hid_usage (layout, &keys->field, i);
    keys->usages[i]
        = usage >> 16 == PAGE_KEYS && (usage & 0xFFFF) <= MODIFIERS_LAST ? (guint8) usage : 0;
  }
}

/* Modifiers as eight bits, a byte of room, six keys as bytes (HID 1.11, appendix B.1). */
static HidLayout *boot_layout (void)
{
  static const guint8 BOOT[] = {
    0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25,
    0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06,
    0x75, 0x08, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x19, 0x00, 0x2A, 0xFF, 0x00, 0x81, 0x00, 0xC0,
  };

  return hid_parse (BOOT, sizeof BOOT, NULL);
}

Keyboard *keyboard_new (const HidLayout *layout, KeysLayout keys, const KeyboardListener *listener)
{
  g_autoptr (HidLayout) boot = layout == NULL ? boot_layout () : NULL;
  const HidLayout *laid = layout != NULL ? layout : boot;
  Keyboard *keyboard;

  if (!keyboard_fits (laid))
    return NULL;
  keyboard = g_new0 (Keyboard, 1);
  keyboard->numbered = laid->numbered;
  keyboard->keys = keys;
  keyboard->listener = *listener;
  keyboard->fields = g_new0 (KeyField, FIELDS_MAX);
  for (guint i = 0; i < laid->fields->len && keyboard->count < FIELDS_MAX; i++) {
    const HidField *field = &g_array_index (laid->fields, HidField, i);
    if (!is_keys (laid, field))
      continue;
    keyboard->fields[keyboard->count].field = *field;
    work_out (laid, &keyboard->fields[keyboard->count++]);
  }
  return keyboard;
}

void keyboard_free (Keyboard *keyboard)
{
  if (keyboard == NULL)
    return;
  g_free (keyboard->fields);
  g_free (keyboard);
}

static void type (Keyboard *keyboard, gunichar c)
{
  if (c != 0)
    keyboard->listener.character (c, keyboard->listener.data);
}

/* Types what a key means, with the accent that waits for it. */
static void type_key (Keyboard *keyboard, gunichar c, gboolean dead)
{
  gunichar accent = keyboard->dead;
  gunichar composed = accent != 0 ? keymap_compose (accent, c) : 0;

  if (c == 0)
    return;
  keyboard->dead = 0;
  if (accent == 0 && dead)
    keyboard->dead = c;
  else if (composed != 0)
    type (keyboard, composed);
  else {
    type (keyboard, accent);
    type (keyboard, c);
  }
}

/* The left Alt is up: a number that was typed with it is a character. */
static void end_number (Keyboard *keyboard)
{
  if (keyboard->digits[0] == '\0')
    return;
  type_key (keyboard, keymap_of_number (keyboard->keys, keyboard->digits), FALSE);
  keyboard->digits[0] = '\0';
}

static void add_digit (Keyboard *keyboard, guint8 usage)
{
  gsize length = strlen (keyboard->digits);

  if (length == DIGITS_MAX)
    return;
  keyboard->digits[length]
      = usage == KEYMAP_USAGE_PAD_0 ? '0' : (char) ('1' + (usage - KEYMAP_USAGE_PAD_1));
  keyboard->digits[length + 1] = '\0';
}

static void press (Keyboard *keyboard, guint8 usage)
{
  gboolean dead;

  if (keyboard->listener.key != NULL)
    keyboard->listener.key (usage, keyboard->modifiers, keyboard->caps, keyboard->listener.data);
  if (usage == KEYMAP_USAGE_CAPS_LOCK)
    keyboard->caps = !keyboard->caps;
  else if ((keyboard->modifiers & KEYMAP_LEFT_ALT) != 0 && usage >= KEYMAP_USAGE_PAD_1
           && usage <= KEYMAP_USAGE_PAD_0)
    add_digit (keyboard, usage);
  else {
    gunichar c
        = keymap_character (keyboard->keys, usage, keyboard->modifiers, keyboard->caps, &dead);
    type_key (keyboard, c, dead);
  }
}

static void set_modifiers (Keyboard *keyboard, guint8 modifiers)
{
  gboolean alt_up
      = (keyboard->modifiers & KEYMAP_LEFT_ALT) != 0 && (modifiers & KEYMAP_LEFT_ALT) == 0;

  keyboard->modifiers = modifiers;
  if (!alt_up)
    return;
  if (keyboard->listener.key != NULL)
    keyboard->listener.key (KEYMAP_USAGE_LEFT_ALT, modifiers, keyboard->caps,
                            keyboard->listener.data);
  end_number (keyboard);
}

typedef struct {
  KeySet set;
  guint8 order[DOWN_MAX];
  guint count;
  guint8 modifiers;
  gboolean any, error, cut;
} Pressed;

static void take_usage (Pressed *pressed, guint8 usage)
{
  if (usage >= KEYMAP_USAGE_ROLLOVER && usage <= 3)
    pressed->error = TRUE;
  else if (usage >= MODIFIERS_FIRST)
    pressed->modifiers |= (guint8) (1 << (usage - MODIFIERS_FIRST));
  else if (usage != 0 && pressed->count < DOWN_MAX) { /* twice in one report is twice: scanners that
                                                         type Alt+080 at once rely on it */
    add (&pressed->set, usage);
    pressed->order[pressed->count++] = usage;
  }
}

static void take_field (const KeyField *keys, const guint8 *report, gsize length, Pressed *pressed)
{
  guint count = MIN (keys->field.count, ROOM_MAX);

  pressed->any = TRUE;
  for (guint i = 0; i < count; i++) {
    guint32 value;
    if (!hid_value (&keys->field, report, length, i, &value)) {
      pressed->cut = TRUE;
      return;
    }
    if (!keys->field.array && value != 0)
      take_usage (pressed, keys->usages[i]);
    else if (keys->field.array && value < keys->room)
      take_usage (pressed, keys->usages[value]);
  }
}

gboolean keyboard_report (Keyboard *keyboard, const guint8 *report, gsize length)
{
  Pressed pressed = { .count = 0 };
  KeySet before = keyboard->down;

  for (guint i = 0; i < keyboard->count; i++)
    if (!keyboard->numbered || (length > 0 && keyboard->fields[i].field.report == report[0]))
      take_field (&keyboard->fields[i], report, length, &pressed);
  if (!pressed.any
      || pressed.error) /* too many keys at once: the keyboard says that it does not know which */
    return TRUE;
  set_modifiers (keyboard, pressed.modifiers);
  keyboard->down = pressed.set;
  for (guint i = 0; i < pressed.count; i++)
    if (!has (&before, pressed.order[i]))
      press (keyboard, pressed.order[i]);
  return !pressed.cut;
}

static void append (gunichar c, gpointer data)
{
  g_string_append_unichar (data, c);
}

char *keyboard_text (const KeyboardStroke *strokes, gsize count, KeysLayout keys, gboolean caps)
{
  GString *text = g_string_new (NULL);
  Keyboard keyboard
      = { .keys = keys, .listener = { .character = append, .data = text }, .caps = caps };

  for (gsize i = 0; i < count; i++) {
    set_modifiers (&keyboard, strokes[i].modifiers);
    if (strokes[i].usage < MODIFIERS_FIRST)
      press (&keyboard, strokes[i].usage);
  }
  end_number (&keyboard);
  return g_string_free (text, FALSE);
}

/* The key of @layout that types @c by itself. */
static gboolean key_of (KeysLayout layout, gunichar c, KeyboardStroke *stroke)
{
  static const guint8 MODIFIERS[] = { 0, KEYMAP_LEFT_SHIFT, KEYMAP_RIGHT_ALT };

  for (guint m = 0; m < G_N_ELEMENTS (MODIFIERS); m++)
    for (guint usage = 0x04; usage <= 0x38; usage++) {
      gboolean dead;
      if (keymap_character (layout, usage, MODIFIERS[m], FALSE, &dead) != c || dead)
        continue;
      *stroke = (KeyboardStroke){ .usage = (guint8) usage, .modifiers = MODIFIERS[m] };
      return TRUE;
    }
  return FALSE;
}

char *keyboard_typed (const char *text, KeysLayout scanner, KeysLayout host, gboolean caps)
{
  g_autoptr (GArray) strokes = g_array_new (FALSE, FALSE, sizeof (KeyboardStroke));

  for (const char *at = text; *at != '\0'; at = text_next (at)) {
    KeyboardStroke stroke;
    if (key_of (scanner, g_utf8_get_char (at), &stroke))
      g_array_append_val (strokes, stroke);
  }
  return keyboard_text ((const KeyboardStroke *) (gpointer) strokes->data, strokes->len, host,
                        caps);
}
