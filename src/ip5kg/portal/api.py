"""``ip5kg.export_portal`` and ``ip5kg.check_portal``: the bundle for portals from Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ip5kg.errors import ParameterError
from ip5kg.resources import knowledge_root

if TYPE_CHECKING:
    from ip5kg.portal.checks.outcome import Outcome

__all__ = ["check_portal", "export_portal"]


def export_portal(
    folder: Path | str,
    *,
    root: Path | str | None = None,
    base_url: str | None = None,
    endpoint_url: str | None = None,
    entail: bool = False,
) -> list[Path]:
    """Write a bundle for data portals into a folder, which is the old one or the new one whole.

    Args:
        folder: Where to write: nothing, an empty folder or an earlier bundle.
        root: A folder with ``ontology/``, ``data/`` and ``queries/``; by default the one that
            came with the package.
        base_url: Where the files will lie on the web.
        endpoint_url: The SPARQL endpoint that answers for the graph, where there is one.
        entail: Whether to write as well what the alignments entail.

    Returns:
        The files.

    Raises:
        ParameterError: When a name is empty or an address is none.
        ResourceMissing: When the root is none.
        MissingDependency: When pyarrow is not installed.
        RdfSyntaxError: When a file of the graph is not Turtle.
        OutputError: When a syntax cannot hold the graph, or the folder must not or cannot be
            written.
    """
    _refuse_empty(folder, root)
    from ip5kg.portal.build import build

    place, home = Path(folder), knowledge_root(Path(root) if root is not None else None)
    files = build(home, place, base_url=base_url, endpoint=endpoint_url, entail=entail)
    return [place / file for file in files]


def check_portal(
    folder: Path | str, *, shapes: Path | str | None = None, loopback: bool = False
) -> Outcome:
    """Check that a bundle is ready for portals, without a network.

    Args:
        folder: The bundle.
        shapes: A folder with the SHACL shapes of DCAT-AP 3.0.1; without it they are not asked.
        loopback: Whether to serve the bundle to this machine, and ask for every file.

    Returns:
        The points of each check, what is lacking, and notes.

    Raises:
        ParameterError: When a name is empty.
        InputError: When the folder is no bundle, or the shapes cannot be read.
        ValidationFailure: When a validation engine breaks off.
    """
    _refuse_empty(folder, shapes)
    from ip5kg.portal.checks.run import check

    return check(Path(folder), Path(shapes) if shapes is not None else None, loopback=loopback)


def _refuse_empty(*names: Path | str | None) -> None:
    if "" in names:
        raise ParameterError("The name of a folder is empty.", hint="Name one.")
