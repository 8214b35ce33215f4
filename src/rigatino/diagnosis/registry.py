"""Every detector, in the order in which they look. Add one: a file and a line here.

A detector may read what those above it found: noise is measured by what a JPEG let through.
"""

from __future__ import annotations

from rigatino.diagnosis.banding import BANDING
from rigatino.diagnosis.blur.detector import BLUR
from rigatino.diagnosis.clipping import CLIPPING
from rigatino.diagnosis.colour_cast import COLOUR_CAST
from rigatino.diagnosis.compression.detector import COMPRESSION
from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.dust import DUST
from rigatino.diagnosis.enlargement.detector import ENLARGEMENT
from rigatino.diagnosis.fading import FADING
from rigatino.diagnosis.halftone import HALFTONE
from rigatino.diagnosis.moire import MOIRE
from rigatino.diagnosis.noise.detector import NOISE
from rigatino.diagnosis.shake import SHAKE
from rigatino.diagnosis.text_regions import TEXT_REGIONS

DETECTORS: dict[str, Detector] = {
    detector.name: detector
    for detector in (
        COMPRESSION,
        NOISE,
        ENLARGEMENT,
        BLUR,
        SHAKE,
        CLIPPING,
        BANDING,
        FADING,
        COLOUR_CAST,
        DUST,
        HALFTONE,
        MOIRE,
        TEXT_REGIONS,
    )
}  # fmt: skip
