"""Registers: reference data of others as RDF, each in a named graph and a file of its own."""
