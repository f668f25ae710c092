"""The engine: cells as text, everything derived from them, run and differentiated in NumPy."""

from .cell import Cell, define
from .diagram import Diagram, draw
from .gradient import Gradient
from .network import Layer, Network
from .problems import CellError, NetworkError, Problem, ProblemError, suggestion
from .program import Program
from .trace import Step, Trace
from .typeset import formulas, symbols_math

__all__ = [
    "Cell",
    "CellError",
    "Diagram",
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
    "draw",
    "formulas",
    "suggestion",
    "symbols_math",
]
