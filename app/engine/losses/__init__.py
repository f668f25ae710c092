"""Losses: how far what a network says is from what it should say, and the gradient of that."""
