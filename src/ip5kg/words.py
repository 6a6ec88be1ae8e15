"""Words of a text as people compare them: without case, accents and marks between them."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["words_of"]

# Voicing marks tell letters of Japanese apart; all other marks are accents here.
_VOICING = "\u3099\u309a"


def words_of(text: str) -> list[str]:
    """Cut a text into words without case and accents."""
    if not text.isascii():
        plain = "".join(
            mark
            for mark in unicodedata.normalize("NFKD", text)
            if mark in _VOICING or not unicodedata.combining(mark)
        )
        text = unicodedata.normalize("NFC", plain)
    return re.findall(r"\w+", text.casefold().replace("_", " "))
