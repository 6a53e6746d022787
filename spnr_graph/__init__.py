"""Knowledge graph of a regional digital public service."""

from __future__ import annotations

__version__ = "0.1.0"
