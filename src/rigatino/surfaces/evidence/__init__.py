"""Evidence made visible: the map, the places, the layers and the page."""

from rigatino.surfaces.evidence.layers import write_layers
from rigatino.surfaces.evidence.page import Origin, evidence_page
from rigatino.surfaces.evidence.sheet import evidence_map
from rigatino.surfaces.evidence.writing import Wanted

__all__ = ["Origin", "Wanted", "evidence_map", "evidence_page", "write_layers"]
