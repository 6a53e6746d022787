"""Candidates, decisions and their effect: one actor, one identity."""
