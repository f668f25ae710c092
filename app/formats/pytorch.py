"""PyTorch's recurrent modules: nn.RNN, nn.LSTM, nn.GRU and their cells, as `torch/nn/modules/rnn.py` of 2.13 has them.

A module is a stack. Its state dict holds arrays alone: the kind shows in their shapes, and whether an nn.RNN is a tanh
or a relu network is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from .activations import RELU, TANH, Activation
from .conventions import BACKWARD, FORWARD, convention, slots
from .library import Array, LibraryLayer
from .options import GIVEN, Options
from .read_layer import BOTH, ReadLayer, directions, note_added, note_both
from .report import Report
from .shapes import extent, fitting, missing, unknown, usable
from .variant import AFTER, BEFORE, BLOCKS, GRU, LSTM, RNN, USUAL, Variant
from .write_layer import WriteLayer

#: arrays of modules have the number of their layer, those of cells (nn.LSTMCell) do not
_NAME = re.compile(r"(?:weight|bias)_(?:ih|hh|hr)(?P<layer>_l(?:0|[1-9][0-9]{0,2}))?(?P<way>_reverse)?")
NONLINEARITIES: Mapping[str, Activation] = {"tanh": TANH, "relu": RELU}
_KINDS = {blocks: kind for kind, blocks in BLOCKS.items()}


def pytorch_layers(arrays: Mapping[str, Array], options: Mapping[str, object] | None = None) -> list[LibraryLayer]:
    """The recurrent modules in a state dict, told by the names and shapes of its arrays alone.

    `encoder.lstm.weight_ih_l0` is the array `weight_ih_l0` of the module `encoder.lstm`. What has no such name, and
    what has one but not the shape of any module, is part of none. `options` (`nonlinearity`) go to every module that
    takes them.
    """
    found: dict[str, dict[str, Array]] = {}
    for full, array in arrays.items():
        prefix, _, name = full.rpartition(".")
        if _NAME.fullmatch(name):
            found.setdefault(prefix, {})[name] = array
    layers = []
    for prefix, own in found.items():
        kind = _kind(own)
        if kind:
            known = {key: value for key, value in (options or {}).items() if key in GIVEN.get(("pytorch", kind), ())}
            layers.append(LibraryLayer("pytorch", kind, prefix, own, known))
    return layers


def _kind(arrays: Mapping[str, Array]) -> str:
    """The kind of a module, "" where its first recurrent matrix is no such module's."""
    name = next((each for each in ("weight_hh_l0", "weight_hh") if each in arrays), "")
    shape = arrays[name].shape if name else ()
    if len(shape) != 2 or 0 in shape:
        return ""
    if name.replace("hh", "hr") in arrays:  # a projection, which only nn.LSTM has
        return LSTM
    return _KINDS.get(shape[0] // shape[1], "") if shape[0] % shape[1] == 0 else ""


def read(report: Report) -> list[ReadLayer]:
    """The layers of a module, from the input upwards. What is wrong, or has to be said, goes to the report."""
    layer = report.layer
    options = Options(report)
    nonlinearity = _nonlinearity(report, options) if layer.kind == RNN else None
    tags, both = _tags(report)
    if not tags:
        return []
    options.agree("num_layers", len(tags), f"{len(tags)} layers")
    options.agree("bidirectional", both, "both directions" if both else "one direction")
    if options.flag("batch_first"):
        report.note("data-layout", f"{report.name} has the batch in front of time in its data; here time is in front")
    if options.real("dropout"):
        report.note("training-only", f"the dropout of {report.name} acts in training only")
    arrays = usable(report)
    biases = any(name.startswith("bias") for name in layer.arrays)
    projected = any(name.startswith("weight_hr") for name in layer.arrays)
    options.agree("bias", biases, "a module with biases" if biases else "a module without biases")
    used = (nonlinearity or TANH,) if layer.kind == RNN else USUAL[layer.kind]
    variant = Variant(
        layer.kind, used, biases, AFTER if layer.kind == GRU else "", projected=projected and layer.kind == LSTM
    )
    found: list[ReadLayer] = []
    for tag in tags:
        below = found[-1].leaving if found else None
        one = _layer(report, variant, tag, BOTH if both else FORWARD, arrays, below)
        if one is None:
            return []
        found.append(one)
    if found:
        options.agree("hidden_size", found[0].extent.units, f"{found[0].extent.units} units")
        options.agree("input_size", found[0].extent.inputs, f"{found[0].extent.inputs} inputs")
        options.agree(
            "proj_size", found[0].extent.projection or 0, f"a projection of {found[0].extent.projection or 0}"
        )
    options.ignore("dtype", "device")
    options.close()
    unknown(report, list(dict.fromkeys(slot.array for each in found for side in each.slots.values() for slot in side)))
    if both:
        note_both(report)
    if not report.problems:
        note_added(report, [slot for each in found for side in each.slots.values() for slot in side], arrays)
    return found


def _nonlinearity(report: Report, options: Options) -> Activation | None:
    """The activation of an nn.RNN; what is taken where nothing tells is a choice that is said."""
    word = options.word("nonlinearity")
    if word is None:
        report.choose(
            "nonlinearity",
            "tanh",
            f"whether {report.name} is a tanh or a relu network is not in the file; tanh is taken, "
            "give nonlinearity=relu to change it",
        )
        return None
    if word not in NONLINEARITIES:
        report.refuse(
            "unknown-activation", f"{report.name} has the nonlinearity '{word}', which PyTorch does not have",
            "it is tanh or relu", option="nonlinearity",
        )  # fmt: skip
    return NONLINEARITIES.get(word)


def _tags(report: Report) -> tuple[list[str], bool]:
    """The tags of the layers in names of arrays, in order, and whether both directions are there."""
    matches = [match for name in report.layer.arrays if (match := _NAME.fullmatch(name))]
    tags = {match["layer"] or "" for match in matches}
    numbers = sorted(int(tag.removeprefix("_l")) for tag in tags if tag)
    wanted = range(numbers[-1] + 1) if numbers else range(0)
    for number in sorted(set(wanted) - set(numbers))[:1]:
        missing(report, f"weight_ih_l{number}")
        return [], False
    return [f"_l{number}" for number in wanted] or ["" if "" in tags else "_l0"], any(match["way"] for match in matches)


def _layer(
    report: Report, variant: Variant, tag: str, direction: str, arrays: Mapping[str, Array], below: int | None
) -> ReadLayer | None:
    """A layer of a stack; `below` is the size of what leaves the one under it."""
    row = convention("pytorch", variant.kind, variant.reset)
    names = [f"weight_{which}{tag}" for which in ("ih", "hh", "hr")]
    seen = extent(report, row, arrays, *names if variant.projected else names[:2])
    if seen is None:
        return None
    seen = seen if below is None else replace(seen, inputs=below)
    both = direction == BOTH
    found = {each: tuple(slots(row, variant, seen, each, both=both, layer=tag)) for each in directions(direction)}
    fitting(report, [slot for side in found.values() for slot in side], arrays)
    return ReadLayer(report, variant, seen, direction, found, arrays)


def lacks(variant: Variant, direction: str) -> Iterator[str]:
    """Why no module of PyTorch is such a layer, one reason for each."""
    if variant.kind == RNN and variant.activations[0] not in NONLINEARITIES.values():
        yield f"an nn.RNN is a tanh or a relu network, not {variant.activations[0]}"
    if variant.kind != RNN and variant.activations != USUAL[variant.kind]:
        yield f"the activations of an nn.{variant.kind} cannot be chosen"
    if variant.reset == BEFORE:
        yield "the reset gate of an nn.GRU acts after the recurrent matrix, not before it"
    if variant.peepholes:
        yield "an nn.LSTM has no peepholes"
    if variant.coupled:
        yield "the forget gate of an nn.LSTM is not one minus its input gate"
    if variant.clip is not None:
        yield "the arguments of gates are not clipped"
    if direction == BACKWARD:
        yield "a module reads forward or both ways, not backward alone"


def write(layers: Sequence[WriteLayer]) -> list[LibraryLayer]:
    """The modules of a stack: layers that are alike are one."""
    found = []
    for _, group in groupby(
        layers, lambda each: (each.variant, each.direction, each.extent.units, each.extent.leaving)
    ):
        same = list(group)
        variant, direction = same[0].variant, same[0].direction
        row = convention("pytorch", variant.kind, variant.reset)
        arrays: dict[str, Array] = {}
        for number, layer in enumerate(same):
            layer.fill(row, arrays, tag=f"_l{number}")
        options: dict[str, object] = {
            "num_layers": len(same),
            "bidirectional": direction == BOTH,
            "bias": variant.biases,
        }
        if variant.kind == RNN:
            options["nonlinearity"] = next(
                word for word, each in NONLINEARITIES.items() if each == variant.activations[0]
            )
        found.append(LibraryLayer("pytorch", variant.kind, "", arrays, options))
    return found
