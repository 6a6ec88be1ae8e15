"""The graph as files in every RDF syntax: lossless, and the same bytes for the same graph."""
