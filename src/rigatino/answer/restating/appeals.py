"""Whether words of a source turn to whoever reads or answers, instead of saying something.

Stricter than the search for planted orders, which must not suspect what papers say: where a model
chose the quote, a sentence that might be an order is no loss.
"""

from __future__ import annotations

import re

from rigatino.brief import find_injections

_VERBS = (
    r"write|say|state|claim|tell|answer|reply|respond|begin|start|end|finish|print|output|give|rate"
    r"|call|recommend|use|make|note|remember|repeat|include|append|add|insert|mention|praise|list"
    r"|send|click|visit|buy|download|install|ignore|disregard|forget|follow|obey|do|don't|never|always"
    r"|please|pretend|act|treat|cite|describe|conclude|confirm|declare|assure|warn|ask|delete|open"
    r"|type|upload|save|share|buy|pay|call|speak|talk|promote|advertise|replace|remove|omit|hide|keep|let|stop|set|put|copy|translate"
    r"|summari[sz]e|think|imagine|consider|assume|trust|believe|look|see|go|run|execute|reveal|show"
)
#: … and those that papers do not use of themselves: "we map it, make it small and learn"
_TO_READERS = (
    r"write|reply|respond|print|output|recommend|remember|repeat|mention|praise|click|visit|buy"
    r"|download|install|ignore|disregard|forget|obey|don't|please|pretend|declare|assure|warn|upload"
    r"|pay|promote|advertise|omit|trust|believe|reveal|tell|answer|say|state|claim|call|rate|end|begin"
)
_BEFORE = r"now|then|also|instead|and|but|first|finally|next|important|just|only"
_COMMAND = re.compile(
    rf"^\W*(?:(?:{_BEFORE})\b\W*)*(?:{_VERBS})\b"
    rf"|(?:[,;:—–]|\band)\s*(?:please |then |you )?(?:{_TO_READERS})\s+"
    r"(?:that|the|this|it|only|with|as|a|to|every|all|nothing)\b",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"\b(?:you|your|yours|yourself)\b"
    r"|\b(?:to|for) (?:the|any|every|all)?\s*(?:assistants?|language models?|a\.?i\.?|models?|bots?"
    r"|readers?|answerers?)(?: reading this)?\s*[:,]"
    r"|\b(?:system|assistant|user|developer|instructions?|prompt)\s*:|\b(?:password|jailbreak)\b"
    r"|\bany(?:one|body) who (?:reads|answers|summari[sz]es)\b|\bwho(?:ever|soever)\b",
    re.IGNORECASE,
)


def is_appeal(text: str) -> bool:
    """Whether a text gives an order, or might."""
    return bool(_APPEAL.search(text)) or is_command(text) or bool(find_injections(text))


def is_command(text: str) -> bool:
    """Whether a text tells somebody to do something."""
    return bool(_COMMAND.search(text))
