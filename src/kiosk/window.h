/* window.h: the one window: header, the page of the present screen, the touches at the
 * bottom.
 *
 * It draws what a FlowView says and passes touches on; it knows no journal, no printer
 * and no reader.
 * Threads: GTK's.  */
#pragma once

#include "core/clock.h"
#include "kiosk/draft_record.h"
#include "kiosk/group_record.h"
#include "kiosk/person_record.h"
#include "kiosk/search_record.h"
#include "kiosk/station_record.h"
#include "kiosk/speech.h"
#include "kiosk/ui_pair.h"
#include "kiosk/ui_scale.h"
#include "congress/programme.h"
#include "badge/logo_row.h"
#include "camera/camera.h"
#include "scan/stream.h"
#include "station/reader_advice.h"
#include "station/settings.h"

typedef struct {
  const char *title_fr, *title_zh;     /* of the congress */
  const char *place_fr, *place_zh;     /* place and dates */
  const char *station_fr, *station_zh; /* the checkpoint */
  const char *timezone;                /* of the venue, an IANA name */
} WindowTitles;

typedef struct {
  int width_px, height_px; /* of a window; 0 for the whole screen */
  double diagonal_inches;  /* of the screen; 0 to believe what it says of itself */
} WindowSize;

typedef struct _Window Window;

Window *window_new (GtkApplication *application, const char *assets, Clock clock,
                    const WindowSize *size,
                    void (*touch) (Touch touch, const char *text, gpointer data), gpointer data);
void window_free (Window *window);
GtkWidget *window_widget (Window *window);
/* What this machine's settings say of its screen; they must outlive the window. */
void window_set_up (Window *window, const Settings *settings);
void window_set_titles (Window *window, const WindowTitles *titles);
/* On the start; as page_attract_logos(). */
void window_set_logos (Window *window, const LogoRow *row, const char *names);
void window_show (Window *window, const FlowView *view);
/* The picture of the badge on the welcome page; NULL for none. */
void window_preview (Window *window, GdkTexture *texture);

/* What the desk's pages show beside the view; all belong to the caller. */
void window_found (Window *window, const SearchRecord *record);
void window_person (Window *window, const PersonRecord *record, const char *headset_desk);
void window_station (Window *window, const StationRecord *record, Stream *stream,
                     const ReaderAdvice *advice, const char *checkpoint);
void window_correct (Window *window, const Delegate *delegate);
void window_walk_in (Window *window, const Programme *programme);
void window_rights (Window *window, const PersonRecord *record, const Programme *programme);
void window_draft (Window *window, const DraftRecord *record);
void window_group (Window *window, const GroupRecord *record);
/* What people are told about their data; @notice must live until the next one. */
void window_notice (Window *window, const Notice *notice);

/* The camera whose pictures help to aim; NULL for none. It must live until it is taken
 * back. */
void window_camera (Window *window, Camera *camera);
/* Says the present screen aloud, in both languages. */
void window_speak (Window *window, Speech *speech, const FlowView *view);
