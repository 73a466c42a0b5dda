"""Importers: files that others publish, as RDF in the project's own model, with an account of every field."""
