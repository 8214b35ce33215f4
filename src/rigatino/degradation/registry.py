"""Every operator, with settings it is tried and tested with. Add one: a file and an entry here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
from rigatino.degradation.operator import Operator
from rigatino.degradation.oversharpening import Oversharpening
from rigatino.degradation.poisson_noise import PoissonNoise
from rigatino.degradation.resize import Resize
from rigatino.degradation.scratches import Scratches
from rigatino.degradation.screenshots import Screenshot, Screenshots
from rigatino.errors import UsageError


@dataclass(frozen=True)
class Entry:
    """A kind of damage under its name."""

    name: str
    kind: type[Operator]
    #: settings over which the laws are tested
    examples: tuple[Operator, ...]


_UNEVEN = np.array(((0, 0.1, 0), (0.2, 0.3, 0), (0, 0, 0.4)), np.float32)

OPERATORS: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        # saving
        Entry(
            "jpeg",
            Jpeg,
            (
                Jpeg.of_quality(30),
                Jpeg.of_quality(90, "4:4:4", shift=(3, 5)),
                Jpeg.of_quality(60, "4:2:2", fancy=False),
                Jpeg.of_quality(10, "4:4:0"),
                Jpeg.of_quality(50, "4:1:1"),
                Jpeg(((7,) * 64, (11,) * 64), ((2, 2), (2, 1), (1, 2))),
            ),
        ),
        Entry("banding", Banding, (Banding(256), Banding(8))),
        Entry("clipping", Clipping, (Clipping(0.2, 0.7), Clipping(0.1, 0.8, stretch=True))),
        # noise
        Entry(
            "gaussian-noise",
            GaussianNoise,
            (GaussianNoise(25 / 255), GaussianNoise(50 / 255, clip=True)),
        ),
        Entry("poisson-noise", PoissonNoise, (PoissonNoise(200), PoissonNoise(50, clip=True))),
        Entry(
            "camera-noise",
            CameraNoise,
            (CameraNoise(500, 4), CameraNoise(500, 4, curve=False, clip=False)),
        ),
        Entry("grain", Grain, (Grain(0.1), Grain(0.05, shared=0, spread=0.5, clip=False))),
        # blur
        Entry("motion-blur", MotionBlur, (MotionBlur(9.5, 30), MotionBlur(6, 0, "periodic"))),
        Entry("camera-shake", CameraShake, (CameraShake(12), CameraShake(5, 1, "periodic"))),
        Entry("defocus", Defocus, (Defocus(2.3), Defocus(4, "periodic"))),
        Entry("gaussian-blur", GaussianBlur, (GaussianBlur(1.6), GaussianBlur(0.5, "periodic"))),
        Entry("kernel-blur", KernelBlur, (KernelBlur(_UNEVEN), KernelBlur(_UNEVEN, "periodic"))),
        Entry("oversharpening", Oversharpening, (Oversharpening(1.5), Oversharpening(0.7, 0.8))),
        # size
        Entry(
            "resize",
            Resize,
            (
                Resize(1 / 2, 1 / 2),
                Resize(0.37, 0.81, "bicubic", "cut"),
                Resize(1 / 3, 1 / 3, "area"),
                Resize(0.6, 0.45, "lanczos"),
                Resize(0.7, 1.4, "bilinear"),
                Resize(2, 3.3),
                Resize(1.5, 2.5, "area"),
            ),
        ),
        # things lost or lying on the picture
        Entry("mask", Mask, (Mask(np.eye(24, 17, dtype=np.float32)),)),
        Entry("scratches", Scratches, (Scratches(6),)),
        Entry("lettering", Lettering, (Lettering(2, 9),)),
        Entry("holes", Holes, (Holes(3, 5),)),
        Entry("dust", Dust, (Dust(20_000),)),
        # tone, colour, print
        Entry("colour-cast", ColourCast, (ColourCast((1, 0.8, 0.6)),)),
        Entry("fading", Fading, (Fading(),)),
        Entry("halftone", Halftone, (Halftone(), Halftone(4.3, (22.5,), 0))),
        # several together
        Entry(
            "in-linear-light",
            InLinearLight,
            (InLinearLight(Resize(0.5, 0.5, "area")), InLinearLight(MotionBlur(7, 70))),
        ),
        Entry(
            "chain",
            Chain,
            (
                Chain((Jpeg.of_quality(10, shift=(4, 4)), Jpeg.of_quality(30))),
                Chain((GaussianBlur(1.2), Resize(0.5, 0.5), GaussianNoise(0.02, clip=True))),
            ),
        ),
        Entry(
            "linear-chain",
            LinearChain,
            (LinearChain((GaussianBlur(1.2), Resize(0.5, 0.5, "area"))),),
        ),
        Entry(
            "screenshots",
            Screenshots,
            (Screenshots((Screenshot(1.3, "bilinear", 70), Screenshot(0.75, "bicubic"))),),
        ),
    )
}


def operator(name: str) -> type[Operator]:
    """The class under a name; ``operator("jpeg").of_quality(30)``."""
    if name not in OPERATORS:
        raise UsageError(f"the damage {name!r}", f"one of {', '.join(OPERATORS)}", "pick one")
    return OPERATORS[name].kind
