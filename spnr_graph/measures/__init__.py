"""Networks → numbers, each with its definition, formula, source, unit and caveat."""
