"""The engine: cells as text, everything derived from them, run and differentiated in NumPy."""

from .cell import Cell, define
from .ctc import Ctc, ctc_loss
from .ctc_alignments import alignments, collapse, count_alignments, count_by_only_deleting, only_delete_blanks
from .ctc_batch import CtcBatch, ctc_loss_batch
from .ctc_decode import BestPath, Decoded, beam_search, best_path, count_labels
from .diagram import Diagram, draw
from .evaluate import constant
from .expr import Apply, Equation, Expr, Name, Number
from .free import Free
from .gradient import Gradient
from .layer import Layer
from .logits import Logits, logits_of
from .loss import Loss, binary_cross_entropy, cross_entropy, squared_error
from .network import Network
from .part import Part
from .problems import CellError, NetworkError, Problem, ProblemError, suggestion
from .program import Program
from .trace import Step, Trace
from .typeset import formulas, symbols_math

__all__ = [
    "Apply",
    "BestPath",
    "Cell",
    "CellError",
    "Ctc",
    "CtcBatch",
    "Decoded",
    "Diagram",
    "Equation",
    "Expr",
    "Free",
    "Gradient",
    "Layer",
    "Logits",
    "Loss",
    "Name",
    "Network",
    "NetworkError",
    "Number",
    "Part",
    "Problem",
    "ProblemError",
    "Program",
    "Step",
    "Trace",
    "alignments",
    "beam_search",
    "best_path",
    "binary_cross_entropy",
    "collapse",
    "constant",
    "count_alignments",
    "count_by_only_deleting",
    "count_labels",
    "cross_entropy",
    "ctc_loss",
    "ctc_loss_batch",
    "define",
    "draw",
    "formulas",
    "logits_of",
    "only_delete_blanks",
    "squared_error",
    "suggestion",
    "symbols_math",
]
