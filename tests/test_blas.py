"""One BLAS thread in the command's process, and no say in anybody else's."""

from __future__ import annotations

import os
import subprocess
import sys


def run(code: str, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env={**clean, **environment}, capture_output=True, text=True, check=True).stdout.strip()


def test_it_is_set_before_numpy_is_there() -> None:
    code = "import os, sys\nimport app.blas\nassert 'numpy' not in sys.modules\nprint(os.environ['OPENBLAS_NUM_THREADS'])"
    assert run(code) == "1"
    order = "import sys\nimport app.cli\nnames = list(sys.modules)\nprint(names.index('app.blas') < names.index('numpy'))"
    assert run(order) == "True"


def test_a_choice_already_made_is_left_alone() -> None:
    assert run("from app.blas import THREADS\nprint(THREADS)", OPENBLAS_NUM_THREADS="4") == "4"


def test_the_engine_alone_sets_nothing() -> None:
    assert run("import os\nimport app.engine\nprint(os.environ.get('OPENBLAS_NUM_THREADS'))") == "None"
