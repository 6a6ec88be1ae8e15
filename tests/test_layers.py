"""The rooms of the package import downwards only, and keep their libraries to themselves."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "ip5kg"
PROGRAMS = ("__init__.py", "__main__.py")
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = [path for path in MODULES if path.parent != SOURCE or path.name not in PROGRAMS]

LAYERS = (
    ("atomic", "cache", "errors", "folders", "formats", "layout", "names", "resources", "words"),
    ("sparql", "terms", "turtle"),
    ("store",),
    (
        *("answers", "describe", "explain", "publishing", "querybook", "search", "statistics"),
        "validation",
    ),
    ("changes", "citing", "permalink"),
    ("graph",),
    ("questions", "render"),
    ("portal",),
    ("cli", "notebook"),
)
"""From the ground up; the parts of one layer do not import each other."""

# Within a layer: the ground floor and the terms may be used by their neighbours.
SHARED = frozenset((*LAYERS[0], "terms"))
FENCES = {
    "IPython": {"notebook"},
    "click": {"cli"},
    "matplotlib": {"answers"},
    "pandas": {"answers"},
    "polars": {"answers"},
    "pyarrow": {"answers"},
    "pyshacl": {"validation"},
    "rdflib": {"validation"},
    "SPARQLWrapper": {"store"},
    "xlsxwriter": {"render"},
    "yaml12": {"sparql"},
}
MAX_LINES = 350


def relative(path):
    return path.relative_to(SOURCE).as_posix()


def room(path):
    return relative(path).split("/", maxsplit=1)[0].removesuffix(".py")


def level(name):
    for number, names in enumerate(LAYERS):
        if name in names:
            return number
    raise AssertionError(f"“{name}” stands in no layer")


def imports(path):
    """All modules that a file imports, wherever the statement stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            module = node.module or ""
            found.add(module)
            if module == "ip5kg":
                found |= {f"ip5kg.{alias.name}" for alias in node.names}
    return found


def users_of(library):
    return {
        room(path)
        for path in MODULES
        if any(module.split(".")[0] == library for module in imports(path))
    }


@pytest.mark.parametrize("path", ROOMS, ids=relative)
def test_module_imports_downwards_only(path):
    here = room(path)
    for module in sorted(imports(path)):
        if not module.startswith("ip5kg"):
            continue
        assert module != "ip5kg", f"{path} imports the package root"
        there = module.split(".")[1]
        if there != here and not {here, there} <= SHARED | set(LAYERS[1]):
            assert level(there) < level(here), f"{here} imports {there}"
        if there != here and there not in SHARED:
            assert level(there) < level(here), f"{here} imports its neighbour {there}"


def test_no_module_reaches_itself_through_its_imports():
    graph = {}
    for path in ROOMS:
        name = ".".join(("ip5kg", *path.relative_to(SOURCE).with_suffix("").parts))
        graph[name.removesuffix(".__init__")] = imports(path)
    done, active = set(), []

    def visit(name):
        assert name not in active, " → ".join([*active, name])
        if name not in done and name in graph:
            active.append(name)
            for module in sorted(graph[name]):
                visit(module)
            done.add(active.pop())

    for name in sorted(graph):
        visit(name)


@pytest.mark.parametrize("library", sorted(FENCES))
def test_library_stays_in_its_room(library):
    users = users_of(library)
    assert users, f"{library} is a dependency that nothing uses"
    assert users <= FENCES[library]


def test_command_line_does_not_know_the_engine():
    assert "cli" not in users_of("pyoxigraph")


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_module_can_be_read_at_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


def place(name):
    """Constants, then classes, then functions, each by name: the order that ruff keeps."""
    return (not name.isupper(), not name[0].isupper(), name)


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_public_names_are_documented_listed_and_sorted(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    public = {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    }
    listed = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
    ]
    if path.name != "__main__.py" and (public or listed):
        assert listed, f"{path} has public names and no __all__"
        assert listed[0] == sorted(listed[0], key=place)
        assert public <= set(listed[0])
