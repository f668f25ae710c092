"""How time and memory grow with the length of the sequence: a step of a long one should cost what it costs in a short one.

    python -m tests.bench.bench_length [seconds per length]

Forward and backward on one thread, everything kept; all lengths in turns in one run. Microseconds for a step, how many
times those of the shortest sequence that is, and the bytes that the run takes, as told before it.
"""

from __future__ import annotations

import sys

from app.engine import Layer, Network
from tests.bench import ours
from tests.bench.cases import Case, case, cell
from tests.bench.timing import interleaved, with_one_thread

LENGTHS = (250, 500, 1000, 2000, 4000)
UNITS = (8, 32, 128)


def told(given: Case) -> int:
    """Bytes of the run and of its gradients."""
    network = Network([Layer(cell(given.kind), units=given.units)], inputs=given.x.shape[-1])
    return sum(network.memory(len(given.x)))


def main(seconds: float) -> None:
    print(f"{'':<5}{'units':>6}{'T':>6}{'us a step':>11}{'times':>7}{'KB a step':>11}")
    for kind in ("lstm", "gru"):
        for units in UNITS:
            cases = {str(length): case(kind, length, units, float) for length in LENGTHS}
            times = interleaved({name: ours.prepare(each)[0] for name, each in cases.items()}, seconds * len(cases))
            each = {name: min(found) / int(name) for name, found in times.items()}
            for name, given in cases.items():
                ratio = each[name] / each[str(LENGTHS[0])]
                size = told(given) / int(name) / 1e3
                print(f"{kind:<5}{units:>6}{name:>6}{each[name] * 1e6:>11.2f}{ratio:>7.2f}{size:>11.1f}", flush=True)


if __name__ == "__main__":
    with_one_thread()
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
