/* page_station.h: how this station stands: printers, print jobs, hub, readers; and what
 * it is: mode, checkpoint, language order.
 * Threads: GTK's. */
#pragma once

#include "kiosk/page.h"
#include "kiosk/station_record.h"
#include "scan/stream.h"
#include "station/reader_advice.h"

extern const Page page_station;

/* The record belongs to the caller; @stream and @advice may be NULL. @checkpoint: the
 * one in use. */
void page_station_show (Ui *ui, GtkWidget *page, const StationRecord *record, Stream *stream,
                        const ReaderAdvice *advice, const char *checkpoint, FlowMode mode);
