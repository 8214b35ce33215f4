"""How far a repair goes, and where a picture lies in that.

::

    limits(task, target, pictures, mine)   -> Limits   probabilities over a plane of damage
    PLANES                                 the planes: one file and one entry for another

What is measured is the mean over the pictures; how much single pictures differ is said beside it.
"""

from rigatino.limits.finding import EVALUATIONS, GRID, grid_of, grid_points, limits, target_of
from rigatino.limits.measuring import METRICS, Measured, clean_part, measured
from rigatino.limits.planes import PLANES, Axis, Plane, plane
from rigatino.limits.record import SCHEMA, Limits, Place, Target
from rigatino.limits.reporting import report_text
from rigatino.limits.searching import SURE, probabilities, scattered, straddled, sure
from rigatino.limits.surrogate import Surrogate, fitted

__all__ = [
    "EVALUATIONS", "GRID", "METRICS", "PLANES", "SCHEMA", "SURE", "Axis", "Limits", "Measured",
    "Place", "Plane", "Surrogate", "Target", "clean_part", "fitted", "grid_of", "grid_points",
    "limits", "measured", "plane", "probabilities", "report_text", "scattered", "straddled",
    "sure", "target_of",
]  # fmt: skip
