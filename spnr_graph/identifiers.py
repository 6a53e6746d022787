"""Register numbers (SIREN, SIRET, RNA) and the IRIs that they make."""
