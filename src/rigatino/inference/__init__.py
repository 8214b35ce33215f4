"""One network, one array: verified weights, runtimes, tiles, hints.

::

    models(), model(name)       -> Model       what is shipped and what a user added
    open_network(name)          -> Network     weights verified by SHA-256, a runtime chosen
    network.apply(array, known) -> array       (H, W, 1 or 3) floats in 0…1, any size
    over(network, canvas, …)    -> Tiling      the same window by window, memory bounded
    enlarged_array(enlarger, …) -> array       any factor (see ``enlarging``)

Registries: ``SHIPPED`` (shelf), ``RUNTIMES`` (runtimes), ``SCHEMES`` (hints). What a card says
stands in docs/reference/models.md.
"""

from rigatino.inference.adding import add, verify
from rigatino.inference.canvas import FloatCanvas, PixelCanvas, PremultipliedCanvas, mend_array
from rigatino.inference.card import INVERSION, ModelCard, read_card
from rigatino.inference.enlarging import (
    Axis,
    Enlarger,
    enlarge_over,
    enlarged_array,
    open_enlarger,
)
from rigatino.inference.hints import NOTHING, SCHEMES, Known, Tables, tables_of
from rigatino.inference.network import Network, open_network
from rigatino.inference.runtimes import RUNTIMES
from rigatino.inference.session import Session
from rigatino.inference.settings import Settings, models_folder
from rigatino.inference.shelf import SHIPPED, Model, model, model_for, models
from rigatino.inference.tiling import Canvas, Tiling, cut, over, plan

__all__ = [
    "INVERSION",
    "NOTHING",
    "RUNTIMES",
    "SCHEMES",
    "SHIPPED",
    "Axis",
    "Canvas",
    "Enlarger",
    "FloatCanvas",
    "Known",
    "Model",
    "ModelCard",
    "Network",
    "PixelCanvas",
    "PremultipliedCanvas",
    "Session",
    "Settings",
    "Tables",
    "Tiling",
    "add",
    "cut",
    "enlarge_over",
    "enlarged_array",
    "mend_array",
    "model",
    "model_for",
    "models",
    "models_folder",
    "open_enlarger",
    "open_network",
    "over",
    "plan",
    "read_card",
    "tables_of",
    "verify",
]
