"""Kompetanse: what a municipality's newcomers can do, want and like, and the work that fits."""

__version__ = "0.1.0"
