/* usb_guess.h: which device on the bus is a scanner, and which is somebody's keyboard.
 *
 * Pure decision over descriptions (usb_bus.h makes them). A HID POS interface is a
 * scanner by its class. A keyboard-type or serial device is taken for one by evidence
 * only: its maker makes scanners and nothing else, or its own name says so, or its vendor
 * and product are a known scanner's. A guess never takes the only keyboard, whatever its
 * name; a match for a class takes a device with evidence, or a keyboard without lights
 * beside another one; a match for vendor and product takes that device.
 *
 * Must not know: libusb, sysfs.
 * Threads: reentrant. Nothing here blocks or fails.  */
#pragma once

#include "usb/channel.h"

typedef enum { USB_GUESS, USB_BY_ID, USB_HID_POS, USB_KEYBOARD, USB_SERIAL } UsbWishKind;

#define USB_PARTS_MAX 8

/* An interface that could be read. */
typedef struct {
  ChannelKind kind;
  guint8 interface, data_interface; /* the second one of serial devices; else the same */
  guint8 endpoint;                  /* IN: interrupt, or bulk of serial devices */
  guint16 packet;                   /* bytes */
  guint16 report_bytes; /* HID: of the report descriptor, as the device says; 0 for unknown */
  gboolean boot;        /* keyboards: speaks the boot protocol too */
  gboolean leds;        /* keyboards: has lights, as keyboards for people do */
} UsbPart;

typedef struct {
  guint16 vendor, product;
  guint8 bus, address;
  char *name; /* maker and product in the device's own words; may be "" */
  UsbPart parts[USB_PARTS_MAX];
  guint count;
  gboolean other; /* it has interfaces of other kinds as well: storage, network, a modem */
  gboolean hid;   /* HID interfaces of no known kind are among them */
} UsbDescription;

typedef enum {
  USB_TAKEN,
  USB_TAKEN_NOT_ASKED,   /* the match is for something else */
  USB_TAKEN_NO_EVIDENCE, /* nothing says that it is a scanner */
  USB_TAKEN_ONLY,        /* it would be a scanner, but it is the only keyboard */
  USB_TAKEN_NOTHING,     /* has nothing that could be read */
} UsbTaken;

/* The vendor id's owner, if it makes scanners and nothing that people type on; or
 * NULL. */
const char *usb_guess_maker (guint16 vendor);
/* TRUE if maker, name or id say that this is a scanner. */
gboolean usb_guess_is_scanner (const UsbDescription *device);
gboolean usb_guess_has (const UsbDescription *device, ChannelKind kind);
/* TRUE where nothing can be read of a scanner, and it is worth saying so: a maker's own
 * mode that wants its driver, or an adapter of serial lines that stands before one. */
gboolean usb_guess_is_mute (guint16 vendor, guint16 product);
/* @others: how many keyboards a person could type on stay when this device is taken.
 * @vendor, @product for USB_BY_ID. */
UsbTaken usb_guess_take (const UsbDescription *device, UsbWishKind match, guint16 vendor,
                         guint16 product, guint others);
