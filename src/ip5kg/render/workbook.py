"""An answer as a workbook (Office Open XML, ISO/IEC 29500), the same bytes for the same rows.

A text is always written as a text: one that begins with ``=`` is no formula. Days are days and
numbers numbers where a spreadsheet can hold them; what it cannot is written as text.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pyoxigraph import NamedNode

from ip5kg.answers import Answer
from ip5kg.answers.cited import COLUMN, Cited
from ip5kg.answers.columns import Plain, lexical, plain_text
from ip5kg.answers.frames import need
from ip5kg.errors import OutputError
from ip5kg.names import is_iri
from ip5kg.render.footnotes import marks_text
from ip5kg.render.text import width
from ip5kg.terms import Term, to_python

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["to_workbook"]

_ROWS, _COLUMNS, _UNITS = 1_048_576, 16_384, 32_767
_LINKS, _ADDRESS = 65_530, 2_000
_WIDEST = 60
# Of these, spreadsheets disagree on what day the 60th of 1900 is.
_FIRST_DAY = datetime.date(1900, 3, 1)
# Spreadsheets calculate with 15 digits; a longer number is more of a name.
_LARGEST = 10**15
_WRITTEN = datetime.datetime(1980, 1, 1)  # noqa: DTZ001 - the formats know no time zones
_FORMATS = {
    "head": {"bold": True},
    "text": {"text_wrap": True, "valign": "top"},
    "number": {"valign": "top"},
    "whole": {"num_format": "0", "valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"},
}


def to_workbook(answer: Answer | Cited | bool, *, iris: bool = False, title: str = "") -> bytes:
    """Write an answer as a workbook: a sheet of rows, and one of the sources they rest on.

    Things are shown by their labels and lead to their IRIs, where these are addresses of the web.
    Nothing is compressed, since libraries compress to bytes of their own.

    Args:
        answer: Rows, with their sources or without, or the truth value of ASK, which becomes the
            only cell of one column.
        iris: Show IRIs, not labels.
        title: What the document calls itself in its properties.

    Raises:
        MissingDependency: When XlsxWriter is not installed.
        OutputError: When a sheet cannot hold so many rows or so long a text.
    """
    library = need("xlsxwriter", "Workbooks", "'ip5kg[tables]'")
    written = BytesIO()
    with library.Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _WRITTEN})
        sheet = _Sheet(book, "Answer")
        if isinstance(answer, bool):
            sheet.head(["answer"])
            sheet.cell(1, 0, answer)
            sheet.finish()
        elif isinstance(answer, Cited):
            _fill(sheet, answer.answer, iris=iris, marks=[*map(marks_text, answer.marks)])
            _fill_notes(_Sheet(book, "Sources"), answer)
        else:
            _fill(sheet, answer, iris=iris)
    return _packed(written)


def _fill(sheet: _Sheet, answer: Answer, *, iris: bool, marks: Sequence[str] = ()) -> None:
    """Fill a sheet with the rows of an answer, and with marks in one more column."""
    rows = answer.solutions.rows
    if len(rows) >= _ROWS or len(answer.columns) >= _COLUMNS:
        raise OutputError(
            f"A sheet of XLSX cannot hold {len(rows):,} rows of {len(answer.columns):,} columns.",
            hint="Write it as csv or parquet.",
        )
    sheet.head([*answer.columns, *([COLUMN] if marks else [])])
    years = {number for number, one in enumerate(answer.typed_columns()) if one.kind == "year"}
    linked = sum(_is_link(term) for row in rows for term in row) <= _LINKS
    for place, row in enumerate(rows, 1):
        for number, term in enumerate(row):
            if isinstance(term, NamedNode):
                text = plain_text(term, {} if iris else answer.labels)
                sheet.cell(place, number, text, term.value if linked and _is_link(term) else "")
            else:
                value: Plain = to_python(term, {})
                if number in years and isinstance(value, str):
                    value = int(value)
                sheet.cell(place, number, value)
    for place, text in enumerate(marks, 1):
        sheet.cell(place, len(answer.columns), text or None)
    sheet.finish()


def _fill_notes(sheet: _Sheet, cited: Cited) -> None:
    """Fill a sheet with the notes that the marks stand for."""
    sheet.head(["note", "title", "publisher", "locator", "address", "source"])
    for place, note in enumerate(cited.notes, 1):
        sheet.cell(place, 0, f"[{place}]")
        address = note.address if _is_address(note.address) else ""
        texts = (note.title, note.publisher, note.locator, note.address, note.source)
        for number, text in enumerate(texts, 1):
            link = address if text and text == note.address else ""
            sheet.cell(place, number, text or None, link)
    sheet.finish()


def _is_link(term: Term | None) -> bool:
    """Tell whether a term is an address that a cell can lead to."""
    return isinstance(term, NamedNode) and _is_address(term.value)


def _is_address(text: str) -> bool:
    return text.startswith(("https://", "http://")) and len(text) <= _ADDRESS and is_iri(text)


class _Sheet:
    """A sheet as it is filled.

    Args:
        book: The workbook.
        name: The name of the sheet.
    """

    def __init__(self, book: Any, name: str) -> None:
        self._sheet: Worksheet = book.add_worksheet(name)
        self._formats: dict[str, Format] = {
            name: book.add_format(look) for name, look in _FORMATS.items()
        }
        self._widths: list[int] = []
        self._last = 0

    def head(self, names: Sequence[str]) -> None:
        """Write the names of the columns, which stay in sight."""
        self._widths = [width(name) for name in names]
        for number, name in enumerate(names):
            self._text(0, number, name, "head")
        self._sheet.freeze_panes(1, 0)

    def cell(self, row: int, column: int, value: Plain, link: str = "") -> None:
        """Write a value as what it is, or as text where no cell can hold it so."""
        look, written = _fitting(value)
        if written is None:
            return
        self._last = max(self._last, row)
        shown = written if isinstance(written, str) else str(value)
        size = max(map(width, shown.splitlines()), default=0)
        self._widths[column] = max(self._widths[column], min(size, _WIDEST))
        if isinstance(written, str):
            self._text(row, column, written, look, link)
        elif isinstance(written, bool):
            self._sheet.write_boolean(row, column, written, self._formats[look])
        elif isinstance(written, datetime.date):
            self._sheet.write_datetime(row, column, written, self._formats[look])
        else:
            self._sheet.write_number(row, column, float(written), self._formats[look])

    def finish(self) -> None:
        """Set the widths of the columns, and let the rows be filtered by them."""
        for number, size in enumerate(self._widths):
            self._sheet.set_column(number, number, size + 3)
        if self._widths:
            self._sheet.autofilter(0, 0, self._last, len(self._widths) - 1)

    def _text(self, row: int, column: int, text: str, look: str, link: str = "") -> None:
        """Write a text, which is never taken for anything else."""
        units = len(text.encode("utf-16-le")) // 2
        if units > _UNITS:
            raise OutputError(
                f"A cell of XLSX cannot hold a text of {units:,} characters; it takes {_UNITS:,}.",
                hint="Write it as csv or parquet.",
            )
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter would take it for a run of its own XML, but not in two pieces.
            self._sheet.write_rich_string(
                row, column, text[:1], self._formats["text"], text[1:], self._formats[look]
            )
        elif link:
            self._sheet.write_url(row, column, link, string=text)
        else:
            self._sheet.write_string(row, column, text, self._formats[look])


def _fitting(value: Plain) -> tuple[str, Plain]:
    """Find how a cell can hold a value: the look, and the value itself or its text."""
    look, fits = "text", True
    if isinstance(value, bool):
        look = "number"
    elif isinstance(value, int):
        look, fits = "whole", abs(value) < _LARGEST
    elif isinstance(value, Decimal | float):
        look, fits = "number", isfinite(float(value))
    elif isinstance(value, datetime.datetime):
        look, fits = "moment", value.tzinfo is None and value.date() >= _FIRST_DAY
    elif isinstance(value, datetime.date):
        look, fits = "day", value >= _FIRST_DAY
    return (look, value) if fits or value is None else ("text", lexical(value))


def _packed(written: BytesIO) -> bytes:
    """Pack the parts of a document anew: without compression, clock or operating system."""
    packed = BytesIO()
    with ZipFile(written) as old, ZipFile(packed, "w", ZIP_STORED) as new:
        for name in old.namelist():
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.create_system, part.external_attr = 0, 0o600 << 16
            new.writestr(part, old.read(name))
    return packed.getvalue()
