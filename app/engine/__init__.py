"""The engine: cells as text, everything derived from them, run and differentiated in NumPy."""

from .cell import Cell, define
from .gradient import Gradient
from .network import Layer, Network
from .problems import CellError, NetworkError, Problem, ProblemError, suggestion
from .program import Program
from .trace import Step, Trace

__all__ = [
    "Cell",
    "CellError",
    "Gradient",
    "Layer",
    "Network",
    "NetworkError",
    "Problem",
    "ProblemError",
    "Program",
    "Step",
    "Trace",
    "define",
    "suggestion",
]
