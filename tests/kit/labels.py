"""What label printers were sent, as pixels: ZPL II, EPL2, DYMO LabelWriter, Brother QL, PWG raster.
And ZBar, to read the code in them.

A picture is a list of rows, each a bytes of pixels: 1 is black."""
import ctypes
import re


class Bad(Exception):
    """The bytes are not what such a printer reads."""


def bits(row):
    """Bytes of eight pixels as pixels."""
    return b"".join(_BITS[byte] for byte in row)


_BITS = [bytes((byte >> (7 - i)) & 1 for i in range(8)) for byte in range(256)]


# ZPL II Programming Guide: ~DG and ^GF, "Alternative Data Compression Scheme".


def _zpl_rows(digits, stride):
    rows, row, count = [], "", 0
    for c in digits:
        if c == ":" and not row:
            rows.append(rows[-1])
        elif c in ",!":
            row = (row + ("0" if c == "," else "F") * (2 * stride))[: 2 * stride]
        elif "G" <= c <= "Y":
            count += ord(c) - ord("F")
        elif "g" <= c <= "z":
            count += (ord(c) - ord("f")) * 20
        elif c in "0123456789ABCDEF":
            row += c * max(count, 1)
            count = 0
        elif not c.isspace():
            raise Bad(f"ZPL: {c!r} in graphic data")
        if len(row) > 2 * stride:
            raise Bad("ZPL: a row is too long")
        if len(row) == 2 * stride:
            rows.append(bytes.fromhex(row))
            row = ""
    if row or count:
        raise Bad("ZPL: data end within a row")
    return rows


def zpl(data):
    """(picture, width in dots of ^PW)."""
    text = data.decode("ascii")
    found = re.search(r"~DGR:CUPS\.GRF,(\d+),(\d+),", text) or re.search(
        r"\^GFA,\d+,(\d+),(\d+),", text
    )
    total, stride = int(found[1]), int(found[2])
    rows = _zpl_rows(re.match(r"[^^~]*", text[found.end() :])[0], stride)
    if len(rows) * stride != total:
        raise Bad(
            f"ZPL: {len(rows)} rows of {stride} bytes are not the {total} that were announced"
        )
    return [bits(row) for row in rows], int(re.search(r"\^PW(\d+)", text)[1])


def epl(data):
    """EPL2 Programmer's Manual: GW, whose 0 is black; rows that are all white are not sent."""
    rows, at, width = {}, 0, int(re.search(rb"\nq(\d+)", data)[1])
    while (at := data.find(b"GW", at)) >= 0:
        found = re.match(rb"GW(\d+),(\d+),(\d+),(\d+)\n", data[at:])
        x, y, stride, count = map(int, found.groups())
        at += found.end()
        for i in range(count):
            rows[y + i] = bytes(x) + bytes(1 - b for b in bits(data[at : at + stride]))
            at += stride
    if not data.rstrip().endswith(b"P1"):
        raise Bad("EPL: no P1 at the end")
    return [rows.get(y, bytes(width)) for y in range(max(rows) + 1)], width


def dymo(data):
    """LabelWriter Technical Reference: ESC B dot tab, ESC D bytes a line, SYN a line, ESC f skipped
    lines, ETB a compressed one (a bit of colour, seven of length less 1)."""
    rows, stride, tab, at, ended = [], None, 0, 0, False
    while at < len(data):
        c = data[at]
        if c == 0x1B:
            command = data[at + 1 : at + 2]
            if command == b"\x1b":
                at += 1
            elif command in (b"B", b"D"):
                tab, stride = (data[at + 2], stride) if command == b"B" else (tab, data[at + 2])
                at += 3
            elif command == b"f":
                rows += [b""] * data[at + 3]
                at += 4
            elif command in (b"L", b"Q"):
                at += 4
            elif command == b"q" or command == b"C" or command == b"M":
                at += 3 if command != b"M" else 10
            elif command in b"*cdeghijyzAVEGs@" and command:
                ended = ended or command == b"E"
                at += 2
            else:
                raise Bad(f"DYMO: ESC {command!r} at {at}")
        elif c == 0x16:
            rows.append(bytes(8 * tab) + bits(data[at + 1 : at + 1 + stride]))
            at += 1 + stride
        elif c == 0x17:
            row, at = b"", at + 1
            while len(row) < 8 * stride:
                row += bytes([data[at] >> 7]) * ((data[at] & 0x7F) + 1)
                at += 1
            rows.append(bytes(8 * tab) + row)
        else:
            raise Bad(f"DYMO: byte {c:#x} at {at}")
    if not ended:
        raise Bad("DYMO: no form feed")
    width = max(map(len, rows))
    return [row + bytes(width - len(row)) for row in rows], width


