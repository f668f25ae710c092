"""Cells and networks as source that runs without us: NumPy, PyTorch, Keras."""
