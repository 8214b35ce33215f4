"""One vector for each of the commonest English words, from a sentence encoder.

    python training/word_vectors.py --model FOLDER --out RAW.npz
    python training/task_reader.py --vectors RAW.npz

FOLDER holds the encoder all-MiniLM-L6-v2 (Apache-2.0) as sentence-transformers reads it.
The words are the 40,000 most frequent purely alphabetic ones of the ``wordfreq`` list,
each encoded by itself. Needs sentence-transformers and wordfreq; run once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer
from wordfreq import top_n_list

WORDS = 40_000


def common_words() -> list[str]:
    """The most frequent words of two letters or more, the commonest first."""
    listed = top_n_list("en", WORDS * 3 // 2)
    plain = (w for w in listed if w.isascii() and w.replace("'", "").isalpha() and len(w) > 1)
    return [w for w, _ in zip(plain, range(WORDS), strict=False)]


def main() -> None:
    """Encode and write: words [N], vectors [N, 384] in half precision."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    words = common_words()
    encoder = SentenceTransformer(str(a.model), device="cpu")
    rows = encoder.encode(words, batch_size=256, normalize_embeddings=True)
    np.savez(a.out, w=np.array(words), e=rows.astype(np.float16))


if __name__ == "__main__":
    main()
