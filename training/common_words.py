"""Collect the common words of English: ``python training/common_words.py --data FILE --out OUT``.

A word is common if at least three reference texts of FILE (JSON lines, field ``references``)
write it with a small letter. The auditor uses the list to tell a capitalised common word
("the Input Picture") from a name.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

LEAST_TEXTS = 3


def common_words(file: Path) -> list[str]:
    """Words that enough texts write with a small letter, sorted."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = {text for row in rows for text in row["references"]}
    counts = Counter(w for text in texts for w in set(re.findall(r"\b[a-z]{3,}\b", text)))
    return sorted(word for word, count in counts.items() if count >= LEAST_TEXTS)


def main() -> None:
    """Write the list, one word per line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = common_words(options.data)
    part = options.out.with_suffix(".part")
    part.write_text("\n".join(found) + "\n", encoding="utf-8")
    part.replace(options.out)
    print(f"{len(found)} words")


if __name__ == "__main__":
    main()
