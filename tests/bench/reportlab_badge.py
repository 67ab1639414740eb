#!/usr/bin/env python3
"""The peer of tests/bench/badge.c: the same badge content drawn by ReportLab, with the same kinds
of font. Prints the median and p99 of one PDF in milliseconds.

ReportLab embeds TrueType only: Inter is read as it is (static or variable TrueType), Chinese comes
from the CID font STSong-Light, which ReportLab does not embed at all. That is in ReportLab's
favour."""
import glob, io, sys, time
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 50
CODE = "AC:" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:30] * 4


def fonts():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for path in glob.glob(
        "/usr/share/fonts/truetype/**/DejaVuSans.ttf", recursive=True
    ) + glob.glob("/usr/share/fonts/**/Inter*.ttf", recursive=True):
        try:
            pdfmetrics.registerFont(TTFont("Latin", path))
            return "Latin"
        except Exception:
            continue
    return "Helvetica"


def badge(latin):
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(105 * mm, 148 * mm))
    y = 135
    for font, size, text in [
        (latin, 8, "5es Rencontres franco-chinoises de la coopération décentralisée"),
        ("STSong-Light", 8, "第五届中法地方政府合作论坛"),
        (latin, 28, "Anne-Laure"),
        (latin, 28, "KERDONCUFF"),
        ("STSong-Light", 18, "安娜-洛尔·凯尔东居夫"),
        (latin, 11, "Vice-présidente déléguée aux relations"),
        (latin, 11, "internationales"),
        ("STSong-Light", 11, "主管国际关系的副主席"),
        (latin, 12, "Région Bretagne"),
        ("STSong-Light", 12, "布列塔尼大区"),
    ]:
        page.setFont(font, size)
        page.drawString(8 * mm, y * mm, text)
        y -= size * 0.4
    page.setFillColor(HexColor("#1f3a93"))
    page.rect(0, 34 * mm, 105 * mm, 12 * mm, stroke=0, fill=1)
    page.setFillColor(HexColor("#ffffff"))
    page.setFont(latin, 13)
    page.drawString(8 * mm, 38 * mm, "Élue")
    page.setFont("STSong-Light", 13)
    page.drawRightString(97 * mm, 38 * mm, "当选代表")
    page.setFillColor(HexColor("#14181f"))
    for column in range(4):
        for row in range(2):
            page.roundRect(
                (55 + 10.5 * column) * mm, (12 + 10 * row) * mm, 9.5 * mm, 9 * mm, 1 * mm
            )
            page.setFont(latin, 9)
            page.drawString((57 + 10.5 * column) * mm, (15 + 10 * row) * mm, str(26 + column))
    drawing = Drawing(26 * mm, 26 * mm)
    drawing.add(QrCodeWidget(CODE, barWidth=26 * mm, barHeight=26 * mm, barLevel="M"))
    renderPDF.draw(drawing, page, 6 * mm, 5 * mm)
    page.setFont(latin, 7)
    page.drawString(80 * mm, 6 * mm, "FR-0017 · 1")
    page.save()
    return out.getvalue()


latin = fonts()
badge(latin)
times = []
for _ in range(COUNT):
    start = time.perf_counter()
    size = len(badge(latin))
    times.append((time.perf_counter() - start) * 1000)
times.sort()
print(
    "%.3f %.3f %d"
    % (times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.99))], size)
)
