"""An experiment made ready to run: its network built, its numbers checked against it and laid out as arrays.

Everything is checked before anything is used, and what is wrong is told all at once. A `Prepared` never changes: a
message makes a new one, so that nothing is ever half applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app import cells
from app.engine import Network, Objective, Problem, ProblemError

from .checks import Checks, Known
from .experiment import BackwardRecord, Experiment, LossRecord, NetworkRecord, StartRecord
from .limits import Limits
from .losses import Targets, rows
from .messages import Entry, Window
from .numbers import Floats
from .windows import Pane

READOUT = "readout"  # what the engine calls the program of every readout


@dataclass(frozen=True)
class Prepared:
    """What a run needs. All mappings go by full address."""

    known: Known
    parameters: Mapping[str, Floats]
    inputs: Floats
    initial: Mapping[str, Floats]
    """The states before the first reading."""
    carried: int = 0
    """Readings before the one that is shown."""
    objective: Objective | None = None
    backward: BackwardRecord | None = None
    panes: tuple[Pane, ...] | None = None
    """What is sent of a run; None means everything."""

    @property
    def network(self) -> Network:
        return self.known.network

    @property
    def steps(self) -> int:
        return len(self.inputs)

    @property
    def memory(self) -> int:
        """Bytes that a run takes, gradients included."""
        return self.known.memory(self.steps)

    def same_numbers(self, other: Prepared) -> bool:
        """Whether a run of the other is a run of this one too, whatever is sent or differentiated."""
        return (
            self.known is other.known
            and self.parameters is other.parameters
            and self.inputs is other.inputs
            and self.initial is other.initial
            and self.objective is other.objective
            and self.carried == other.carried
        )


def prepare(experiment: Experiment, limits: Limits) -> Prepared:
    """An experiment, ready to run.

    Raises ProblemError with everything that is wrong with it, limits that it goes over included.
    """
    _refuse([*_too_large(experiment.network, limits), *_several(experiment.network), *_same_names(experiment.network)])
    known = Known(Network.from_description(experiment.network.model_dump(), cells.load))
    steps = len(experiment.sequence.inputs)
    readings = 1 + experiment.carried
    _refuse(limits.problems(steps=steps, readings=readings, **known.cost(steps, readings)))
    checks = Checks(known)
    inputs = checks.inputs(experiment.sequence.inputs)
    started = checks.starts(experiment.parameters.starts)
    given = checks.parameters(experiment.parameters.values)
    initial = checks.initial(experiment.initial)
    carried = checks.carried(experiment.carried)
    objective = None if experiment.loss is None else checks.loss(experiment.loss, steps)
    backward = experiment.backward and checks.backward(experiment.backward, steps, experiment.loss is not None)
    checks.finish()
    network = known.network
    seeded = {network.full(name): array for name, array in network.initial(experiment.parameters.seed).items()}
    return Prepared(known, {**seeded, **started, **given}, inputs, initial, carried, objective, backward)


def with_changes(
    prepared: Prepared,
    entries: Sequence[Entry],
    inputs: Sequence[Sequence[float]] | None,
    initial: Mapping[str, Sequence[float]],
    limits: Limits,
    starts: Mapping[str, StartRecord] | None = None,
    targets: Targets | None = None,
    carried: int | None = None,
) -> Prepared:
    """The same network with other numbers: parameters started anew, and entries over them. Raises ProblemError."""
    checks = Checks(prepared.known)
    if inputs is not None or carried is not None:
        steps = prepared.steps if inputs is None else len(inputs)
        readings = 1 + (prepared.carried if carried is None else carried)
        _refuse(limits.problems(steps=steps, readings=readings, **prepared.known.cost(steps, readings)))
    changed = replace(
        prepared,
        parameters=checks.entries(entries, {**prepared.parameters, **checks.starts(starts or {})}),
        initial={**prepared.initial, **checks.initial(initial)},
        inputs=prepared.inputs if inputs is None else checks.inputs(inputs),
        objective=_aimed(prepared, checks, prepared.steps if inputs is None else len(inputs), targets),
        carried=prepared.carried if carried is None else checks.carried(carried),
    )
    checks.finish()
    return changed


def _aimed(prepared: Prepared, checks: Checks, steps: int, targets: Targets | None) -> Objective | None:
    """The loss with other targets, or with those that a sequence of another length still has."""
    now = prepared.objective
    if now is None:
        if targets is not None:
            checks.no_loss("targets")
        return None
    if targets is None:
        if steps == now.steps:
            return now
        targets = [*rows(now), *[None] * steps][:steps]
    return checks.loss(LossRecord.model_validate({"kind": now.kind, "of": now.of, "targets": list(targets)}), steps)


def initialised(prepared: Prepared, starts: Mapping[str, StartRecord]) -> dict[str, Floats]:
    """What these parameters would start with, by full address. Raises ProblemError."""
    checks = Checks(prepared.known)
    found = checks.starts(starts)
    checks.finish()
    return found


def with_backward(prepared: Prepared, asked: BackwardRecord | None) -> Prepared:
    """The same, with another value differentiated, or none. Raises ProblemError."""
    checks = Checks(prepared.known)
    backward = asked and checks.backward(asked, prepared.steps, prepared.objective is not None)
    checks.finish()
    return replace(prepared, backward=backward)


def with_windows(prepared: Prepared, windows: Sequence[Window] | None) -> Prepared:
    """The same, with something else looked at; None means everything. Raises ProblemError."""
    if windows is None:
        return replace(prepared, panes=None)
    checks = Checks(prepared.known)
    panes = tuple(
        Pane(
            window.name,
            None if window.symbols is None else checks.sent(window.symbols),
            window.first,
            window.count,
            window.dtype,
            window.gradients,
        )
        for window in windows
    )
    checks.finish()
    return replace(prepared, panes=panes)


def _too_large(network: NetworkRecord, limits: Limits) -> list[Problem]:
    """What goes over a limit before anything is built."""
    layers = [layer for part in network.parts for layer in part.layers]
    sizes = [part.inputs for part in network.parts] + [layer.units for layer in layers]
    sizes += [size for part in network.parts for size in part.sizes.values()]
    sizes += [size for layer in layers for size in layer.sizes.values()]
    texts = [part.readout or "" for part in network.parts] + [layer.text or "" for layer in layers]
    return limits.problems(
        parts=len(network.parts), layers=len(layers), units=max(sizes), text=max(len(text) for text in texts)
    )


def _several(network: NetworkRecord) -> Iterator[Problem]:
    """An experiment has one sequence, so it has one part."""
    if len(network.parts) > 1:
        names = ", ".join(part.name for part in network.parts)
        message, hint = f"an experiment runs one part, not {names}", "describe one part, with as many layers as needed"
        yield Problem("too-many-parts", message, {"names": names}, hint, field="network.parts")


def _same_names(network: NetworkRecord) -> Iterator[Problem]:
    """Programs are told apart by their names, so one name cannot mean two texts."""
    texts: dict[str, str | None] = {READOUT: None}
    for part in network.parts:
        for layer in part.layers:
            if texts.setdefault(layer.cell, layer.text) != layer.text:
                message = f"two different things are called '{layer.cell}'"
                hint = "give the cell of your own another name"
                yield Problem("same-name", message, {"name": layer.cell}, hint, field="network")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise ProblemError(problems)
