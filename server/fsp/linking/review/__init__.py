"""Imported bodies and the bodies that the project knows: matched by identifier, and by name with a person's consent."""
