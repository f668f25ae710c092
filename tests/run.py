"""The one test command: makes the machine ready, runs every check in turn, says in one table what passed.

    python tests/run.py                  everything
    python tests/run.py mypy browser     only these, in this order

Needs Python and pip only; what else is missing it installs, or says what to install (tests/machine.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests import machine

ROOT = machine.ROOT
LONGEST = 3000
CORES = max(2, min(4, os.cpu_count() or 2))


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: bool
    seconds: float


def commands() -> dict[str, list[str]]:
    """Every check by name, the quick ones first, so that a slip is told within seconds."""
    python = sys.executable
    pytest = [python, "-m", "pytest", "-q", "--dist", "worksteal", "-n"]
    scripts = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("tests/static/**/*.test.js"))]
    return {
        "ruff": [python, "-m", "ruff", "check", "."],
        "tsc": ["node", "tests/node_modules/typescript/bin/tsc", "-p", "tests/tsconfig.json"],
        "node": ["node", "--test", "--test-reporter=spec", *scripts],
        "mypy": [python, "-m", "mypy"],
        "pytest": [*pytest, str(CORES), "--ignore=tests/browser"],
        # Apart from the rest: Playwright leaves an event loop running in its process, where others cannot start theirs.
        # More than half of their time goes by in waiting for a page, so two on a core. So crowded, a machine that does something
        # else for a while lets pages fall behind: what fails is tried once more, and named in the summary as run again.
        "browser": [*pytest, str(2 * CORES), "--reruns", "1", "-raR", "tests/browser"],
    }


def run(name: str, command: list[str]) -> Outcome:
    print(f"\n\033[1m== {name}\033[0m" if sys.stdout.isatty() else f"\n== {name}", flush=True)
    start = time.monotonic()
    try:
        # Nothing to read from, so that nothing can wait for an answer.
        done = subprocess.run(
            command, cwd=ROOT, env=machine.environment(), stdin=subprocess.DEVNULL, timeout=LONGEST, check=False
        )
        passed = done.returncode == 0
    except subprocess.TimeoutExpired:
        print(f"{name} had not ended after {LONGEST} seconds")
        passed = False
    return Outcome(name, passed, time.monotonic() - start)


def main(wanted: list[str]) -> int:
    table = commands()
    if unknown := [name for name in wanted if name not in table]:
        print(f"unknown check '{unknown[0]}'; there are: {', '.join(table)}", file=sys.stderr)
        return 2
    try:
        machine.prepare()
    except machine.Missing as missing:
        print(f"cannot run the tests: {missing}", file=sys.stderr)
        return 1
    outcomes = [run(name, commands()[name]) for name in wanted or table]
    print(f"\n{'check':<10}{'result':<8}{'seconds':>8}")
    for outcome in outcomes:
        print(f"{outcome.name:<10}{'passed' if outcome.passed else 'FAILED':<8}{outcome.seconds:>8.1f}")
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"checks: {len(outcomes) - failed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    if not machine.in_environment():
        try:
            python = machine.make_environment()
        except machine.Missing as missing:
            sys.exit(f"cannot run the tests: {missing}")
        sys.exit(subprocess.run([python, __file__, *sys.argv[1:]], check=False).returncode)
    sys.exit(main(sys.argv[1:]))
