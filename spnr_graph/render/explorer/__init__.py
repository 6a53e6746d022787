"""The explorer: a network as one HTML file that works anywhere, drawn by sigma."""
