"""Keras' recurrent layers: SimpleRNN, LSTM and GRU, alone or in a Bidirectional wrapper, as Keras 3.15 has them.

Sources: `keras/src/layers/rnn/{simple_rnn,lstm,gru,bidirectional}.py`. A layer with `go_backwards` gives its outputs in
the order in which it read, last step first; a layer above it reads them in that order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.engine import Problem, ProblemError

from .activations import KERAS, KERAS_UNWRITTEN, LINEAR, Activation, keras_name
from .conventions import BACKWARD, FORWARD, convention, slots
from .library import Array, LibraryLayer
from .options import Options
from .read_layer import BOTH, ReadLayer, directions, note_both
from .report import Report, short
from .shapes import extent, fitting, unknown, usable
from .variant import AFTER, BEFORE, GRU, LSTM, RNN, Variant
from .write_layer import WriteLayer

#: what activations are when a layer is made without naming one
_DEFAULTS = {"activation": "tanh", "recurrent_activation": "sigmoid"}
#: the options that name activations, those of gates first
_USES = {
    RNN: ("activation",),
    LSTM: ("recurrent_activation", "activation"),
    GRU: ("recurrent_activation", "activation"),
}
#: options that change nothing of what is computed from inputs and weights
_SILENT = (
    "name", "trainable", "dtype", "seed", "unroll", "implementation", "return_state", "zero_output_for_mask",
    "unit_forget_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer", "kernel_regularizer",
    "recurrent_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "recurrent_constraint",
    "bias_constraint", "batch_input_shape", "use_cudnn",
)  # fmt: skip
_MERGES = {
    "sum": "adds the outputs of its two directions",
    "mul": "multiplies the outputs of its two directions",
    "ave": "takes the mean of the outputs of its two directions",
}


def read(report: Report) -> list[ReadLayer]:
    """The layer, as one of ours. What is wrong, or has to be said, goes to the report."""
    layer = report.layer
    options = Options(report)
    both = any(name.startswith(("forward/", "backward/")) for name in layer.arrays)
    used = [_activation(report, options, name) for name in _USES[layer.kind]]
    reset = _reset(report, options) if layer.kind == GRU else ""
    turned = _turned(report, options, both=both)
    _merging(report, options, both=both)
    _notes(report, options)
    arrays = usable(report)
    said = options.flag("use_bias")
    biases = any(name.endswith("bias") for name in layer.arrays) if said is None else said
    variant = Variant(layer.kind, _in_order(layer.kind, used), biases, reset)
    row = convention("keras", layer.kind, reset)
    way = "forward/" if both else ""
    seen = extent(report, row, arrays, f"{way}kernel", f"{way}recurrent_kernel")
    if seen is None:
        return []
    options.agree("units", seen.units, f"{seen.units} units")
    options.ignore(*_SILENT)
    options.close()
    direction = BOTH if both else BACKWARD if turned else FORWARD
    found = {each: tuple(slots(row, variant, seen, each, both=both)) for each in directions(direction)}
    every = [slot for side in found.values() for slot in side]
    fitting(report, every, arrays)
    unknown(report, list(dict.fromkeys(slot.array for slot in every)))
    if both:
        note_both(report)
    return [ReadLayer(report, variant, seen, direction, found, arrays, turned=turned)]


def _in_order(kind: str, used: Sequence[Activation]) -> tuple[Activation, ...]:
    """What Keras calls the activation is both that of an LSTM's candidate and that of its output."""
    return (*used, used[-1]) if kind == LSTM else tuple(used)


def _activation(report: Report, options: Options, name: str) -> Activation:
    if name not in options:
        usual = _DEFAULTS[name]
        report.choose(
            name,
            usual,
            f"the {name} of {report.name} is not in the file; {usual} is taken, which Keras takes unless told otherwise; "
            f"give {name}=relu, say, to change it",
        )
        return KERAS[usual]
    word = options.word(name) or "linear"  # Keras takes None for none
    if word not in KERAS:
        why = f": {KERAS_UNWRITTEN[word]}" if word in KERAS_UNWRITTEN else ""
        report.refuse(
            "unknown-activation",
            f"{report.name} has the {name} '{short(word)}', for which cells have no equation{why}",
            f"known are {', '.join(KERAS)}",
            option=name,
            activation=short(word),
        )
    return KERAS.get(word, LINEAR)


