"""Territories by code and by name."""
