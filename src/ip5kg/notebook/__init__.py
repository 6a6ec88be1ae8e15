"""The graph in notebooks: ``%load_ext ip5kg``, then ``%%sparql`` and ``%ip5kg``."""

from __future__ import annotations

from ip5kg.notebook.magics import load_ipython_extension, unload_ipython_extension

__all__ = ["load_ipython_extension", "unload_ipython_extension"]
