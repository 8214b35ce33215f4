"""How pictures get damaged: operators on float32 arrays (H, W, C) in 0…1, see `registry`."""

from rigatino.degradation.arrays import Array, Size
from rigatino.degradation.banding import Banding
from rigatino.degradation.camera_noise import CameraNoise
from rigatino.degradation.camera_shake import CameraShake
from rigatino.degradation.chain import Chain
from rigatino.degradation.clipping import Clipping
from rigatino.degradation.colour_cast import ColourCast
from rigatino.degradation.defocus import Defocus
from rigatino.degradation.dust import Dust
from rigatino.degradation.fading import Fading
from rigatino.degradation.gaussian_blur import GaussianBlur
from rigatino.degradation.gaussian_noise import GaussianNoise
from rigatino.degradation.grain import Grain
from rigatino.degradation.halftone import Halftone
from rigatino.degradation.holes import Holes
from rigatino.degradation.in_linear_light import InLinearLight
from rigatino.degradation.jpeg import Jpeg
from rigatino.degradation.kernel_blur import KernelBlur
from rigatino.degradation.lettering import Lettering
from rigatino.degradation.linear_chain import LinearChain
from rigatino.degradation.mask import Mask
from rigatino.degradation.motion_blur import MotionBlur
from rigatino.degradation.operator import RIDGE, Drawn, Facts, Fixed, Linear, Operator
from rigatino.degradation.oversharpening import Oversharpening
from rigatino.degradation.poisson_noise import PoissonNoise
from rigatino.degradation.registry import OPERATORS, Entry, operator
from rigatino.degradation.resize import Resize
from rigatino.degradation.scratches import Scratches
from rigatino.degradation.screenshots import Screenshot, Screenshots

__all__ = [
    "OPERATORS",
    "RIDGE",
    "Array",
    "Banding",
    "CameraNoise",
    "CameraShake",
    "Chain",
    "Clipping",
    "ColourCast",
    "Defocus",
    "Drawn",
    "Dust",
    "Entry",
    "Facts",
    "Fading",
    "Fixed",
    "GaussianBlur",
    "GaussianNoise",
    "Grain",
    "Halftone",
    "Holes",
    "InLinearLight",
    "Jpeg",
    "KernelBlur",
    "Lettering",
    "Linear",
    "LinearChain",
    "Mask",
    "MotionBlur",
    "Operator",
    "Oversharpening",
    "PoissonNoise",
    "Resize",
    "Scratches",
    "Screenshot",
    "Screenshots",
    "Size",
    "operator",
]
