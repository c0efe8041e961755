"""Tools: what the pointer does on the picture while a parameter is set there; one for each kind of parameter."""
