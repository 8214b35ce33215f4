"""Whether an estimated kernel is one of the simple forms, and better drawn as it.

An estimate is a rough drawing. A disk or a line has one or two numbers to get wrong instead of
hundreds; whether it is one, the spectrum says, in which their gaps are sharply drawn.
"""

from __future__ import annotations

import numpy as np

from rigatino.deconvolution.evidence import Seen
from rigatino.deconvolution.families import Form, nearest_disk, nearest_line
from rigatino.deconvolution.kernels import spread
from rigatino.deconvolution.spectra import Array
from rigatino.degradation import Defocus

#: a form this alike replaces the estimate unless the spectrum speaks against it by more than this
FORM, AGAINST = 0.93, 0.15
#: one this alike does so if the spectrum speaks for it by so much
ROUGHLY, CLEARER = 0.8, 0.05


def named(kernel: Array, spectrum: Seen) -> Form | None:
    """The form that a kernel is a rough drawing of, drawn exactly; None if it is any other."""
    plain = spectrum.lead(kernel)
    forms = (disk(nearest_disk(kernel), spectrum), nearest_line(kernel))
    lead, form = max(((spectrum.lead(one.kernel), one) for one in forms), key=lambda one: one[0])
    alike = form.fit >= FORM and lead > plain - AGAINST
    clearer = form.fit >= ROUGHLY and lead > plain + CLEARER
    return form if alike or clearer else None


def disk(rough: Form, spectrum: Seen) -> Form:
    """The radius near a rough one that the spectrum speaks for: an estimate loses its rim."""
    tried = [round(float(r), 2) for r in rough.size * np.linspace(0.8, 1.3, 21)]
    radius = max(tried, key=lambda r: spectrum.lead(Defocus(r).kernel()))
    return Form("disk", radius, 0.0, rough.fit, Defocus(radius).kernel())


def soft_disk(kernel: Array, spectrum: Seen) -> Form | None:
    """A disk, where only one is to be expected; None if the kernel looks like something else."""
    rough = nearest_disk(kernel)
    if rough.fit < ROUGHLY:
        return None
    size = max(rough.size, 2**0.5 * spread(kernel))
    return disk(Form("disk", size, 0.0, rough.fit, rough.kernel), spectrum)
