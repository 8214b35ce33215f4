"""What is wrong with this very file: detectors, each its own file, and one verdict.

::

    diagnose(picture)    -> Diagnosis     every detector's Finding, a Verdict, and Binds
    DETECTORS                             the registry, in the order in which they look

Described, with measured figures and limits, in docs/reference/diagnosis.md.
"""

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.diagnose import diagnose
from rigatino.diagnosis.record import Binds, Diagnosis, Finding, Step, Verdict
from rigatino.diagnosis.registry import DETECTORS
from rigatino.diagnosis.subject import Subject

__all__ = [
    "DETECTORS",
    "Binds",
    "Detector",
    "Diagnosis",
    "Finding",
    "Step",
    "Subject",
    "Verdict",
    "diagnose",
]
