"""The check that a bundle is ready for portals."""
