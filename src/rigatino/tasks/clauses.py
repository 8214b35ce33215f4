"""What the last clause of a question wants to know, so that it can be answered literally.

The table is read from the top; the first pattern found in the last sentence (then in
the one before) decides. Patterns are written for how people ask, not for one wording.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rigatino.tasks.sentences import sentence_spans

#: clause -> patterns (English, Spanish, Korean)
_TABLE: tuple[tuple[str, str], ...] = (
    (
        "trust",
        r"\btrust|\brely\b|\breliab|\bevidence\b|\bprove\b|\bproof\b|\bpolice\b|\bcourt\b|\bbelieve (it|that|what)"
        r"|\bsafe to\b|\bnervous\b|\bworr(y|ied)\b|\binsurance\b|\bdoctor\b|\bhonest\b|\bcount on\b|\bhow (accurate|sure|certain)|\baccurate\b|\bshould i (show|send|hand|print)"
        r"|\bcan i (hand|use|show|send|count|submit|give)|\bsame (person|face)\b|\breally (him|her|me|them)\b"
        r"|\bfiar|\bconfi(ar|o)|\bprueba\b|\bfiable|믿|증거|신뢰|정확",
    ),
    (
        "limits",
        r"\bhow (far|much|small|big|large|bad|dark|blurry|old|little|many times)\b.*\b(can|could|go|before|still|until)\b"
        r"|\blimit|\bhow far\b|\bwhere does it (stop|end)|\bany (size|picture|photo)\b|\balways work"
        r"|\bwould it (also )?work\b|\bcan (it|this|you) (also|still|ever|fix|do|save|rescue)\b|\bno matter how"
        r"|\bhasta d[oó]nde|\bl[ií]mite|얼마나|어디까지|한계",
    ),
    (
        "clues",
        r"\bclue|\bgave it away\b|\bgo(es|ing)? by\b|\bwhat (in|about|does it (see|look|use|read|notice))\b"
        r"|\bhow (can|does|do|could|did) (it|they|the \w+) (tell|see|spot|notice|decide|recogni|distinguish)"
        r"|\bhow is it able to tell\b|\bpista|\ben qu[eé] se (fija|basa)|단서|무엇을 보고|구별|구분",
    ),
    (
        "wrong",
        r"\bwhy (can't|couldn't|did(n't)?|does(n't)?|won't|is|are|was|were|has|had) .*"
        r"\b(wrong|miss|missing|fail|worse|weird|fake|plastic|wax|smear|melt|extra|mistake|tell|keep|leave|left|gone|vanish|disappear|lose|lost|remove|erase|ruin|change)"
        r"|\bwhat went wrong\b|\bwhere did .* go\b|\bmistake|\bpor qu[eé] .*(mal|peor|desaparec|cambi|equivoc)|왜 .*(틀|이상|사라|없어|망가)",
    ),
    (
        "invented",
        r"\bmak(e|es|ing) (it|that|this|them|things|stuff|up|all)\b.* ?up\b|\bmade[- ]up\b|\binvent|\bmake up\b"
        r"|\bwho (says|said|decided|filled|picked|chose|drew|painted)|\bguess|\bimagin|\bhallucinat"
        r"|\breal\b|\btrue\b|\bactually (there|look|happen)|\bpaint(ing|ed)?\b|\bfake|\bfiction"
        r"|\bopinion\b|\bcheat|\blying\b|\ba lie\b|\bdream(t|ed|ing)|\bthin air\b|\bfrom nothing\b|\bpretend|\bits own idea"
        r"|\bwhose (face|hair|eyes|skin|is|are)\b|\bis (that|it|this) (still|even) (me|him|her|my|the same)"
        r"|\binvent|\bse lo (inventa|imagina)|\badivin|\bqui[eé]n (dice|decid)|지어내|꾸며|상상|진짜|누가",
    ),
    (
        "source",
        r"\bwhere (did|does|do|is|are|has|have|was|were) .*(come|from|get|find|hid|hiding)|\bwhere .* from\b|\bhiding\b|\bhidden\b"
        r"|\ball along\b|\balready (there|in)\b|\bin the file\b|\bback from\b|\bde d[oó]nde|어디서|숨어",
    ),
    (
        "better",
        r"\b(clearer|sharper|better|cleaner|nicer|crisper|more detail\w*) than\b|\bthan (the )?(original|real)"
        r"|\bmejor que|보다 (더 )?(선명|좋|나)",
    ),
    (
        "choose",
        r"\bwhich (one|of|model|tool|app|setting|module)|\bshould i\b|\bdo i need\b|\bwhat (do|would) i need\b"
        r"|\bis there (a|any)\b|\bbest (way|tool|model)|\bcu[aá]l\b|어떤 (걸|것|모델|도구)",
    ),
    (
        "how",
        r"\bhow\b|\bwhat (is|does|did|do|was|makes|happens|lets|kind|exactly)\b|\bwhy\b|\bwhat's\b"
        r"|\bc[oó]mo\b|\bqu[eé]\b|어떻게|왜|무엇|뭐|뭘|무슨",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in _TABLE)


@dataclass(frozen=True, slots=True)
class LastClause:
    """The sentence that asks, where it stands in the question, and what it wants."""

    kind: str
    text: str
    start: int
    end: int


def last_clause(question: str) -> LastClause:
    """Find the sentence that asks something (the last with a question mark) and its kind."""
    spans = sentence_spans(question)
    if not spans:
        return LastClause("remark", question, 0, len(question))
    asking = [s for s in spans if question[s[0] : s[1]].rstrip("\"'”’)").endswith(("?", "？"))]
    start, end = asking[-1] if asking else spans[-1]
    text = question[start:end]
    for kind, pattern in _COMPILED:
        if pattern.search(text) and (asking or kind not in ("invented", "trust", "wrong")):
            return LastClause(kind, text, start, end)
    return LastClause("how" if asking else "remark", text, start, end)
