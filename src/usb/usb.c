#include "usb/usb.h"

#include "core/lock.h"
#include "core/words.h"
#include "usb/device_slot.h"

#define IDLE_US (60 * G_USEC_PER_SEC)
#define RETRY_US (USB_RETRY_MS * G_GINT64_CONSTANT (1000))
#define BREATH_US                                                                                  \
  (100 * G_GINT64_CONSTANT (1000)) /* where libusb's events fail: not again at once */

/* What a reader was last said to be. Belongs to the keeper. */
typedef struct {
  gboolean is_told;
  ReaderState state;
  char *detail;
  char *parting; /* what is left to say of a device that is gone */
} Told;

struct _UsbReaders {
  ReaderListener listener;
  UsbTap tap;
  DeviceMatch matches[USB_READERS_MAX];
  Told told[USB_READERS_MAX];
  guint count;
  libusb_context *context;
  libusb_hotplug_callback_handle hotplug;
  gboolean has_hotplug;
  GThread *events, *keeper;
  GPtrArray *slots; /* DeviceSlot; the keeper's, the events' thread reads the list */
  Lock slots_lock;  /* for changing the list, and for reading it in the events' thread; taken before
                       `talk` and `lock` */
  Lock talk;        /* held while the listener is called */
  Lock lock;        /* for what follows */
  Wake wake;        /* for the keeper */
  Wake breath;      /* for the events' thread, where they fail */
  gboolean ending, events_end, look;
};

/* The events' thread ----------------------------------------------------------------- */

static void look_again (gpointer data)
{
  UsbReaders *readers = data;

  lock_take (&readers->lock);
  readers->look = TRUE;
  lock_wake_one (&readers->wake);
  lock_give (&readers->lock);
}

static int LIBUSB_CALL on_hotplug (libusb_context *context, libusb_device *device,
                                   libusb_hotplug_event event, void *data)
{
  look_again (data);
  return 0;
}

static void on_code (const DeviceSlot *slot, const char *text, gint64 at_us, gpointer data)
{
  UsbReaders *readers = data;

  lock_take (&readers->talk);
  readers->listener.code (readers->matches[slot->match].name, text, at_us, readers->listener.data);
  lock_give (&readers->talk);
}

static void on_raw (const DeviceSlot *slot, const UsbRaw *raw, gpointer data)
{
  UsbReaders *readers = data;

  readers->tap.raw (readers->matches[slot->match].name, raw, readers->tap.data);
}

static gboolean is_ending (gpointer data)
{
  UsbReaders *readers = data;
  gboolean ending;

  lock_take (&readers->lock);
  ending = readers->ending;
  lock_give (&readers->lock);
  return ending;
}

/* When the next code ends by a pause. */
static gint64 next_tick_us (UsbReaders *readers)
{
  gint64 due_us = G_MAXINT64;

  lock_take (&readers->slots_lock);
  for (guint i = 0; i < readers->slots->len; i++)
    due_us = MIN (due_us, device_slot_due_us (g_ptr_array_index (readers->slots, i)));
  lock_give (&readers->slots_lock);
  return due_us;
}

static void tick (UsbReaders *readers)
{
  gint64 now_us = g_get_monotonic_time ();

  lock_take (&readers->slots_lock);
  for (guint i = 0; i < readers->slots->len; i++)
    device_slot_tick (g_ptr_array_index (readers->slots, i), now_us);
  lock_give (&readers->slots_lock);
}

/* Waits a moment if @failed. */
static gboolean events_ended (UsbReaders *readers, gboolean failed)
{
  gint64 end_us = g_get_monotonic_time () + BREATH_US;
  gboolean ended;

  lock_take (&readers->lock);
  while (failed && !readers->events_end
         && lock_wake_wait_until (&readers->breath, &readers->lock, end_us))
    ;
  ended = readers->events_end;
  lock_give (&readers->lock);
  return ended;
}

static gpointer run_events (gpointer data)
{
  UsbReaders *readers = data;
  int result = 0;

  while (!events_ended (readers, result != 0 && result != LIBUSB_ERROR_INTERRUPTED)) {
    gint64 due_us = next_tick_us (readers);
    gint64 wait_us
        = due_us == G_MAXINT64 ? IDLE_US : CLAMP (due_us - g_get_monotonic_time (), 0, IDLE_US);
    struct timeval wait
        = { .tv_sec = wait_us / G_USEC_PER_SEC, .tv_usec = wait_us % G_USEC_PER_SEC };
    result = libusb_handle_events_timeout_completed (readers->context, &wait, NULL);
    tick (readers);
  }
  return NULL;
}

