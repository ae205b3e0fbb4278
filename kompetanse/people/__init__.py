"""Newcomers: who they are, how they are reached, whom they live with, what they consent to."""
