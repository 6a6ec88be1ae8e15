"""The command line: a door that parses input, calls the core and presents what comes out."""
