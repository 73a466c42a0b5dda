"""Cases in a form: its fields, made from the shapes, and the reading of what was filled in."""
