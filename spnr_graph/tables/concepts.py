"""Concepts of the schemes, by what people call them."""
