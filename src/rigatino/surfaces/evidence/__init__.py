"""Evidence made visible: the map, the places, the layers and the page."""
