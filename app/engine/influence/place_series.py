"""The numbers and gradients of one place in the order of the sequence, for adjoint terms at all steps at once."""

from __future__ import annotations

from ..adjoint import GRADIENT
from ..gradient import Gradient
from ..ops import Array
from ..place import Place
from .pull import Numbers
from .rays import turned


class PlaceSeries(dict[str, Array]):
    """Names to arrays (T, *lead, 1, size), `∂c` to the gradient of c; parameters and masks as `Numbers` has them."""

    def __init__(self, gradient: Gradient, place: Place) -> None:
        self.gradient, self.place, self.run = gradient, place, gradient.runs[place.part]
        self.numbers = Numbers(self.run.runs[place.prefix])
        super().__init__(self.numbers)

    def __missing__(self, name: str) -> Array:
        if name.startswith(GRADIENT):
            full = self.place.address(name.removeprefix(GRADIENT))
            self[name] = self.gradient.read(full)[..., None, :]
        else:
            self[name] = turned(self.run, self.place, self.numbers[name])
        return self[name]

    def stretch(self, first: int, stop: int) -> _Stretch:
        """The same of some steps."""
        return _Stretch(self, first, stop)


class _Stretch(dict[str, Array]):
    def __init__(self, whole: PlaceSeries, first: int, stop: int) -> None:
        super().__init__({name: whole[name] for name in whole.numbers.still})
        self.whole, self.first, self.stop = whole, first, stop

    def __missing__(self, name: str) -> Array:
        return self.whole[name][self.first : self.stop]
