"""Old encodings, told apart by how their bytes lie; the guess is asked about with the names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gmm_dash.tables.reading.report import Question, Way

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
OTHERS: Final = {  # rarer ones, offered without many words
    "iso-8859-15": "Latin-9",
    "mac_roman": "Mac Roman",
    "koi8_r": "KOI8-R, Cyrillic",
    "cp1253": "Windows, Greek",
    "iso-8859-2": "Latin-2, Central European",
    "big5": "Big5, Chinese",
    "euc_jp": "EUC, Japanese",
}
_CYRILLIC: Final = re.compile(r"[\u0400-\u045f]")
_GREEK: Final = re.compile(r"[\u0370-\u03ff]")
_ALPHABETS: Final = {  # letters, and the vowels among them: as other letters there are too few
    "cp1251": (_CYRILLIC, "аеёиоуыэюяіїє"),
    "koi8_r": (_CYRILLIC, "аеёиоуыэюя"),
    "cp1253": (_GREEK, "αεηιουωάέήίόύώϊϋΐΰ"),
}
# ä, é and ü of Mac Roman: capitals of the western encoding between small letters.
_MAC: Final = re.compile(rb"[A-Za-z][\x8a\x8e\x9f][a-z]")
# Polish letters inside a word; in the western encoding these bytes are signs.
_CENTRAL: Final = re.compile(rb"[A-Za-z][\xb3\xb9\x9f\xbf\xa3\xaf\xa5][A-Za-z]")
_LATIN_2: Final = re.compile(rb"[a-z][\xb1\xb6\xbc][a-z\xe6]")  # ą, ś, ź: signs in both others
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
    found = _of_other_letters(sample) if longest >= WORD else ""
    if found or (longest > WORD and _share(sample, "big5") > MOSTLY):
        return found or "big5"
    if _LATIN_2.search(sample) or _CENTRAL.search(sample):
        return "iso-8859-2" if _LATIN_2.search(sample) else "cp1250"
    if _share(sample, "shift_jis") > MOSTLY and UNDEFINED_IN_CP1252.search(sample):
        return "shift_jis"
    if _DOS.search(sample) or _MAC.search(sample):
        return "cp850" if _DOS.search(sample) else "mac_roman"
    return "" if UNDEFINED_IN_CP1252.search(data) else "cp1252"


def _of_other_letters(sample: bytes) -> str:
    """Return the encoding of a text whose words have no Latin letters, or nothing."""
    order = ("shift_jis", "euc_jp", "cp949", "gb18030", *_ALPHABETS)
    fitting = [name for name in order if _share(sample, name) > MOSTLY]
    alphabets = [name for name in fitting if name in _ALPHABETS and _are_words(sample, name)]
    if alphabets:
        return max(alphabets, key=lambda name: _vowels(sample, name))
    if "shift_jis" in fitting and (_JAPANESE.search(sample) or _has_kana(sample, "shift_jis")):
        return "shift_jis"
    if "euc_jp" in fitting and _has_kana(sample, "euc_jp"):
        return "euc_jp"
    fitting = [name for name in fitting if name in ("cp949", "gb18030")]
    return fitting[0] if fitting and not _IN_A_WORD.search(sample) else ""


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
        **{name: letters for name, (letters, _) in _ALPHABETS.items()},
        "cp949": _HANGUL,
        **dict.fromkeys(("shift_jis", "euc_jp"), re.compile(f"{_KANA.pattern}|{_HAN.pattern}")),
    }
    known = written.get(encoding, _HAN)
    marks = "、。・ー「」々〇（）％，．：　【】"
    good = sum(bool(known.match(one)) or one in marks for one in high)
    return good / len(high) if high else 0.0


def _has_kana(sample: bytes, encoding: str) -> bool:
    return _KANA.search(sample.decode(encoding, "replace")) is not None


def _vowels(sample: bytes, encoding: str) -> float:
    """Return the share of vowels among the letters of an alphabet."""
    letters, vowels = _ALPHABETS[encoding]
    found = letters.findall(sample.decode(encoding, "replace").lower())
    return sum(letter in vowels for letter in found) / max(len(found), 1)


def _are_words(sample: bytes, encoding: str) -> bool:
    """Return whether an alphabet's letters make up words, capitals in front, no half words."""
    if _IN_A_WORD.search(sample):
        return False
    letters, _ = _ALPHABETS[encoding]
    words = re.findall(f"{letters.pattern}{{2,}}", sample.decode(encoding, "replace"))
    return bool(words) and sum(word[1:].islower() or word.isupper() for word in words) >= 0.8 * len(
        words
    )


def encoding_question(data: bytes, taken: str) -> Question | None:
    """Return the question whether an old encoding was guessed right, names shown in each."""
    names = LEGACY | OTHERS
    shown = {taken: preview(data, taken)}
    for name in names:
        if name != taken and (text := preview(data, name)) and text not in shown.values():
            shown[name] = text
    if taken not in names or not shown[taken]:
        return None
    others = [name for name in shown if name != taken and _is_printable(shown[name])]
    rest = "; ".join(f"{shown[name]} ({names[name]})" for name in others if name in LEGACY)
    ways = tuple(Way(f"{names[name]}: {shown[name]}", {"encoding": name}) for name in others)
    text = f"Is the text read rightly: {shown[taken]} ({names[taken]})?"
    return Question("encoding", f"{text} It could also be {rest}." if rest else text, ways)


def previews(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the ways to read a text that no guess fits: every encoding, a line shown in each."""
    names = LEGACY | OTHERS
    texts = {name: preview(data, name) for name in reversed(names)}
    shown = {text: name for name, text in texts.items() if _is_printable(text)}
    shown.pop("", None)
    return [(f"{names[name]}: {text}", {"encoding": name}) for text, name in shown.items()][::-1]


def _is_printable(text: str) -> bool:
    return text.replace("\t", "").isprintable()


def preview(data: bytes, encoding: str) -> str:
    """Return the first line with characters above ASCII as an encoding reads it."""
    lines: Sequence[bytes] = _sample(data).splitlines()
    line = next((line for line in lines if CHARACTERS.search(line)), b"")
    try:
        return line.decode(encoding).strip()[:MOST_SHOWN]
    except UnicodeDecodeError:
        return ""
