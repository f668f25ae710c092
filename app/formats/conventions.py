"""The table of conventions: how each library keeps the arrays of each kind of layer. And where each slice of them goes.

Sources, each checked by running the library with distinct random weights: PyTorch 2.13 (`torch/nn/modules/rnn.py`),
Keras 3.15 (`keras/src/layers/rnn`), ONNX opset 22 (operators RNN, GRU, LSTM) with ONNX Runtime 1.31.

Our parameters: `W_i` (units, inputs), `U_i` (units, units), `b_i` (units,) of the gate `i`; of a simple network `W`,
`U`, `b`; `d_n` the bias that stands with `U_n` in a GRU whose reset gate acts after it; `p_i` peepholes; `P`
(projection, units).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.engine import NetworkError, Problem

from .library import Array
from .variant import AFTER, BEFORE, GRU, LSTM, RNN, Variant

FORWARD, BACKWARD = "forward", "backward"
Index = tuple[int | slice, ...]


@dataclass(frozen=True, slots=True)
class Convention:
    """How one library keeps one kind of layer: a row of the table.

    `gates` are (the library's letter, ours) in the order of the blocks. Names of arrays have `{layer}` and `{way}` in
    them, `ways` what stands for a direction. `transposed`: (inputs, blocks) and not (blocks, inputs). `second` is where
    a second bias lies: in an array of its own, in a second row, behind the first, or "" for none. `leading`: arrays
    have an axis for the directions in front. `reset` tells a GRU's forms apart. `peepholes` are gates in the order of
    their blocks.
    """

    library: str
    version: str
    kind: str
    gates: tuple[tuple[str, str], ...]
    kernel: str
    recurrent: str
    biases: tuple[str, ...]
    second: str
    ways: Mapping[str, str]
    transposed: bool = False
    leading: bool = False
    reset: str = ""
    peephole: str = ""
    peepholes: tuple[tuple[str, str], ...] = ()
    projection: str = ""


def _letters(theirs: str, ours: str) -> tuple[tuple[str, str], ...]:
    return tuple(zip(theirs, ours, strict=True))


_ONE = (("", ""),)
_PYTORCH = Convention(
    "pytorch", "2.13", RNN, _ONE, "weight_ih{layer}{way}", "weight_hh{layer}{way}",
    ("bias_ih{layer}{way}", "bias_hh{layer}{way}"), "array", {FORWARD: "", BACKWARD: "_reverse"},
)  # fmt: skip
_KERAS = Convention(
    "keras", "3.15", RNN, _ONE, "{way}kernel", "{way}recurrent_kernel", ("{way}bias",), "",
    {FORWARD: "forward/", BACKWARD: "backward/"}, transposed=True,
)  # fmt: skip
_ONNX = Convention("onnx", "opset 22", RNN, _ONE, "W", "R", ("B",), "behind", {}, leading=True)

TABLE: tuple[Convention, ...] = (
    _PYTORCH,
    replace(_PYTORCH, kind=LSTM, gates=_letters("ifgo", "ifgo"), projection="weight_hr{layer}{way}"),
    replace(_PYTORCH, kind=GRU, gates=_letters("rzn", "rzn"), reset=AFTER),
    _KERAS,
    replace(_KERAS, kind=LSTM, gates=_letters("ifco", "ifgo")),
    replace(_KERAS, kind=GRU, gates=_letters("zrh", "zrn"), reset=AFTER, second="row"),
    replace(_KERAS, kind=GRU, gates=_letters("zrh", "zrn"), reset=BEFORE),
    _ONNX,
    replace(
        _ONNX, kind=LSTM, gates=_letters("iofc", "iofg"), peephole="P", peepholes=_letters("iof", "iof"),
    ),
    replace(_ONNX, kind=GRU, gates=_letters("zrh", "zrn"), reset=AFTER),
    replace(_ONNX, kind=GRU, gates=_letters("zrh", "zrn"), reset=BEFORE),
)  # fmt: skip
LIBRARIES = tuple(dict.fromkeys(row.library for row in TABLE))
VERSIONS = {row.library: row.version for row in TABLE}


def convention(library: str, kind: str, reset: str = "") -> Convention:
    """The row of a library and a kind, and for a GRU of one of its two forms.

    Raises NetworkError for a library or a kind that the table does not have.
    """
    for row in TABLE:
        if (row.library, row.kind) == (library, kind) and row.reset in ("", reset):
            return row
    what = f"a {kind} of {library}" + (f" with its reset gate {reset} the matrix" if reset else "")
    known = ", ".join(LIBRARIES)
    raise NetworkError(
        [Problem("no-convention", f"{what} is not known", {"library": library, "kind": kind}, f"known are {known}")]
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """The sizes of a layer; `projection` is that of h where it is not the units."""

    inputs: int
    units: int
    projection: int | None = None

    @property
    def leaving(self) -> int:
        """The size of h."""
        return self.projection or self.units


@dataclass(frozen=True, slots=True)
class Slot:
    """A slice of an array of a library and the parameter of ours that it is.

    `of` is the whole array's shape, `index` the slice, `gate` the library's letter. `symbol` is "" for what is not
    used; `added` tells a second bias, which is added into the parameter.
    """

    array: str
    of: tuple[int, ...]
    index: Index
    gate: str
    symbol: str
    transposed: bool = False
    added: bool = False


def slots(
    row: Convention, variant: Variant, extent: Extent, direction: str, *, both: bool, layer: str = ""
) -> Iterator[Slot]:
    """Every slice of the arrays of one direction.

    `both`: the layer runs both ways; `layer` is the layer's tag in names.
    """
    way = "" if not both and row.library == "keras" else row.ways.get(direction, "")
    walker = _Walker(row, variant, extent, both, 1 if both and direction == BACKWARD else 0)
    named = {"layer": layer, "way": way}
    yield from walker.matrix(row.kernel.format(**named), "W", extent.inputs)
    yield from walker.matrix(row.recurrent.format(**named), "U", extent.leaving)
    if variant.biases:
        yield from walker.biases([name.format(**named) for name in row.biases])
    if variant.peepholes:
        yield from walker.peepholes(row.peephole)
    if variant.projected:
        shape = (extent.leaving, extent.units)
        yield Slot(row.projection.format(**named), shape, (), "", "P")


@dataclass(frozen=True, slots=True)
class _Walker:
    row: Convention
    variant: Variant
    extent: Extent
    both: bool
    number: int

    def lead(self, shape: tuple[int, ...], *index: int | slice) -> tuple[tuple[int, ...], Index]:
        """A shape and a slice with the axis of directions in front, where there is one."""
        if not self.row.leading:
            return shape, index
        return ((2 if self.both else 1), *shape), (self.number, *index)

    def block(self, number: int, *, behind: int = 0) -> slice:
        units = self.extent.units
        return slice((behind + number) * units, (behind + number + 1) * units)

    def symbol(self, letter: str, gate: str) -> str:
        if gate == "f" and self.variant.coupled:
            return ""
        return f"{letter}_{gate}" if gate else letter

    def matrix(self, name: str, letter: str, columns: int) -> Iterator[Slot]:
        rows = len(self.row.gates) * self.extent.units
        for number, (theirs, ours) in enumerate(self.row.gates):
            if self.row.transposed:
                of, index = self.lead((columns, rows), slice(None), self.block(number))
            else:
                of, index = self.lead((rows, columns), self.block(number))
            yield Slot(name, of, index, theirs, self.symbol(letter, ours), self.row.transposed)

    def biases(self, names: Sequence[str]) -> Iterator[Slot]:
        gates = self.row.gates
        length = len(gates) * self.extent.units
        for second in (False, True):
            if second and not self.row.second:
                return
            for number, (theirs, ours) in enumerate(gates):
                apart = second and self.row.reset == AFTER
                symbol = self.symbol("d" if apart else "b", ours)
                match self.row.second:
                    case "array":
                        name, (of, index) = names[second], self.lead((length,), self.block(number))
                    case "row":
                        name, (of, index) = names[0], self.lead((2, length), int(second), self.block(number))
                    case "behind":
                        behind = len(gates) * second
                        name, (of, index) = names[0], self.lead((2 * length,), self.block(number, behind=behind))
                    case _:
                        name, (of, index) = names[0], self.lead((length,), self.block(number))
                yield Slot(name, of, index, theirs, symbol, added=second and not apart and symbol != "")

    def peepholes(self, name: str) -> Iterator[Slot]:
        for number, (theirs, ours) in enumerate(self.row.peepholes):
            of, index = self.lead((len(self.row.peepholes) * self.extent.units,), self.block(number))
            yield Slot(name, of, index, theirs, self.symbol("p", ours))


def gather(found: Sequence[Slot], arrays: Mapping[str, Array]) -> dict[str, Array]:
    """Our parameters by symbol, in float64, from a library's arrays; a second bias is added into the first."""
    ours: dict[str, Array] = {}
    for slot in found:
        if slot.symbol:
            piece = np.asarray(arrays[slot.array][slot.index], np.float64)
            piece = piece.T if slot.transposed else piece
            ours[slot.symbol] = ours[slot.symbol] + piece if slot.added else np.array(piece, np.float64, order="C")
    return ours


def scatter(found: Sequence[Slot], ours: Mapping[str, Array], into: dict[str, Array]) -> None:
    """Our parameters put into a library's arrays.

    All of a bias goes into the first of two; the second gets zeros, and so does what we have nothing for.
    """
    for slot in found:
        array = into.setdefault(slot.array, np.zeros(slot.of))
        if slot.symbol in ours and not slot.added:
            array[slot.index] = ours[slot.symbol].T if slot.transposed else ours[slot.symbol]
