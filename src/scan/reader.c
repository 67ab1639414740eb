#include "scan/reader.h"

const char *reader_state_name (ReaderState state)
{
  static const char *const NAMES[] = { "starting", "ready", "unplugged", "denied", "failed", "ended" };

  return NAMES[state];
}
