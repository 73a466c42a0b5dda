"""Links to other open data: registers of bodies, identifiers and mappings."""
