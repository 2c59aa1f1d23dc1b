"""Makes PDFs by hand, honest and hostile ones."""

from __future__ import annotations

import zlib


def pdf(objects: dict[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A file of numbered objects with a table of their places."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"", packed: bool = False) -> bytes:
    if packed:
        data = zlib.compress(data, 9)
        extra += b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def pages(contents: list[bytes], *, font: bytes = b"", extra: dict[int, bytes] | None = None, trailer=b"") -> bytes:
    """A document with a content stream a page; `font` is object 3."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: font or b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    kids = []
    for at, content in enumerate(contents):
        page = 100 + 2 * at
        kids.append(b"%d 0 R" % page)
        objects[page] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >>"
            b" /XObject << /X1 50 0 R >> >> /Contents %d 0 R >>" % (page + 1)
        )
        objects[page + 1] = stream(content)
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects |= extra or {}
    return pdf(dict(sorted(objects.items())), trailer=trailer)


def lines(*texts: str, top: int = 780) -> bytes:
    """The content of a page with one line of Latin text below the other."""
    shown = []
    for at, text in enumerate(texts):
        plain = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        shown.append(b"BT /F1 11 Tf 60 %d Td (%s) Tj ET" % (top - 16 * at, plain))
    return b"\n".join(shown)


def chinese_pages(*texts: list[str]) -> bytes:
    """Pages of Chinese lines in a font without shapes, whose table says which character each code is."""
    letters = sorted({ch for page in texts for line in page for ch in line})
    codes = {ch: number for number, ch in enumerate(letters, start=1)}
    mapping = b"\n".join(b"<%04X> <%s>" % (codes[ch], ch.encode("utf-16-be").hex().encode()) for ch in letters)
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n<0000> <FFFF>\n"
        b"endcodespacerange\n%d beginbfchar\n%s\nendbfchar\nendcmap end end" % (len(letters), mapping)
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /S /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    contents = []
    for page in texts:
        shown = [
            b"BT /F1 11 Tf 60 %d Td <%s> Tj ET" % (780 - 16 * at, b"".join(b"%04X" % codes[ch] for ch in line))
            for at, line in enumerate(page)
        ]
        contents.append(b"\n".join(shown))
    below = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /S /DW 1000"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    return pages(contents, font=font, extra={4: below, 5: stream(table)})
