"""Being written by the rows-and-graphs engineer (not the one of turtle and read)."""
