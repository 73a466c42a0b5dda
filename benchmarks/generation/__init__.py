"""Makes cases of partnerships that are like the published ones and obey the shapes."""