/* The keeper: what is plugged in ----------------------------------------------------- */

static DeviceSlot *slot_at (UsbReaders *readers, guint index)
{
  return g_ptr_array_index (readers->slots, index);
}

static DeviceSlot *find_slot (UsbReaders *readers, const libusb_device *device)
{
  for (guint i = 0; i < readers->slots->len; i++)
    if (slot_at (readers, i)->device == device)
      return slot_at (readers, i);
  return NULL;
}

static void add_slot (UsbReaders *readers, libusb_device *device)
{
  DeviceSlotListener listener = { .code = on_code,
                                  .raw = readers->tap.raw != NULL ? on_raw : NULL,
                                  .changed = look_again,
                                  .ending = is_ending,
                                  .data = readers };
  DeviceSlot *slot = device_slot_new (device, &listener, g_get_monotonic_time ());

  lock_take (&readers->slots_lock);
  g_ptr_array_add (readers->slots, slot);
  lock_give (&readers->slots_lock);
}

/* The device is gone. What it leaves to say is kept: a code that was cut off. */
static void remove_slot (UsbReaders *readers, DeviceSlot *slot)
{
  lock_take (&readers->slots_lock);
  g_ptr_array_remove (readers->slots, slot);
  lock_give (&readers->slots_lock);
  device_slot_close (slot);
  if (slot->match >= 0 && device_slot_problem (slot) == CHANNEL_UNFINISHED) {
    g_free (readers->told[slot->match].parting);
    readers->told[slot->match].parting
        = g_strdup_printf ("%s: %s", slot->title, channel_problem_text (CHANNEL_UNFINISHED));
  }
  device_slot_free (slot);
}

/* Brings the slots up to what is plugged in; TRUE if something came or went. */
static gboolean survey (UsbReaders *readers)
{
  libusb_device **devices = NULL;
  gssize found = libusb_get_device_list (readers->context, &devices);
  gboolean changed = FALSE;

  for (guint i = 0; i < readers->slots->len; i++)
    slot_at (readers, i)->present = FALSE;
  for (gssize i = 0; i < found; i++) {
    DeviceSlot *slot = find_slot (readers, devices[i]);
    if (slot != NULL)
      slot->present = TRUE;
    else
      add_slot (readers, devices[i]);
    changed = changed || slot == NULL;
  }
  if (devices != NULL)
    libusb_free_device_list (devices, 1);
  for (guint i = readers->slots->len; i-- > 0;) {
    if (slot_at (readers, i)->present)
      continue;
    remove_slot (readers, slot_at (readers, i));
    changed = TRUE;
  }
  return changed;
}

/* Keyboards that a person could type on if @but were taken. */
static guint other_keyboards (UsbReaders *readers, const DeviceSlot *but)
{
  guint count = usb_bus_other_keyboards ();

  for (guint i = 0; i < readers->slots->len; i++) {
    DeviceSlot *slot = slot_at (readers, i);
    if (slot != but && !device_slot_is_held (slot) && slot->description != NULL
        && usb_guess_has (slot->description, CHANNEL_KEYBOARD)
        && !usb_guess_is_scanner (slot->description))
      count++;
  }
  return count;
}

static gboolean has_room (UsbReaders *readers)
{
  guint count = 0;

  for (guint i = 0; i < readers->slots->len; i++)
    count += device_slot_is_held (slot_at (readers, i)) ? 1 : 0;
  return count < USB_DEVICES_MAX;
}

/* Looks once at every device; the time of the next look, unless something happens
 * before. */
