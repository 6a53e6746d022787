"""Normal forms of names: what two ways of writing the same name have in common."""
