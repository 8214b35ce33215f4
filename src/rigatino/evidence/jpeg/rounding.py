"""Did the encoder round to the nearest step, or leave out small numbers that cost too much?

Coefficients of pictures fall off like mixtures of exponentials. Rounded to the nearest step, the
counts n₁, n₂, n₃ of magnitudes 1, 2 and 3 then satisfy n₁ · n₃ ≥ n₂²; an encoder that drops or
lowers small ones leaves n₁ too few for that.
"""

from __future__ import annotations

import numpy as np

from rigatino.evidence.jpeg.tally import FINE, ORDER
from rigatino.imaging import JpegCoefficients

#: fewer of a magnitude say nothing; standard errors by which n₁ must fall short
_FEWEST, _CLEAR = 30, 4.0


def drops_small(stored: JpegCoefficients) -> bool:
    """Whether single units of fine detail are missing from the first component."""
    fine = np.flatnonzero(ORDER >= FINE)
    blocks = stored.components[0].blocks
    sizes = np.abs(blocks.reshape(*blocks.shape[:2], 64)[..., fine])
    one, two, three = (int(np.count_nonzero(sizes == n)) for n in (1, 2, 3))
    if min(two, three) < _FEWEST:
        return False
    one_ = max(one, 0.5)
    short = np.log(one_) + np.log(three) - 2 * np.log(two)
    return bool(short < -_CLEAR * np.sqrt(1 / one_ + 1 / three + 4 / two))
