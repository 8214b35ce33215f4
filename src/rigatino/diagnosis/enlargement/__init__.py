"""Was the picture enlarged before: by how much, and with which kernel."""
