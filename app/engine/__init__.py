"""The engine: cells as text, everything derived from them, run and differentiated in NumPy."""

from .axis import Axis
from .axis import checked as checked_axis
from .cell import Cell, define
from .descent import Foothold, downhill
from .description import BOTH, DIRECTIONS, FORWARD
from .diagram import Diagram, draw
from .evaluate import constant
from .expr import Apply, Equation, Expr, Name, Number
from .free import Free
from .gradient import Gradient
from .influence.contribution import contribution_norms, contributions
from .influence.dependency import Dependencies, dependencies, dependents
from .influence.itemise import Itemised, itemised, itemised_bytes
from .influence.jacobians import Jacobian, jacobian, jacobian_from
from .influence.norms import radius as spectral_radius
from .influence.norms import spectral as spectral_norm
from .influence.paths import Along, Path, Paths
from .influence.point import gradient_of
from .influence.reach import Reached, depended_on_by, depends_on
from .influence.room import Limits
from .influence.step_matrix import StepMatrices, step_matrices
from .landscape import Landscape
from .layer import Layer
from .learner import Stand, updates
from .losses.ctc import Ctc, ctc_loss
from .losses.ctc_alignments import alignments, collapse, count_alignments, count_by_only_deleting, only_delete_blanks
from .losses.ctc_batch import CtcBatch, ctc_loss_batch
from .losses.ctc_decode import BestPath, Decoded, beam_search, best_path, count_labels
from .losses.logits import Logits, logits_of
from .losses.loss import Loss, binary_cross_entropy, cross_entropy, squared_error
from .losses.objective import Objective, objective
from .network import Network
from .optimise.clip import clip_norm, clip_value, norm
from .optimise.flat import Flat
from .optimise.rule import OPTIMISERS, Optimiser, Rule, Setting
from .optimise.schedule import RATE_SHAPES, RateSchedule
from .overflow import overflowed
from .part import Part
from .problems import CellError, NetworkError, Problem, ProblemError, suggestion
from .program import Program
from .reference import vocabulary
from .responses import Response, response
from .trace import Step, Trace
from .typeset import formulas, symbols_math

__all__ = [
    "BOTH",
    "DIRECTIONS",
    "FORWARD",
    "OPTIMISERS",
    "RATE_SHAPES",
    "Along",
    "Apply",
    "Axis",
    "BestPath",
    "Cell",
    "CellError",
    "Ctc",
    "CtcBatch",
    "Decoded",
    "Dependencies",
    "Diagram",
    "Equation",
    "Expr",
    "Flat",
    "Foothold",
    "Free",
    "Gradient",
    "Itemised",
    "Jacobian",
    "Landscape",
    "Layer",
    "Limits",
    "Logits",
    "Loss",
    "Name",
    "Network",
    "NetworkError",
    "Number",
    "Objective",
    "Optimiser",
    "Part",
    "Path",
    "Paths",
    "Problem",
    "ProblemError",
    "Program",
    "RateSchedule",
    "Reached",
    "Response",
    "Rule",
    "Setting",
    "Stand",
    "Step",
    "StepMatrices",
    "Trace",
    "alignments",
    "beam_search",
    "best_path",
    "binary_cross_entropy",
    "checked_axis",
    "clip_norm",
    "clip_value",
    "collapse",
    "constant",
    "contribution_norms",
    "contributions",
    "count_alignments",
    "count_by_only_deleting",
    "count_labels",
    "cross_entropy",
    "ctc_loss",
    "ctc_loss_batch",
    "define",
    "depended_on_by",
    "dependencies",
    "dependents",
    "depends_on",
    "downhill",
    "draw",
    "formulas",
    "gradient_of",
    "itemised",
    "itemised_bytes",
    "jacobian",
    "jacobian_from",
    "logits_of",
    "norm",
    "objective",
    "only_delete_blanks",
    "overflowed",
    "response",
    "spectral_norm",
    "spectral_radius",
    "squared_error",
    "step_matrices",
    "suggestion",
    "symbols_math",
    "updates",
    "vocabulary",
]
