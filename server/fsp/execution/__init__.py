"""Run SPARQL queries: one interface, the engines behind it, and what they may use."""
