"""SPARQL as text: tokens, and the binding of parameters to terms."""
