"""Cases told as pages: what is gathered about each, put side by side, and who works with whom."""
