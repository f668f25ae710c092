"""One thread for BLAS. Imported by the command before anything imports NumPy, because BLAS reads it only then.

The matrices here are small: several threads would wait for each other longer than they compute. A choice already made
in the environment is left alone, and programs that import `app.engine` are not touched.
"""

from __future__ import annotations

import os

VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

for variable in VARIABLES:
    os.environ.setdefault(variable, "1")

THREADS = os.environ["OPENBLAS_NUM_THREADS"]
