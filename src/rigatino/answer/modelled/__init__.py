"""The model-backed writer: a language model proposes claims, the program decides what stands."""

from rigatino.answer.modelled.account import account_lines
from rigatino.answer.modelled.comparison import Comparison, Written, row_of, table
from rigatino.answer.modelled.writing import prompt_about, write_with

__all__ = [
    "Comparison",
    "Written",
    "account_lines",
    "prompt_about",
    "row_of",
    "table",
    "write_with",
]
