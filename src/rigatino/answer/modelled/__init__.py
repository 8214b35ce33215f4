"""The model-backed writer: a language model proposes claims, the program decides what stands."""

from rigatino.answer.modelled.account import account_lines
from rigatino.answer.modelled.writing import prompt_about, write_with

__all__ = ["account_lines", "prompt_about", "write_with"]
