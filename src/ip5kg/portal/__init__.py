"""What a portal takes: the bundle of files and descriptions, and the check that it is ready."""
