"""A report in every format that people and programs ask for: one module a format."""
