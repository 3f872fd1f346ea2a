"""Languages as Office programs name them."""

from babel.core import get_global

from metrics.messages.local_formats import locale_of


def language_tag(language: str) -> str:
    """`el-GR`: Office programs expect the country where the language is mostly spoken."""
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(locale.language, "")
    return f"{locale.language}-{locale.territory or likely.rpartition('_')[2]}"
