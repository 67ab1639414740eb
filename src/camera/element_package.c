#include "camera/element_package.h"

/* Elements of Debian 12's packages, by the beginning of their names; the first that
 * fits. */
static const struct {
  const char *beginning, *package;
} PACKAGES[] = {
  { "avdec_", "gstreamer1.0-libav" },
  { "avdemux_", "gstreamer1.0-libav" },
  { "libcamera", "gstreamer1.0-libcamera" },
  { "pipewire", "gstreamer1.0-pipewire" },
  { "vaapi", "gstreamer1.0-vaapi" },
  { "gl", "gstreamer1.0-gl" },
  { "mpeg2dec", "gstreamer1.0-plugins-ugly" },
  { "h26", "gstreamer1.0-plugins-bad" },
  { "openh264", "gstreamer1.0-plugins-bad" },
  { "tsdemux", "gstreamer1.0-plugins-bad" },
  { "jpegparse", "gstreamer1.0-plugins-bad" },
  { "bayer2rgb", "gstreamer1.0-plugins-bad" },
  { "dc1394src", "gstreamer1.0-plugins-bad" },
  { "v4l2codecs", "gstreamer1.0-plugins-bad" },
  { "videoconvert", "gstreamer1.0-plugins-base" },
  { "videoscale", "gstreamer1.0-plugins-base" },
  { "videorate", "gstreamer1.0-plugins-base" },
  { "videotestsrc", "gstreamer1.0-plugins-base" },
  { "decodebin", "gstreamer1.0-plugins-base" },
  { "uridecodebin", "gstreamer1.0-plugins-base" },
  { "appsink", "gstreamer1.0-plugins-base" },
  { "theoradec", "gstreamer1.0-plugins-base" },
  { "tcp", "gstreamer1.0-plugins-base" },
  { "rawvideoparse", "gstreamer1.0-plugins-base" },
  { "v4l2", "gstreamer1.0-plugins-good" },
  { "video", "gstreamer1.0-plugins-good" },
  { "jpeg", "gstreamer1.0-plugins-good" },
  { "png", "gstreamer1.0-plugins-good" },
  { "multi", "gstreamer1.0-plugins-good" },
  { "matroskademux", "gstreamer1.0-plugins-good" },
  { "qtdemux", "gstreamer1.0-plugins-good" },
  { "avidemux", "gstreamer1.0-plugins-good" },
  { "vp8dec", "gstreamer1.0-plugins-good" },
  { "vp9dec", "gstreamer1.0-plugins-good" },
  { "rtsp", "gstreamer1.0-plugins-good" },
  { "rtp", "gstreamer1.0-plugins-good" },
  { "udpsrc", "gstreamer1.0-plugins-good" },
  { "souphttpsrc", "gstreamer1.0-plugins-good" },
  { "imagefreeze", "gstreamer1.0-plugins-good" },
  { "gdkpixbuf", "gstreamer1.0-plugins-good" },
  { "ximagesrc", "gstreamer1.0-plugins-good" },
};

const char *element_package (const char *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (PACKAGES); i++)
    if (g_str_has_prefix (element, PACKAGES[i].beginning))
      return PACKAGES[i].package;
  return NULL;
}
