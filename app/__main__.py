"""`python -m app` is the `unrolled` command."""

import sys

from app.cli import main

sys.exit(main())
