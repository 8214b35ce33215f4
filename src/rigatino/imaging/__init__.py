"""Files, pixels, colour, alpha, metadata and JPEG coefficients.

::

    load(path or bytes)              -> Picture           whole file, upright, 8 or 16 bits
    load_with_coefficients(…)        -> Picture, JpegCoefficients | None
    save(picture, path, …)           -> SaveReport        atomic; says what was lost
    to_float / from_float                                 float32 in [0, 1], band by band
    jpeg_header(bytes)               -> JpegHeader        facts without decoding
    coefficients(path or bytes)      -> JpegCoefficients  quantised integers per component
    intervals(component)             -> Intervals         what each integer says
    dct8 / idct8, tiles, row_bands                        blocks and windows

Reading is described in docs/reference/pictures.md; limits are data (:data:`LIMITS`).
"""

from rigatino.imaging.colour import (
    LUMA,
    linear_to_srgb,
    luma,
    premultiply,
    rgb_to_ycbcr,
    srgb_to_linear,
    unpremultiply,
    ycbcr_to_rgb,
)
from rigatino.imaging.dct import dct8, from_blocks, idct8, to_blocks
from rigatino.imaging.encoding import saved_as_jpeg, saved_as_png
from rigatino.imaging.exif import tells_exposure
from rigatino.imaging.floats import alpha_to_float, from_float, to_float
from rigatino.imaging.formats import FORMATS, Format
from rigatino.imaging.jpeg.coefficients import (
    ComponentCoefficients,
    JpegCoefficients,
    coefficients,
)
from rigatino.imaging.jpeg.header import HeaderComponent, JpegHeader, jpeg_header
from rigatino.imaging.jpeg.intervals import (
    ROUNDING,
    ROUNDING_DC,
    Intervals,
    decoded_plane,
    dequantised,
    intervals,
)
from rigatino.imaging.jpeg.quality import Quality, estimate_quality, standard_table
from rigatino.imaging.limits import LIMITS, Limits
from rigatino.imaging.loading import load, load_with_coefficients, upright
from rigatino.imaging.modes import between_profiles
from rigatino.imaging.record import Picture, Pixels
from rigatino.imaging.saving import SaveReport, check_target, save
from rigatino.imaging.source import Source, read_source
from rigatino.imaging.tiles import Tile, row_bands, tiles

__all__ = [
    "FORMATS",
    "LIMITS",
    "LUMA",
    "ROUNDING",
    "ROUNDING_DC",
    "ComponentCoefficients",
    "Format",
    "HeaderComponent",
    "Intervals",
    "JpegCoefficients",
    "JpegHeader",
    "Limits",
    "Picture",
    "Pixels",
    "Quality",
    "SaveReport",
    "Source",
    "Tile",
    "alpha_to_float",
    "between_profiles",
    "check_target",
    "coefficients",
    "dct8",
    "decoded_plane",
    "dequantised",
    "estimate_quality",
    "from_blocks",
    "from_float",
    "idct8",
    "intervals",
    "jpeg_header",
    "linear_to_srgb",
    "load",
    "load_with_coefficients",
    "luma",
    "premultiply",
    "read_source",
    "rgb_to_ycbcr",
    "row_bands",
    "save",
    "saved_as_jpeg",
    "saved_as_png",
    "srgb_to_linear",
    "standard_table",
    "tells_exposure",
    "tiles",
    "to_blocks",
    "to_float",
    "unpremultiply",
    "upright",
    "ycbcr_to_rgb",
]
