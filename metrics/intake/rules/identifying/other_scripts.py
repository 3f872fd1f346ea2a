"""Find names in scripts without capitals: Chinese, Korean and Arabic."""

import re

from metrics.intake.rules.identifying.headings import listed_words

HAN, HANGUL, ARABIC = r"\u4e00-\u9fff", r"\uac00-\ud7af", r"\u0620-\u06ff"
BORDERS = r"\0 ,.;:()\[\]\"'/|\n-"


def _any_of(kind: str) -> str:
    return "|".join(sorted(map(re.escape, listed_words(kind)), key=len, reverse=True))


# A common surname and one or two letters, or a common given name and one more word.
NAME = re.compile(
    rf"(?<![^{BORDERS}])(?:(?!(?:{_any_of('words_in_chinese')}))(?:{_any_of('surnames_in_chinese')})[{HAN}]{{1,2}}"
    rf"|(?:{_any_of('surnames_in_korean')})[{HANGUL}]{{2}}"
    rf"|(?:{_any_of('given_names_in_arabic')}) [{ARABIC}]{{2,20}}(?: [{ARABIC}]{{2,20}}){{0,2}}"
    rf")(?![^{BORDERS}])"
)
