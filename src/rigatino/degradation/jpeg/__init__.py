"""JPEG as an operator: tables, sampling, blocks of cosines, the whole round trip."""

from rigatino.degradation.jpeg.blocks import (
    analysed,
    confined,
    quantised,
    requantised,
    synthesised,
)
from rigatino.degradation.jpeg.codec import Jpeg, levels
from rigatino.degradation.jpeg.integer_dct import decoded, encoded
from rigatino.degradation.jpeg.projection import MARGIN, ROUNDS, Projection
from rigatino.degradation.jpeg.tables import SAMPLINGS, Factors, Table, quality_tables

__all__ = [
    "MARGIN",
    "ROUNDS",
    "SAMPLINGS",
    "Factors",
    "Jpeg",
    "Projection",
    "Table",
    "analysed",
    "confined",
    "decoded",
    "encoded",
    "levels",
    "quality_tables",
    "quantised",
    "requantised",
    "synthesised",
]
