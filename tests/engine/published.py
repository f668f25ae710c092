"""Published numbers of CTC: TensorFlow's `ctc_loss_op_test.py`, testBasic (Apache-2.0), which names Alex Graves'
implementation as their source, and baidu-research/warp-ctc's tests (Apache-2.0). Tables as they are printed there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Published:
    """Probabilities (5, 6), the last symbol being the blank; tables (5, 2 U + 1), with -inf for states left out."""

    label: tuple[int, ...]
    loss: float
    probabilities: Array
    alpha: Array
    beta: Array
    gradient: Array


def _table(text: str) -> Array:
    return np.array([[float(each) for each in line.split()] for line in text.strip().splitlines()])


FIRST = Published(
    (0, 1, 2, 1, 0),
    3.34211,
    _table("""
        0.633766  0.221185 0.0917319 0.0129757  0.0142857  0.0260553
        0.111121  0.588392 0.278779  0.0055756  0.00569609 0.010436
        0.0357786 0.633813 0.321418  0.00249248 0.00272882 0.0037688
        0.0663296 0.643849 0.280111  0.00283995 0.0035545  0.00331533
        0.458235  0.396634 0.123377  0.00648837 0.00903441 0.00623107
    """),
    _table("""
        -3.64753 -0.456075 -inf -inf      -inf -inf     -inf -inf     -inf -inf     -inf
        -inf     -inf      -inf -0.986437 -inf -inf     -inf -inf     -inf -inf     -inf
        -inf     -inf      -inf -inf      -inf -2.12145 -inf -inf     -inf -inf     -inf
        -inf     -inf      -inf -inf      -inf -inf     -inf -2.56174 -inf -inf     -inf
        -inf     -inf      -inf -inf      -inf -inf     -inf -inf     -inf -3.34211 -inf
    """),
    _table("""
        -inf -2.88604 -inf -inf     -inf -inf     -inf -inf      -inf -inf -inf
        -inf -inf     -inf -2.35568 -inf -inf     -inf -inf      -inf -inf -inf
        -inf -inf     -inf -inf     -inf -1.22066 -inf -inf      -inf -inf -inf
        -inf -inf     -inf -inf     -inf -inf     -inf -0.780373 -inf -inf -inf
        -inf -inf     -inf -inf     -inf -inf     -inf -inf      -inf 0    0
    """),
    _table("""
        -0.366234 0.221185  0.0917319 0.0129757  0.0142857  0.0260553
        0.111121  -0.411608 0.278779  0.0055756  0.00569609 0.010436
        0.0357786 0.633813  -0.678582 0.00249248 0.00272882 0.0037688
        0.0663296 -0.356151 0.280111  0.00283995 0.0035545  0.00331533
        -0.541765 0.396634  0.123377  0.00648837 0.00903441 0.00623107
    """),
)
SECOND = Published(
    (0, 1, 1, 0),
    5.42262,
    _table("""
        0.30176  0.28562  0.0831517 0.0862751 0.0816851 0.161508
        0.24082  0.397533 0.0557226 0.0546814 0.0557528 0.19549
        0.230246 0.450868 0.0389607 0.038309  0.0391602 0.202456
        0.280884 0.429522 0.0326593 0.0339046 0.0326856 0.190345
        0.423286 0.315517 0.0338439 0.0393744 0.0339315 0.154046
    """),
    _table("""
        -1.8232 -1.19812 -inf     -inf     -inf     -inf     -inf -inf     -inf
        -inf    -2.19315 -2.83037 -2.1206  -inf     -inf     -inf -inf     -inf
        -inf    -inf     -inf     -2.03268 -3.71783 -inf     -inf -inf     -inf
        -inf    -inf     -inf     -inf     -inf     -4.56292 -inf -inf     -inf
        -inf    -inf     -inf     -inf     -inf     -inf     -inf -5.42262 -inf
    """),
    _table("""
        -inf -4.2245 -inf -inf     -inf     -inf      -inf      -inf      -inf
        -inf -inf    -inf -3.30202 -inf     -inf      -inf      -inf      -inf
        -inf -inf    -inf -inf     -1.70479 -0.856738 -inf      -inf      -inf
        -inf -inf    -inf -inf     -inf     -0.859706 -0.859706 -0.549337 -inf
        -inf -inf    -inf -inf     -inf     -inf      -inf      0         0
    """),
    _table("""
        -0.69824  0.28562   0.0831517 0.0862751 0.0816851 0.161508
        0.24082   -0.602467 0.0557226 0.0546814 0.0557528 0.19549
        0.230246  0.450868  0.0389607 0.038309  0.0391602 -0.797544
        0.280884  -0.570478 0.0326593 0.0339046 0.0326856 0.190345
        -0.576714 0.315517  0.0338439 0.0393744 0.0339315 0.154046
    """),
)
#: warp-ctc's small case: logits, label 1 2 with blank 0
WARP = np.array([[0.1, 0.6, 0.1, 0.1, 0.1], [0.1, 0.1, 0.6, 0.1, 0.1]])
