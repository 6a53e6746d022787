"""What the catalogue names elsewhere → deliveries, with their outcome."""
