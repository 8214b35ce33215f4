"""What is wrong with this very file: detectors, each its own file, and one verdict.

::

    inspect_file(source) -> Diagnosis     of a file: also what it is, and a JPEG's clue map
    diagnose(picture)    -> Diagnosis     every detector's Finding, a Verdict, and Binds
    report_text(diagnosis)                one screen for a layperson
    DETECTORS                             the registry, in the order in which they look

Described, with measured figures and limits, in docs/reference/diagnosis.md.
"""

from rigatino.diagnosis.clues import LEVELS, Clues, clues_of
from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.diagnose import diagnose
from rigatino.diagnosis.facts import FileFacts, facts_of
from rigatino.diagnosis.figures import percent, sureness
from rigatino.diagnosis.inspection import inspect_file
from rigatino.diagnosis.record import Binds, Diagnosis, Finding, Step, Verdict
from rigatino.diagnosis.registry import DETECTORS
from rigatino.diagnosis.reporting import by_importance, report_text
from rigatino.diagnosis.subject import Subject
from rigatino.diagnosis.verdict import REPAIRS

__all__ = [
    "DETECTORS",
    "LEVELS",
    "REPAIRS",
    "Binds",
    "Clues",
    "Detector",
    "Diagnosis",
    "FileFacts",
    "Finding",
    "Step",
    "Subject",
    "Verdict",
    "by_importance",
    "clues_of",
    "diagnose",
    "facts_of",
    "inspect_file",
    "percent",
    "report_text",
    "sureness",
]
