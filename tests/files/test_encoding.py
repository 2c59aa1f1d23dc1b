"""Every encoding that offices use is read right, asked about, or refused with the place."""

from __future__ import annotations

import random

import pytest

from assistant.errors import InputError
from assistant.files.encoding import decode

HANS = "编号,目标,负责人\n1,2027年6月底前把客户投诉率从5%降到3%,王组长\n2,提高新员工培训完成率，每月检查一次,李经理\n"
HANT = "編號,目標,負責人\n1,2027年6月底前把客戶投訴率從5%降到3%,王組長\n2,提高新進同仁訓練完成率，每月檢查一次,李經理\n"


@pytest.mark.parametrize(
    ("text", "encoding", "bom", "expected"),
    [
        (HANS, "utf-8", b"", "utf-8"),
        (HANS, "utf-8", b"\xef\xbb\xbf", "utf-8"),
        (HANS, "utf-16-le", b"\xff\xfe", "utf-16-le"),
        (HANT, "utf-16-be", b"\xfe\xff", "utf-16-be"),
        (HANS, "gb18030", b"\x84\x31\x95\x33", "gb18030"),
        (HANS, "gbk", b"", "gb18030"),
        (HANT, "gbk", b"", "gb18030"),
        (HANS.replace("王", "𠮷"), "gb18030", b"", "gb18030"),
        (HANT, "big5", b"", "cp950"),
        (HANT.replace("5%降到3%", "3%～5%"), "cp950", b"", "cp950"),
        (HANS, "utf-16-le", b"", "utf-16-le"),
        (HANT, "utf-16-be", b"", "utf-16-be"),
        ("Cut churn from 5% to 3% by June\n", "utf-16-le", b"", "utf-16-le"),
        ("Élargir à 5 écoles – 3 €\n", "utf-8", b"", "utf-8"),
    ],
)
def test_reads(text, encoding, bom, expected):
    decoded = decode(bom + text.encode(encoding), "list.csv")
    assert (decoded.text, decoded.encoding, decoded.bom) == (text, expected, bom)
    assert bool(decoded.notice) == (not bom and expected != "utf-8")


@pytest.mark.parametrize("text", ["目标", "编号,目标", "目标,负责人\n", "序号,工作目标,完成时间"])
def test_short_headings_in_gbk_are_no_korean(text):
    assert decode(text.encode("gbk"), "x.csv").text == text


def test_no_reading_is_silently_wrong():
    rng = random.Random(7)
    for source, encoding in ((HANS, "gb18030"), (HANT, "gb18030"), (HANT, "cp950"), (HANS, "utf-8")):
        text = source.replace("\n", "").replace(",", "")
        for _ in range(400):
            at, length = rng.randrange(len(text) - 4), rng.randrange(3, 30)
            piece = text[at : at + length]
            try:
                assert decode(piece.encode(encoding), "x").text == piece
            except InputError as error:
                assert "UTF-8" in str(error)


def test_two_fitting_encodings_are_asked_about():
    # 匐赤 in one and 訄喪 … in the other: both readings hold rare and common characters alike
    raw = next(
        pair
        for first in range(0xB0, 0xC6)
        for second in range(0xA1, 0xFE)
        for pair in [bytes((first, second))]
        if _common_in_both(pair)
    )
    with pytest.raises(InputError, match=r"GB18030 .* and as|Big5 .* and as"):
        decode(raw, "x.csv")


def _common_in_both(pair: bytes) -> bool:
    from assistant.files.encoding import _weight

    try:
        return _weight(pair.decode("gb18030"), "gb18030") == _weight(pair.decode("cp950"), "cp950") == 1
    except UnicodeDecodeError:
        return False


@pytest.mark.parametrize("fault", [b"\xff", b"\xe7\x9b", b"\x80"])
def test_a_broken_byte_names_its_line(fault):
    lines = HANS.encode().split(b"\n")
    lines[1] = lines[1][:30] + fault + lines[1][30:]
    with pytest.raises(InputError, match=r"goals\.csv:2: byte 0x[0-9A-F]{2} is not UTF-8"):
        decode(b"\n".join(lines), "goals.csv")


def test_a_lost_byte_never_turns_utf_8_into_another_encoding():
    for text in (HANS, HANT, "目标\n降低客户投诉率\n", "目标\n"):
        raw = text.encode()
        for at in range(len(raw)):
            broken = raw[:at] + raw[at + 1 :]
            try:
                assert decode(broken, "x.csv").encoding == "utf-8"
                broken.decode("utf-8")
            except InputError as error:
                assert "is not UTF-8" in str(error)


def test_a_broken_byte_in_utf_16_names_its_line():
    with pytest.raises(InputError, match=r"goals\.csv:2: .* UTF-16"):
        decode(b"\xff\xfe" + "目标\n".encode("utf-16-le") + b"\x00\xd8\x41\x00", "goals.csv")


def test_bytes_of_no_encoding_are_refused():
    with pytest.raises(InputError, match="not text"):
        decode(bytes(range(128, 256)) * 4, "x.bin")
