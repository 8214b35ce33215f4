"""Evidence made visible: the map, the places, the layers and the page."""

from rigatino.surfaces.evidence.layers import write_layers
from rigatino.surfaces.evidence.page import Origin, evidence_page
from rigatino.surfaces.evidence.sheet import map_sheet

__all__ = ["Origin", "evidence_page", "map_sheet", "write_layers"]
