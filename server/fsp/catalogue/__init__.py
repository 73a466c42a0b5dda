"""The canned queries: their headers, their parameters, and the terms that callers choose for them."""
