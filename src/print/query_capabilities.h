/* query_capabilities.h: asks a queue, and the printer behind it, what they can do. Only
 * print/ includes this. Errors are PRINTER_ERROR's. Threads: reentrant. Blocks as ipp.h;
 * asks three times. */
#pragma once

#include "print/driver.h"
#include "print/ipp.h"
#include "print/capabilities.h"

/* @device NULL: only CUPS is asked. @driver becomes NULL where the queue has none. A
 * printer that does not answer is no error: what CUPS knows of it is enough to print. */
gboolean query_capabilities (const IppServer *cups, const IppServer *device, Capabilities **traits,
                             Driver **driver, GError **error);
