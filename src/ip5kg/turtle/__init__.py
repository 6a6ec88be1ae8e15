"""Turtle and its sisters: reading RDF files, and writing Turtle in one canonical form."""