static gint64 keep (UsbReaders *readers)
{
  gboolean changed = survey (readers);
  gint64 now_us = g_get_monotonic_time ();
  gint64 next_us = readers->has_hotplug ? G_MAXINT64 : now_us + RETRY_US;

  for (guint i = 0; i < readers->slots->len; i++) {
    DeviceSlot *slot = slot_at (readers, i);
    device_slot_mend (slot, now_us);
    if (slot->next_us <= now_us && slot->state == READER_STARTING)
      device_slot_describe (slot);
  }
  for (guint i = 0; i < readers->slots->len && !is_ending (readers); i++) {
    DeviceSlot *slot = slot_at (readers, i);
    /* Whoever came or went may have made a keyboard the only one, or not. */
    if (!device_slot_is_held (slot) && (slot->next_us <= now_us || (changed && slot->match < 0)))
      device_slot_try (slot, readers->matches, readers->count, other_keyboards (readers, slot),
                       has_room (readers), g_get_monotonic_time ());
    next_us = MIN (next_us, slot->next_us);
  }
  return next_us;
}

/* The keeper: what is told ----------------------------------------------------------- */

static void add_text (GString *detail, const char *text)
{
  if (detail->len > 0 && text[0] != '\0')
    g_string_append (detail, "; ");
  g_string_append (detail, text);
}

/* Names the devices of reader @index that are in @state, and what is wrong with them; how
 * many there are. */
static guint list_slots (UsbReaders *readers, int index, ReaderState state, GString *detail)
{
  guint count = 0;

  for (guint i = 0; i < readers->slots->len; i++) {
    DeviceSlot *slot = slot_at (readers, i);
    const char *problem = channel_problem_text (device_slot_problem (slot));
    if (slot->match != index || slot->state != state)
      continue;
    count++;
    add_text (detail, state == READER_READY ? slot->title : slot->fault);
    if (state == READER_READY && problem[0] != '\0')
      g_string_append_printf (detail, ": %s", problem);
  }
  return count;
}

/* Why nothing is taken. */
static void explain (UsbReaders *readers, int index, GString *detail)
{
  const DeviceMatch *match = &readers->matches[index];

  add_text (detail, readers->told[index].parting != NULL ? readers->told[index].parting : "");
  for (guint i = 0; i < readers->slots->len; i++) {
    const DeviceSlot *slot = slot_at (readers, i);
    g_autofree char *reason = NULL;
    UsbTaken why;
    if (slot->match >= 0 || slot->description == NULL
        || device_match_for (match, 1, slot->description, other_keyboards (readers, slot), &why)
               >= 0)
      continue;
    if (why != USB_TAKEN_ONLY
        && (why != USB_TAKEN_NOTHING
            || (match->kind != USB_BY_ID && !usb_guess_is_scanner (slot->description))))
      continue;
    reason = usb_list_reason (why, slot->description, slot->title);
    add_text (detail, reason);
  }
  if (detail->len == 0)
    g_string_append (detail, _ ("no scanner of this reader is plugged in"));
}

/* TRUE if a device of the reader is between two tries: what was said of it still
 * holds. */
static gboolean is_undecided (UsbReaders *readers, int index)
{
  for (guint i = 0; i < readers->slots->len; i++)
    if (slot_at (readers, i)->match == index && slot_at (readers, i)->state == READER_STARTING)
      return TRUE;
  return FALSE;
}

static ReaderState judge (UsbReaders *readers, int index, GString *detail)
{
  static const ReaderState BEST[] = { READER_READY, READER_DENIED, READER_FAILED };

  for (guint i = 0; i < G_N_ELEMENTS (BEST); i++)
    if (list_slots (readers, index, BEST[i], detail) > 0)
      return BEST[i];
  explain (readers, index, detail);
  return READER_UNPLUGGED;
}

static void say (UsbReaders *readers, int index, ReaderState state, const char *detail)
{
  Told *told = &readers->told[index];

  if (told->is_told && told->state == state && g_strcmp0 (told->detail, detail) == 0)
    return;
  told->is_told = TRUE;
  told->state = state;
  g_free (told->detail);
  told->detail = g_strdup (detail);
  lock_take (&readers->talk);
  readers->listener.state (readers->matches[index].name, state, told->detail,
                           readers->listener.data);
  lock_give (&readers->talk);
}

static void tell (UsbReaders *readers, int index)
{
  g_autoptr (GString) detail = g_string_new (NULL);
  ReaderState state = judge (readers, index, detail);

  if (state == READER_UNPLUGGED && is_undecided (readers, index))
    return;
  if (state == READER_READY)
    g_clear_pointer (&readers->told[index].parting, g_free);
  say (readers, index, state, detail->str);
}

