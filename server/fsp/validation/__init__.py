"""Check data: SHACL validation, and citations against the text that they cite."""
