"""Turtle as the project writes it: read with its comments and places, put in order, and laid out in one way."""
