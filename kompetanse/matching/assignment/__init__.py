"""The municipality's whole picture: all seeking people to all open positions, as an exact optimum. Pure.

It is a suggestion to discuss, never a decision. It knows numbers alone: no person, no vacancy, no database.
"""

from kompetanse.matching.assignment.problem import Edges, Plan, Problem
from kompetanse.matching.assignment.solving import solve

__all__ = ["Edges", "Plan", "Problem", "solve"]
