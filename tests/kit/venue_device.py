"""What a virtual printer of venue.py does with a document: the command of ippeveprinter, begun once
for each. It imports little, since most of its time would go into that.

    python3 -I -S venue_device.py CONTROL DOCUMENT"""

import os
import sys
import time


def is_cancelled():
    """Asks ippeveprinter, which tells its command nothing of it, whether the job in hand has been
    cancelled meanwhile (RFC 8011, 4.3.4 Get-Job-Attributes)."""

    # Only whoever waits asks: most documents need none of this.
    import http.client
    import struct
    import urllib.parse

    def attribute(tag, name, value):
        return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value

    uri = os.environ["IPP_JOB_URI"]
    ask = (
        struct.pack(">BBHIB", 2, 0, 9, 1, 1)
        + attribute(0x47, b"attributes-charset", b"utf-8")
        + attribute(0x48, b"attributes-natural-language", b"en")
        + attribute(0x45, b"job-uri", uri.encode())
        + attribute(0x44, b"requested-attributes", b"job-state-reasons")
        + b"\x03"
    )
    place = urllib.parse.urlsplit(uri)
    try:
        connection = http.client.HTTPConnection("localhost", place.port, timeout=5)
        connection.request("POST", place.path, ask, {"Content-Type": "application/ipp"})
        return b"processing-to-stop-point" in connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False


def print_document(control, document):
    """What a printer does with one document: wait while it has a fault, then print. Talks to
    ippeveprinter on standard error."""
    fault, slow, abort, deaf = (
        os.path.join(control, word) for word in ("fault", "slow", "abort", "deaf")
    )
    shown = None
    asked = time.monotonic()
    while True:
        if time.monotonic() - asked > 0.1 and not os.path.exists(deaf):
            asked = time.monotonic()
            if is_cancelled():
                # With "media-empty" left behind, ippeveprinter would not begin the next one.
                if shown:
                    print(f"STATE: -{shown}", file=sys.stderr, flush=True)
                return 0
        try:
            with open(fault, encoding="utf-8") as text:
                wanted = text.read().strip()
        except FileNotFoundError:
            wanted = None
        if wanted != shown:
            if shown:
                print(f"STATE: -{shown}", file=sys.stderr, flush=True)
            if wanted:
                print(f"STATE: +{wanted}", file=sys.stderr, flush=True)
            shown = wanted
        if wanted is None and not os.path.exists(slow):
            break
        time.sleep(0.02)
    if os.path.exists(abort):
        return 1
    print("ATTR: job-impressions-completed=1", file=sys.stderr, flush=True)
    # What has come out of the slot: one line a sheet.
    with open(os.path.join(control, "printed"), "a", encoding="utf-8") as out:
        out.write(os.path.basename(document) + "\n")
    # ippeveprinter hands on what the job asks for.
    with open(os.path.join(control, "sides"), "w", encoding="utf-8") as sides:
        sides.write(os.environ.get("IPP_SIDES", ""))
    return 0


if __name__ == "__main__":
    sys.exit(print_document(*sys.argv[1:3]))
