"""The tokens of Turtle (RDF 1.1 Turtle, section 6.5).

No text takes more than linear time: the quantifiers of all patterns give nothing back. Names are
cut at the longest match, as the grammar wants it: ``ex:a.b.`` is the name ``ex:a.b`` and a full
stop.
"""

from __future__ import annotations

import re

__all__ = [
    "BEGIN",
    "BLANK",
    "CLOSE",
    "COMMA",
    "COMMENT",
    "DOT",
    "END",
    "FINISH",
    "HATS",
    "INSIDE",
    "IRI",
    "LANGUAGE",
    "NAME",
    "NUMBER",
    "ODD",
    "OPEN",
    "REST",
    "SEMICOLON",
    "TEXT",
    "TOKEN",
    "WORD",
    "unescaped",
    "unescaped_name",
]

_PN_CHARS_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PN_CHARS_U = _PN_CHARS_BASE + "_"
_PN_CHARS = _PN_CHARS_U + "0-9\u00b7\u0300-\u036f\u203f\u2040\\-"

_HEX = "[0-9A-Fa-f]"
# Surrogates are not characters.
_UNIT = rf"(?:[0-9A-CE-Fa-ce-f]{_HEX}{{3}}|[Dd][0-7]{_HEX}{{2}})"
_UCHAR = rf"\\u{_UNIT}|\\U(?:0000{_UNIT}|000[1-9A-Fa-f]{_HEX}{{4}}|0010{_HEX}{{4}})"
_ESCAPE = rf"""\\[tbnrf"'\\]|{_UCHAR}"""
_PLX = rf"%{_HEX}{{2}}|\\[_~.!$&'()*+,;=/?\#@%-]"

# Where a group is repeated without giving back, its last branch is one that fails at once: Python
# before 3.11.5 stays where the last try to repeat got stuck (CPython issue 106052).
_NOTHING = "(?!)"

# What stands between the marks of each kind of text and IRI.
_INSIDE = {
    '"""': rf'(?:[^"\\]++|(?!""")"|{_ESCAPE}|{_NOTHING})*+',
    "'''": rf"(?:[^'\\]++|(?!''')'|{_ESCAPE}|{_NOTHING})*+",
    '"': rf'(?:[^"\\\n\r]++|{_ESCAPE}|{_NOTHING})*+',
    "'": rf"(?:[^'\\\n\r]++|{_ESCAPE}|{_NOTHING})*+",
    "<": rf'(?:[^\x00-\x20<>"{{}}|^`\\]++|{_UCHAR}|{_NOTHING})*+',
}
_DOTTED = rf"[{_PN_CHARS}]*+(?:\.\.*+(?=[{_PN_CHARS}])[{_PN_CHARS}]++|{_NOTHING})*+"
_LOCAL = (
    rf"(?:[{_PN_CHARS_U}:0-9]|{_PLX})[{_PN_CHARS}:]*+"
    rf"(?:{_PLX}|[{_PN_CHARS}:]++|\.\.*+(?=[{_PN_CHARS}:%\\])|{_NOTHING})*+"
)
_TEXT = "|".join(
    f"{mark}(?!{mark}{mark}){_INSIDE[mark]}{mark}|{mark * 3}{_INSIDE[mark * 3]}{mark * 3}"
    for mark in ('"', "'")
)
_NUMBER = r"[+-]?(?:(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)"

TOKEN = re.compile(
    rf"""[ \t\r\n]*+(?:
      (?P<name>(?:[{_PN_CHARS_BASE}]{_DOTTED})?:(?:{_LOCAL})?)
    | (?P<semicolon>;)
    | (?P<text>{_TEXT})
    | (?P<dot>\.(?![0-9]))
    | (?P<language>@[A-Za-z0-9-]*+)
    | (?P<hats>\^\^)
    | (?P<comma>,)
    | (?P<iri><{_INSIDE["<"]}>)
    | (?P<word>[{_PN_CHARS_BASE}]{_DOTTED})
    | (?P<number>{_NUMBER})
    | (?P<open>\[)
    | (?P<close>\])
    | (?P<begin>\()
    | (?P<finish>\))
    | (?P<blank>_:[{_PN_CHARS_U}0-9]{_DOTTED})
    | (?P<comment>\#[^\r\n]*+)
    | (?P<end>\Z)
    | (?P<odd>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
"""One token of any kind, after white space; it matches everywhere."""

_KINDS = TOKEN.groupindex
NAME, IRI, BLANK, WORD = (_KINDS[kind] for kind in ("name", "iri", "blank", "word"))
TEXT, LANGUAGE, HATS, NUMBER = (_KINDS[kind] for kind in ("text", "language", "hats", "number"))
SEMICOLON, COMMA, DOT = (_KINDS[kind] for kind in ("semicolon", "comma", "dot"))
OPEN, CLOSE, BEGIN, FINISH = (_KINDS[kind] for kind in ("open", "close", "begin", "finish"))
COMMENT, END, ODD = (_KINDS[kind] for kind in ("comment", "end", "odd"))

REST = re.compile(
    rf"""(?:
      [^\\"'<\#.]++ | {_TEXT} | <{_INSIDE["<"]}> | \#[^\r\n]*+ | \\.
    | \.(?![ \t\r\n<\[(_@\#;,\])]|\Z)
    )*+\.""",
    re.VERBOSE | re.DOTALL,
)
"""The rest of a statement, its full stop included, in a document that is known to be Turtle."""

_ESCAPED = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))", re.DOTALL)
_ESCAPED_IN_NAME = re.compile(r"\\(.)")
_CONTROLS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

INSIDE = {mark: re.compile(inside) for mark, inside in _INSIDE.items()}
"""What stands between the marks of each kind of text, and within the “<” and “>” of an IRI."""


def unescaped(text: str) -> str:
    """Replace the string and numeric escapes of a text, or the numeric ones of an IRI."""
    return _ESCAPED.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    short, long, other = match.groups()
    return _CONTROLS.get(other, other) if other else chr(int(short or long, 16))


def unescaped_name(local: str) -> str:
    """Replace the escapes of a local name; ``%`` and two digits stay."""
    return _ESCAPED_IN_NAME.sub(r"\1", local) if "\\" in local else local