def brother(data):
    """Raster Command Reference QL-800: (picture, announced width of the tape in mm, TRUE if it is
    cut). The driver mirrors rows, as the head stands; they are turned back."""
    head = re.search(rb"\x1biz(.)(.)(.)(.)(....)", data, re.S)
    mode = re.search(rb"\x1biM(.)", data, re.S)
    rows, at = [], re.search(rb"\x1biz.{10}|\x1biz.{9}", data, re.S).end()
    while at < len(data) and data[at] not in (0x1A, 0x0C):
        if data[at] in (0x67, 0x47):
            # QL: 'g' 00 n; P-touch: 'G' with n in 16 bits.
            length = data[at + 2] if data[at] == 0x67 else data[at + 1] | data[at + 2] << 8
            rows.append(bits(data[at + 3 : at + 3 + length])[::-1])
            at += 3 + length
        elif data[at] == 0x5A:
            rows.append(None)
            at += 1
        else:
            at += 1
    if len(rows) != int.from_bytes(head[5], "little"):
        raise Bad(f"Brother: {len(rows)} lines instead of {int.from_bytes(head[5], 'little')}")
    width = max(len(row) for row in rows if row)
    return (
        [row if row is not None else bytes(width) for row in rows],
        head[3][0],
        bool(mode and mode[1][0] & 0x40),
    )


def pwg(data):
    """PWG 5102.4: the pages as (picture, dpi, media name), pixels of one byte each."""
    if data[:4] != b"RaS2":
        raise Bad("PWG: no sync word")
    pages, at = [], 4
    while at < len(data):
        head = data[at : at + 1796]
        at += 1796

        def number(place):
            return int.from_bytes(head[place : place + 4], "big")

        dpi, width, height, depth, stride = (
            number(276),
            number(372),
            number(376),
            number(388),
            number(392),
        )
        size = max(depth // 8, 1)
        rows = []
        while len(rows) < height:
            repeat, row, at = data[at] + 1, b"", at + 1
            while len(row) < stride:
                count, at = data[at], at + 1
                if count <= 127:
                    row += data[at : at + size] * (count + 1)
                    at += size
                else:
                    row += data[at : at + size * (257 - count)]
                    at += size * (257 - count)
            rows += [
                bits(row)[:width]
                if depth == 1
                else bytes(row[i * size] < 128 for i in range(width))
            ] * repeat
        pages.append((rows, dpi, head[1732:1796].rstrip(b"\0").decode()))
    return pages


# Reading codes


def codes(picture):
    """Texts of the QR symbols in a picture, by ZBar, with eight white pixels around it."""
    zbar = ctypes.CDLL("libzbar.so.0")
    for name in (
        "zbar_image_scanner_create",
        "zbar_image_create",
        "zbar_image_first_symbol",
        "zbar_symbol_next",
        "zbar_symbol_get_data",
    ):
        getattr(zbar, name).restype = ctypes.c_void_p
    pad = 8
    width, height = len(picture[0]) + 2 * pad, len(picture) + 2 * pad
    grey = (
        b"\xff" * (width * pad)
        + b"".join(
            b"\xff" * pad + bytes(0 if p else 255 for p in row) + b"\xff" * pad for row in picture
        )
        + b"\xff" * (width * pad)
    )
    scanner, image = ctypes.c_void_p(zbar.zbar_image_scanner_create()), ctypes.c_void_p(
        zbar.zbar_image_create()
    )
    zbar.zbar_image_set_format(image, ctypes.c_ulong(0x30303859))  # Y800
    zbar.zbar_image_set_size(image, width, height)
    zbar.zbar_image_set_data(image, grey, ctypes.c_ulong(len(grey)), None)
    zbar.zbar_scan_image(scanner, image)
    texts, symbol = [], zbar.zbar_image_first_symbol(image)
    while symbol:
        texts.append(
            ctypes.string_at(
                ctypes.c_void_p(zbar.zbar_symbol_get_data(ctypes.c_void_p(symbol)))
            ).decode()
        )
        symbol = zbar.zbar_symbol_next(ctypes.c_void_p(symbol))
    zbar.zbar_image_destroy(image)
    zbar.zbar_image_scanner_destroy(scanner)
    return texts


def trim(picture):
    """Without the white around it."""
    black = [i for i, row in enumerate(picture) if any(row)]
    if not black:
        return []
    rows = picture[black[0] : black[-1] + 1]
    left, right = min(row.index(1) for row in rows if any(row)), max(
        row.rindex(1) for row in rows if any(row)
    )
    return [row[left : right + 1] for row in rows]


def difference(a, b):
    """How many of the pixels of two pictures differ; pixels that only one has count."""
    height, total = max(len(a), len(b)), 0
    for y in range(height):
        left, right = a[y] if y < len(a) else b"", b[y] if y < len(b) else b""
        width = max(len(left), len(right))
        left, right = left + bytes(width - len(left)), right + bytes(width - len(right))
        if left != right:
            total += sum(x != y for x, y in zip(left, right))
    return total
