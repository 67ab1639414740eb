/* encrypted_volume.h: does a file lie on a volume that the kernel encrypts (dm-crypt), so
 * that whoever takes the disk while the machine is off reads nothing of it?
 *
 * Threads: reentrant. Blocks on /sys. */
#pragma once

#include <glib.h>

typedef enum {
  ENCRYPTED_VOLUME_UNKNOWN, /* memory, an overlay, the network */
  ENCRYPTED_VOLUME_NO,
  ENCRYPTED_VOLUME_YES,
} EncryptedVolume;

EncryptedVolume encrypted_volume_of_file (const char *path);
/* The block device @major:@minor as the tree @sys (“/sys”) has it; also where it is made
 * of others, all of which are encrypted (LVM on LUKS). */
EncryptedVolume encrypted_volume_of_device (const char *sys, guint major, guint minor);
