"""What tables over time may take, told before anything is worked out."""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import NetworkError, Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """`steps`: the longest sequence for a table of steps by steps. `bytes`: what the arrays of one question may take."""

    steps: int = 1000
    bytes: int = 1 << 30


LIMITS = Limits()


def check_steps(steps: int, limits: Limits) -> None:
    """Raises NetworkError for a table of more steps than are allowed."""
    if steps > limits.steps:
        raise NetworkError(
            [
                Problem(
                    "over-limit",
                    f"a table of {steps:,} by {steps:,} steps: the limit is {limits.steps:,} steps",
                    {"limit": "table_steps", "value": steps, "allowed": limits.steps},
                    "shorten the sequence, or ask for one step at a time",
                )
            ]
        )


def check_bytes(needed: int, limits: Limits) -> None:
    """Raises NetworkError for a question whose arrays take more memory than is allowed."""
    if needed > limits.bytes:
        raise NetworkError(
            [
                Problem(
                    "over-limit",
                    f"this takes up to {needed:,} bytes: the limit is {limits.bytes:,}",
                    {"limit": "table_bytes", "value": needed, "allowed": limits.bytes},
                    "ask for fewer values or for norms alone, or shorten the sequence",
                )
            ]
        )
