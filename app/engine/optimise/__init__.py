"""Optimisers: how a gradient changes the parameters. Rules, clipping, and rates that change over time."""