static gpointer run_keeper (gpointer data)
{
  UsbReaders *readers = data;
  gint64 next_us = 0;

  for (guint i = 0; i < readers->count; i++)
    say (readers, (int) i, READER_STARTING, "");
  lock_take (&readers->lock);
  while (!readers->ending) {
    if (!readers->look && g_get_monotonic_time () < next_us) {
      lock_wake_wait_until (&readers->wake, &readers->lock,
                            MIN (next_us, g_get_monotonic_time () + IDLE_US));
      continue;
    }
    readers->look = FALSE;
    lock_give (&readers->lock);
    next_us = keep (readers);
    for (guint i = 0; i < readers->count; i++)
      tell (readers, (int) i);
    lock_take (&readers->lock);
  }
  lock_give (&readers->lock);
  for (guint i = 0; i < readers->slots->len; i++)
    device_slot_close (slot_at (readers, i));
  return NULL;
}

/* Beginning and end ------------------------------------------------------------------ */

static gboolean start_bus (UsbReaders *readers, GError **error)
{
  const int EVENTS = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
            ANY = LIBUSB_HOTPLUG_MATCH_ANY;
  int result = libusb_init (&readers->context);

  if (result != 0) {
    g_set_error (error, USB_ERROR, USB_ERROR_BUS, _ ("this machine's USB cannot be used: %s"),
                 libusb_strerror (result));
    readers->context = NULL;
    return FALSE;
  }
  readers->has_hotplug
      = libusb_has_capability (LIBUSB_CAP_HAS_HOTPLUG) != 0
        && libusb_hotplug_register_callback (readers->context, EVENTS, 0, ANY, ANY, ANY, on_hotplug,
                                             readers, &readers->hotplug)
               == 0;
  return TRUE;
}

UsbReaders *usb_readers_new (const DeviceMatch *matches, guint count,
                             const ReaderListener *listener, const UsbTap *tap, GError **error)
{
  g_autoptr (UsbReaders) readers = g_new0 (UsbReaders, 1);

  readers->slots = g_ptr_array_new ();
  lock_init (&readers->slots_lock);
  lock_init (&readers->talk);
  lock_init (&readers->lock);
  lock_wake_init (&readers->wake);
  lock_wake_init (&readers->breath);
  if (count == 0 || count > USB_READERS_MAX) {
    g_set_error (error, USB_ERROR, USB_ERROR_MATCH, _ ("%u USB readers: 1 to %u are possible"),
                 count, USB_READERS_MAX);
    return NULL;
  }
  readers->listener = *listener;
  readers->tap = tap != NULL ? *tap : (UsbTap){ NULL, NULL };
  readers->count = count;
  for (guint i = 0; i < count; i++)
    readers->matches[i] = matches[i];
  if (!start_bus (readers, error))
    return NULL;
  readers->events = g_thread_new ("usb-events", run_events, readers);
  readers->keeper = g_thread_new ("usb-keeper", run_keeper, readers);
  return g_steal_pointer (&readers);
}

/* The keeper first: it needs the events until it has closed the devices. */
static void stop_threads (UsbReaders *readers)
{
  lock_take (&readers->lock);
  readers->ending = TRUE;
  lock_wake_one (&readers->wake);
  lock_give (&readers->lock);
  g_thread_join (readers->keeper);
  lock_take (&readers->lock);
  readers->events_end = TRUE;
  lock_wake_one (&readers->breath);
  lock_give (&readers->lock);
  libusb_interrupt_event_handler (readers->context);
  g_thread_join (readers->events);
}

void usb_readers_free (UsbReaders *readers)
{
  if (readers == NULL)
    return;
  if (readers->keeper != NULL)
    stop_threads (readers);
  if (readers->has_hotplug)
    libusb_hotplug_deregister_callback (readers->context, readers->hotplug);
  for (guint i = 0; i < readers->slots->len; i++)
    device_slot_free (slot_at (readers, i));
  g_ptr_array_unref (readers->slots);
  if (readers->context != NULL)
    libusb_exit (readers->context);
  for (guint i = 0; i < readers->count; i++) {
    g_free (readers->told[i].detail);
    g_free (readers->told[i].parting);
  }
  lock_clear (&readers->slots_lock);
  lock_clear (&readers->talk);
  lock_clear (&readers->lock);
  lock_wake_clear (&readers->wake);
  lock_wake_clear (&readers->breath);
  g_free (readers);
}
