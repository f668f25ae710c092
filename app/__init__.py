"""Unrolled: an interactive explorer of recurrent networks."""
