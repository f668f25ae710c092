"""What depends on what, and how strongly: gradients taken apart by step, by path, by value and by weight."""
