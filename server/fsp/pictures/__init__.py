"""Pictures of answers: SVG that is made on the server, reads without colour, and says in words what it shows."""
