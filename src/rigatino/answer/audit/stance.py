"""How a clause stands to what it speaks of: dismissing, claiming, supposing, reporting.

English cues, with the commonest negations of a few other languages, so that a dismissal
is recognised there too. A language without cues is never accused.
"""

from __future__ import annotations

import re

_DISMISSING = re.compile(
    r"\b(?:no|not|\w+n[’']t|never|none|nothing|neither|nor|nobody|cannot|merely|off[- ]topic"
    r"|off the (?:topic|subject|mark)|beside the point|unrelated|irrelevant|unfit|unsuit\w+|aside"
    r"|different (?:subject|matter|thing|problem|field|kind|sense|meaning|question|task|topic|world)"
    r"|(?:an)?other (?:subject|matter|field|sense|meaning|kind|topic|task|world|story)|elsewhere"
    r"|rather than|instead of|keywords?|shar(?:es?|ing) (?:\w+ )?(?:the|a|one|its) (?:\w+ )?(?:word|name|term)"
    r"|in name|name only|coinciden\w+|same (?:word|name)|mislead\w*|misled|mismatch\w*|matched (?:by|on)"
    r"|neighbou?ring|adjacent|far (?:from|afield)|stands? for|left (?:out|aside)|leaves? (?:it|them|out)"
    r"|ignor\w+|skip\w*|exclud\w+|completeness|(?:were|was|only|merely) (?:provided|listed)"
    r"|listed (?:only|but|because|for)|out of scope|no use|hardly|barely|fails?|lacks?|unlike|tangential"
    r"|peripheral|wrong (?:kind|field|topic|paper)|only (?:a|an|the|by|because|in|the word|shares?|judges?"
    r"|about|for|describes?|looks?|deals?|lists?|measures?|finds?|tests?|partly|loosely|background)"
    r"|nichts?|kein\w*|weder|nur|ohne|ni|nada|ning[uú]n\w*|tampoco|solo|s[oó]lo|sin|ajen[oa]\w*|aparte|pas"
    r"|aucun\w*|rien|sans|hors|non|nessun\w*|niente|n[ãa]o|nenhum\w*|sem|apenas)\b"
    r"|않|없|아니|못하|못한|무관|관련이 적|제외|뿐|ない|ません|関係|不|没|無|无",
    re.I,
)
_CLAIMING = re.compile(
    r"\b(?:explain(?:s|ed)?|shows?|showed|shown|prov(?:es?|ed|en)|demonstrat\w+|confirm(?:s|ed)?"
    r"|supports?|supported|suppl(?:y|ies|ied)|accounts? for|underpin\w*|backs?(?: this)? up|backs?\b"
    r"|answers?|reveals?|establish\w*|justif\w+|tells? (?:us|you|how|why)|the (?:basis|key|foundation"
    r"|reason|proof) (?:of|for|to|why|here|that|in)|basis (?:of|for)|rests? on|rel(?:y|ies|ied) on"
    r"|based on|built on|builds on|according to|thanks to|because of|guarantee\w*|makes? (?:it|this|sure)"
    r"|helps?|contribut\w+|plays? (?:a|an|its|the)|complet(?:es?|ed)|enabl\w+|powers?|drives?|is why"
    r"|evidence (?:for|of|that)|follows? from|solv\w+|settl\w+|clarif\w+|illustrat\w+|validat\w+"
    r"|relevant (?:to|here|for)|essential|central|crucial|useful|valuable|best source|main source"
    r"|in line with|consistent with|as (?:in|described in|shown in)|takes? care of|is used to"
    r"|are used to|we use|I use|draws? on|borrow\w*|provides? (?:the|a|an|evidence|support))\b",
    re.I,
)
_PROVING = re.compile(
    r"\b(?:explains?|prov(?:es?|en)|shows? (?:that|how|why)|demonstrates?|confirms?|guarantees?"
    r"|accounts? for|is the (?:proof|reason|basis)|evidence (?:for|that)|supports?|answers?|settles?)\b",
    re.I,
)
_DOES_THE_JOB = re.compile(
    r"\b(?:does (?:the job|exactly|just|this|that)|do(?:es)? what you|solves?|can do this|will do this"
    r"|is (?:the |a |an )?(?:right|ideal|perfect|well[- ]suited|suitable|best|proper|natural) (?:\w+ )?"
    r"(?:tool|model|module|choice|fit|solution|for)|fits? (?:the|your) (?:task|question|job|need)s?"
    r"|directly (?:fits|addresses|performs|handles)|(?:designed|made|trained|built|meant) "
    r"(?:for|to do) (?:exactly|precisely|just|this|your)|handles? (?:this|your)|takes? care of)\b",
    re.I,
)
_SUPPOSING = re.compile(
    r"\b(?:if|would|could|should|might|unless|suppose|imagine|in case)\b", re.I
)
_INFERENCE = re.compile(
    r"\b(?:I|my|mine|we infer|our inference|inference|infer(?:red)?|my (?:guess|reading|inference"
    r"|caution|own)|by (?:its|the|their) names?|as (?:its|the|their) names? (?:says?|suggests?|tells?)"
    r"|(?:its|the|their) names? (?:says?|suggests?|tells?|ties?|implies|promises)|going by|judging by"
    r"|plain (?:thinking|reasoning|sense)|common sense|presumably|seems?|appears?|probably|likely|perhaps"
    r"|likely|may|might|background|general knowledge|in general|not (?:from|in) the (?:brief|papers?"
    r"|source)|(?:brief|papers?|summary|summaries|sources?|material) (?:does|do|says?|gives?|adds?"
    r"|describes?|names?|is|are|contains?|offers?) (?:not|no|nothing|none|silent|little))\b"
    r"|\bI(?:[’']d|[’']m|[’']ll)\b",
    re.I,
)
_ORDER_REPORTED = re.compile(
    r"\b(?:order(?:s|ed)?|instruct\w*|ignor\w+|obey\w*|follow(?:ed|ing)? (?:it|them|that|this)|planted"
    r"|injection|inject\w*|prompt|disregard\w*|advertis\w*|demands?|asks? (?:me|the|its|whoever|any)"
    r"|tells? (?:me|the reader|its reader|the assistant|whoever|assistants)|addressed to|request\w*"
    r"|not (?:do|done|comply|repeat)|no research|vouch)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"^\W*(?:it|this|that|they|these|its|their|such|here|the (?:paper|work|authors?|study|method))\b",
    re.I,
)
_CONTRAST = re.compile(r"(?:[,;:–—]|\s-)\s+(?=(?:but|yet|however|whereas|while|although|though|still)\b)|;\s+|\s+[–—]\s+", re.I)


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Spans of the parts of a sentence that a contrast sets against each other."""
    cuts = [0, *(m.end() for m in _CONTRAST.finditer(sentence)), len(sentence)]
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if sentence[a:b].strip()]


def dismisses(text: str) -> bool:
    """Whether a clause denies, restricts or sets aside."""
    return bool(_DISMISSING.search(text))


def claims(text: str) -> bool:
    """Whether a clause uses its subject as support for something."""
    return bool(_CLAIMING.search(text))


def proves(text: str) -> bool:
    """Whether a clause makes its subject the ground of a conclusion."""
    return bool(_PROVING.search(text))


def does_the_job(text: str) -> bool:
    """Whether a clause presents its subject as doing what was asked."""
    return bool(_DOES_THE_JOB.search(text))


def supposes(text: str) -> bool:
    """Whether a clause only supposes, or asks."""
    return bool(_SUPPOSING.search(text)) or text.rstrip("\"”*_) ").endswith("?")


def declares_inference(text: str) -> bool:
    """Whether a sentence says that it is the writer's own inference, or that nothing is said."""
    return bool(_INFERENCE.search(text))


def goes_on(text: str) -> bool:
    """Whether a sentence opens with a pronoun and so goes on about what was spoken of."""
    return bool(_PRONOUN.match(text))


def reports_an_order(text: str) -> bool:
    """Whether a sentence tells of a planted order instead of obeying it."""
    return bool(_ORDER_REPORTED.search(text))
