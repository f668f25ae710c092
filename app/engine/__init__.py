"""The engine: cells as text, everything derived from them, run and differentiated in NumPy."""

from .cell import Cell, define
from .diagram import Diagram, draw
from .free import Free
from .gradient import Gradient
from .layer import Layer
from .network import Network
from .part import Part
from .problems import CellError, NetworkError, Problem, ProblemError, suggestion
from .program import Program
from .trace import Step, Trace
from .typeset import formulas, symbols_math

__all__ = [
    "Cell",
    "CellError",
    "Diagram",
    "Free",
    "Gradient",
    "Layer",
    "Network",
    "NetworkError",
    "Part",
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
