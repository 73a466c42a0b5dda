"""What the graph says of one of its IRIs, and how that is told to people and to programs."""
