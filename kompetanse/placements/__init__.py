"""Referrals: one person put forward for one vacancy."""
