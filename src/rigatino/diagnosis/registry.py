"""Every detector, in the order in which they look. Add one: a file and a line here.

A detector may read what those above it found: noise is measured by what a JPEG let through.
"""

from __future__ import annotations

from rigatino.diagnosis.compression.detector import COMPRESSION
from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.enlargement.detector import ENLARGEMENT
from rigatino.diagnosis.noise.detector import NOISE

DETECTORS: dict[str, Detector] = {
    detector.name: detector
    for detector in (
        COMPRESSION,
        NOISE,
        ENLARGEMENT,
    )
}  # fmt: skip
