"""The reference evaluator: node by node, step by step, as the equations say. Obviously right, and slow.

Everything may have leading axes (a batch on values, many networks on parameters) and may be complex, so
that derivatives can be checked by the complex step.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .adjoint import GRADIENT
from .expr import Apply, Expr, Name, Number
from .ops import OPS, Array, every, quietly, slower
from .program import Program
from .rules import PREVIOUS

Arrays = dict[str, Array]


def constant(expr: Expr, known: Mapping[str, float]) -> float:
    """The number that an expression of numbers and constants is."""
    with quietly():
        return float(compute(expr, {name: np.asarray(value) for name, value in known.items()}))


def compute(expr: Expr, env: Mapping[str, Array], later: Mapping[str, Array] | None = None) -> Array:
    """An expression's value; `later` holds the names one step later, for `next`."""
    match expr:
        case Number(value):
            return np.asarray(value)
        case Name(id):
            return env[id]
        case Apply("next", (inner,)):
            return compute(inner, later) if later is not None else np.asarray(0.0)
        case Apply("outside", (Name(id),)):
            return env.get(f"outside {id}", np.asarray(0.0))
        case Apply(op, args):
            return OPS[op].compute(*(compute(arg, env, later) for arg in args))


def masks(program: Program, sizes: Mapping[str, int]) -> Arrays:
    """The matrices of a program that never change."""
    found: Arrays = {}
    for each in program.lowered:
        if each.target in program.fixed and isinstance(each.expr, Apply):
            size = sizes[program.fixed[each.target][0]]
            found[each.target] = slower(size, *periods(each.expr))
    return found


def periods(expr: Apply) -> list[int]:
    """The whole numbers in a clock or mask."""
    return [int(arg.value) for arg in expr.args if isinstance(arg, Number)]


def forward(
    program: Program,
    sizes: Mapping[str, int],
    parameters: Mapping[str, Array],
    inputs: Mapping[str, Array],
    initial: Mapping[str, Array],
) -> list[Arrays]:
    """All names at each step: values, inputs (T, ..., size), states one step earlier, parameters, constants."""
    still: Arrays = {name: np.asarray(value) for name, value in program.constants.items()}
    still |= masks(program, sizes) | dict(parameters)
    state = {name: initial[name] for name in program.states}
    steps: list[Arrays] = []
    length = len(next(iter(inputs.values())))
    with quietly():
        for t in range(length):
            env = still | {name: series[t] for name, series in inputs.items()}
            env |= {name + PREVIOUS: value for name, value in state.items()}
            for each in program.lowered:
                if each.target in program.fixed:
                    continue
                match each.expr:
                    case Apply("every") as clock:
                        size = sizes[program.value[each.target].size]
                        env[each.target] = every(size, t + 1, *periods(clock))
                    case expr:
                        env[each.target] = compute(expr, env)
            state = {name: env[name] for name in program.states}
            steps.append(env)
    return steps


def backward(program: Program, steps: list[Arrays], outside: Mapping[str, Array]) -> tuple[list[Arrays], Arrays]:
    """Gradients of every value, input and state at each step, and of the parameters, summed over the steps.

    `outside` holds dL/dv (T, ..., size) given from outside, by the name of v.
    """
    found: list[Arrays] = []
    totals: Arrays = {}
    later: Arrays | None = None
    with quietly():
        for t in reversed(range(len(steps))):
            env = steps[t] | {f"outside {name}": series[t] for name, series in outside.items()}
            for name, total in step_back(program, env, later).items():
                totals[name] = totals.get(name, 0.0) + total
            found.append(env)
            later = env
    return found[::-1], totals


def step_back(program: Program, env: Arrays, later: Mapping[str, Array] | None) -> Arrays:
    """One step of `backward`: adds every gradient to `env`, gives the parameters' ones; `later` is the step after."""
    totals: Arrays = {}
    for adjoint in program.adjoint:
        total = np.zeros_like(env[adjoint.symbol])
        for term in adjoint.terms:
            expr = term.expr
            if isinstance(expr, Apply) and expr.op == "sum":
                expr = expr.args[0]
            total = total + compute(expr, env, later)
        if adjoint.symbol in program.parameter:
            totals[adjoint.symbol] = total
        else:
            env[GRADIENT + adjoint.symbol] = total
    return totals
