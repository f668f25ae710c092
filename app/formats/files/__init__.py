"""Files of weights, read without running anything in them, and written."""