def _reset(report: Report, options: Options) -> str:
    """Where the reset gate acts: as the file says, or as the bias shows, which has two rows if after the matrix."""
    after = options.flag("reset_after")
    if after is not None:
        return AFTER if after else BEFORE
    bias = next((array for name, array in report.layer.arrays.items() if name.endswith("bias")), None)
    if bias is None and not report.problems:
        report.refuse(
            "reset-unknown",
            f"whether the reset gate of {report.name} acts before or after the recurrent matrix is not in the file, and "
            "without a bias nothing shows it",
            "give reset_after=true, which is Keras' own choice, or reset_after=false",
            option="reset_after",
        )
    if bias is None:
        return AFTER
    two = bias.ndim == 2
    report.note(
        "reset-by-bias",
        f"the bias of {report.name} has {'two rows' if two else 'one row'}, so its reset gate acts "
        f"{'after' if two else 'before'} the recurrent matrix (reset_after={two})",
        reset_after=str(two),
    )
    return AFTER if two else BEFORE


def _turned(report: Report, options: Options, *, both: bool) -> bool:
    turned = options.flag("go_backwards")
    if turned is None and not both:
        report.choose(
            "go_backwards",
            "false",
            f"in which direction {report.name} reads is not in the file; forward is taken, give go_backwards=true to change it",
        )
    if both and turned:
        report.refuse(
            "turned-both",
            f"{report.name} wraps a layer that reads backwards, so that its two halves and its steps come in reverse order",
            "wrap a layer without go_backwards",
            option="go_backwards",
        )
    return bool(turned)


def _merging(report: Report, options: Options, *, both: bool) -> None:
    known = "merge_mode" in options
    mode = options.word("merge_mode")
    if not both:
        return
    if not known:
        report.choose(
            "merge_mode",
            "concat",
            f"how {report.name} joins its two directions is not in the file; side by side is taken",
        )
    elif mode is None:
        report.note("two-outputs", f"{report.name} gives its two directions apart; here they stand side by side")
    elif mode != "concat":
        what = _MERGES.get(mode, f"joins its two directions by '{short(mode)}', which Keras does not have")
        report.refuse(
            "merge-mode", f"{report.name} {what}; here they stand side by side", "use merge_mode='concat'",
            option="merge_mode",
        )  # fmt: skip


def _notes(report: Report, options: Options) -> None:
    if [each for each in ("dropout", "recurrent_dropout") if options.real(each)]:
        report.note("training-only", f"the dropout of {report.name} acts in training only")
    if options.flag("stateful"):
        report.note("stateful", f"{report.name} goes on from the state that the last batch left; here it starts at 0")
    if options.flag("time_major"):
        report.note("data-layout", f"{report.name} has time in front of the batch in its data, as it is here")
    if options.flag("return_sequences") is False:
        report.note("last-step", f"{report.name} gives its last output only; here there is one at every step")


def lacks(variant: Variant, _direction: str) -> Iterator[str]:
    """Why no layer of Keras is such a layer, one reason for each."""
    for activation in dict.fromkeys(variant.activations):
        if keras_name(activation) is None:
            yield f"Keras has no activation {activation}"
    if variant.kind == LSTM and variant.activations[1] != variant.activations[2]:
        yield "the candidate and the output of Keras' LSTM have the same activation"
    if variant.peepholes:
        yield "Keras' LSTM has no peepholes"
    if variant.coupled:
        yield "the forget gate of Keras' LSTM is not one minus its input gate"
    if variant.projected:
        yield "Keras' LSTM has no projection"
    if variant.clip is not None:
        yield "the arguments of gates are not clipped"


def write(layers: Sequence[WriteLayer]) -> list[LibraryLayer]:
    """The layers of a stack. One that reads the other way than the one below it has `go_backwards`.

    Raises ProblemError for a layer that reads both ways above one that leaves its outputs in reverse order.
    """
    found, turned = [], False
    for layer in layers:
        both = layer.direction == BOTH
        if both and turned:
            hint = "let a layer that reads forward stand between them"
            message = "Keras gives the outputs of a layer that reads backward in reverse order, so none above it can read both ways"
            raise ProblemError([Problem("turned-both", message, {"library": "keras"}, hint)])
        backwards = not both and turned != (layer.direction == BACKWARD)
        turned ^= backwards
        variant = layer.variant
        arrays: dict[str, Array] = {}
        layer.fill(convention("keras", variant.kind, variant.reset), arrays)
        options: dict[str, object] = {
            name: keras_name(activation)
            for name, activation in zip(_USES[variant.kind], variant.activations, strict=False)
        }
        options |= {"use_bias": variant.biases, "go_backwards": backwards, "return_sequences": True}
        options |= {"reset_after": variant.reset == AFTER} if variant.kind == GRU else {}
        options |= {"merge_mode": "concat"} if both else {}
        found.append(LibraryLayer("keras", variant.kind, "", arrays, options))
    return found
