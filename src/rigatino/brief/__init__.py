"""A question and its evidence, read from text or JSON."""

from rigatino.brief.injection import InjectionSpan, find_injections
from rigatino.brief.json_form import brief_to_json
from rigatino.brief.names import ModuleName, Stated, is_module_name, read_module_name
from rigatino.brief.notebook import NOTICE_CODES
from rigatino.brief.reading import question_only, read_brief, read_brief_file
from rigatino.brief.record import Brief, Model, Notice, Paper, Segment, Source
from rigatino.brief.rows import RawRow, Row, raw_rows, read_row, read_rows
from rigatino.brief.shelf import example, examples
from rigatino.brief.vocabulary import vocabulary
from rigatino.brief.writing import write_brief

__all__ = [
    "NOTICE_CODES",
    "Brief",
    "InjectionSpan",
    "Model",
    "ModuleName",
    "Notice",
    "Paper",
    "RawRow",
    "Row",
    "Segment",
    "Source",
    "Stated",
    "brief_to_json",
    "example",
    "examples",
    "find_injections",
    "is_module_name",
    "question_only",
    "raw_rows",
    "read_brief",
    "read_brief_file",
    "read_module_name",
    "read_row",
    "read_rows",
    "vocabulary",
    "write_brief",
]
