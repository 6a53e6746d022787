"""One module per verb: load, query, visualise, export, validate, info."""
