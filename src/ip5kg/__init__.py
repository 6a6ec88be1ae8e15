"""The knowledge graph of the IP5, the co-operation of the five largest patent offices.

>>> import ip5kg
>>> kg = ip5kg.open()
>>> [chair] = kg.query("meeting-chair", meeting="heads-2021")
>>> chair.person.label
'Kasutani Toshihide'
"""

from __future__ import annotations

# As typing has it, which takes longer to import than an answer that is remembered.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from ip5kg import questions
    from ip5kg.answers import Answer
    from ip5kg.changes import diff
    from ip5kg.errors import Ip5kgError
    from ip5kg.graph import KnowledgeGraph, open  # noqa: A004 - read as ip5kg.open()
    from ip5kg.portal import check_portal, export_portal
    from ip5kg.terms import Thing

__all__ = [
    "Answer",
    "Ip5kgError",
    "KnowledgeGraph",
    "Thing",
    "__version__",
    "check_portal",
    "diff",
    "export_portal",
    "open",
    "questions",
]

# Loaded when asked for, so that "ip5kg --help" does not pay for the engine.
_HOMES = {
    "Answer": "ip5kg.answers",
    "Ip5kgError": "ip5kg.errors",
    "KnowledgeGraph": "ip5kg.graph",
    "check_portal": "ip5kg.portal",
    "diff": "ip5kg.changes",
    "export_portal": "ip5kg.portal",
    "load_ipython_extension": "ip5kg.notebook",
    "unload_ipython_extension": "ip5kg.notebook",
    "Thing": "ip5kg.terms",
    "open": "ip5kg.graph",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from ip5kg.resources import version

        return version()
    if name == "questions":
        from importlib import import_module

        return import_module("ip5kg.questions")
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'ip5kg' has no attribute '{name}'")
