"""Old encodings, told apart by how their bytes lie; the guess is asked about with the names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gmm_dash.tables.report import Question, Way

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE: Final = 20_000  # bytes
WORD: Final = 3  # bytes above ASCII on end: hardly ever in a western language
MOSTLY: Final = 0.9
MOST_SHOWN: Final = 60  # characters of a preview
CHARACTERS: Final = re.compile(rb"[\x80-\xff]+")
UNDEFINED_IN_CP1252: Final = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
LEGACY: Final = {
    "cp1252": "Windows, Western",
    "cp1251": "Windows, Cyrillic",
    "cp1250": "Windows, Central European",
    "cp850": "DOS, Western",
    "shift_jis": "Shift JIS, Japanese",
    "gb18030": "GB 18030, Chinese",
    "cp949": "Windows, Korean",
}
OTHERS: Final = {  # that are never guessed
    "iso-8859-15": "Latin-9",
    "mac_roman": "Mac Roman",
    "koi8_r": "KOI8-R, Cyrillic",
    "big5": "Big5, Chinese",
    "euc_jp": "EUC, Japanese",
}
_CYRILLIC: Final = re.compile(r"[\u0400-\u045f]")
# Polish letters inside a word; in the western encoding these bytes are signs.
_CENTRAL: Final = re.compile(rb"[A-Za-z][\xb3\xb9\x9f\xbf\xa3\xaf\xa5][A-Za-z]")
# é, ü, ä, ç, ê, ö of DOS inside a word; quotation marks and daggers in the western encoding.
_DOS: Final = re.compile(rb"[A-Za-z][\x81\x82\x84\x87\x88\x94][a-z]")
_JAPANESE: Final = re.compile(rb"[\x81-\x9f]")  # hardly in Chinese or Korean
_IN_A_WORD: Final = re.compile(rb"[A-Za-z][\x80-\xff]{1,3}[A-Za-z]")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]")
_KANA: Final = re.compile(r"[\u3040-\u30ff]")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def guess(data: bytes) -> str:
    """Return the likeliest old encoding, empty when the bytes fit none.

    Western letters above ASCII stand alone among others, Cyrillic ones make up whole words,
    and East Asian ones take two bytes each, which have to fit.
    """
    sample = _sample(data)
    longest = max(map(len, CHARACTERS.findall(sample)), default=0)
    if longest >= WORD:
        order = ("shift_jis", "cp949", "gb18030", "cp1251")
        fitting = [name for name in order if _share(sample, name) > MOSTLY]
        if "cp1251" in fitting and _are_words(sample):
            return "cp1251"
        if "shift_jis" in fitting and (_JAPANESE.search(sample) or _has_kana(sample)):
            return "shift_jis"
        fitting = [name for name in fitting if name in ("cp949", "gb18030")]
        if fitting and not _IN_A_WORD.search(sample):
            return fitting[0]
    if _CENTRAL.search(sample):
        return "cp1250"
    if _share(sample, "shift_jis") > MOSTLY and UNDEFINED_IN_CP1252.search(sample):
        return "shift_jis"
    western = "" if UNDEFINED_IN_CP1252.search(data) else "cp1252"
    return "cp850" if _DOS.search(sample) else western


def _sample(data: bytes) -> bytes:
    """Return the start of the data, cut at a line's end so that no character is cut."""
    start = data[:SAMPLE]
    return start if len(data) <= SAMPLE else start[: start.rfind(b"\n") + 1] or start


def _share(sample: bytes, encoding: str) -> float:
    """Return the share of characters above ASCII that the encoding's languages write."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    high = [character for character in text if not character.isascii()]
    written = {
        "cp1251": _CYRILLIC,
        "cp949": _HANGUL,
        "shift_jis": re.compile(f"{_KANA.pattern}|{_HAN.pattern}"),
    }
    known = written.get(encoding, _HAN)
    marks = "、。・ー「」々〇（）％，．：　【】"
    good = sum(bool(known.match(one)) or one in marks for one in high)
    return good / len(high) if high else 0.0


def _has_kana(sample: bytes) -> bool:
    return _KANA.search(sample.decode("shift_jis", "replace")) is not None


def _are_words(sample: bytes) -> bool:
    """Return whether Cyrillic letters make up words, capitals in front, and no half words."""
    if _IN_A_WORD.search(sample):
        return False
    words = re.findall(r"[\u0400-\u045f]{2,}", sample.decode("cp1251", "replace"))
    return bool(words) and sum(word[1:].islower() or word.isupper() for word in words) >= 0.8 * len(
        words
    )


def encoding_question(data: bytes, taken: str) -> Question | None:
    """Return the question whether an old encoding was guessed right, names shown in each."""
    shown = {taken: preview(data, taken)}
    for name in LEGACY:
        if name != taken and (text := preview(data, name)) and text not in shown.values():
            shown[name] = text
    if taken not in LEGACY or not shown[taken]:
        return None
    others = [name for name in shown if name != taken]
    rest = "; ".join(f"{shown[name]} ({LEGACY[name]})" for name in others)
    ways = tuple(Way(f"{LEGACY[name]}: {shown[name]}", {"encoding": name}) for name in others)
    text = f"Is the text read rightly: {shown[taken]} ({LEGACY[taken]})?"
    return Question("encoding", f"{text} It could also be {rest}." if rest else text, ways)


def previews(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the ways to read a text that no guess fits: every encoding, a line shown in each."""
    names = LEGACY | OTHERS
    texts = {name: preview(data, name) for name in reversed(names)}
    shown = {text: name for name, text in texts.items() if text.replace("\t", "").isprintable()}
    shown.pop("", None)
    return [(f"{names[name]}: {text}", {"encoding": name}) for text, name in shown.items()][::-1]


def preview(data: bytes, encoding: str) -> str:
    """Return the first line with characters above ASCII as an encoding reads it."""
    lines: Sequence[bytes] = _sample(data).splitlines()
    line = next((line for line in lines if CHARACTERS.search(line)), b"")
    try:
        return line.decode(encoding).strip()[:MOST_SHOWN]
    except UnicodeDecodeError:
        return ""
