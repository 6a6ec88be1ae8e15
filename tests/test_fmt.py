"""``ip5kg fmt``: the triples and the comments stay, whatever the layout was."""

import io
import os
import random
import re
import shutil
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from ip5kg.cli.main import main
from ip5kg.errors import OutputError, RdfSyntaxError
from ip5kg.turtle import formatter
from ip5kg.turtle.formatter import formatted
from ip5kg.turtle.isomorphism import is_same_graph
from ip5kg.turtle.positions import locate

ROOT = Path(__file__).parents[1]
SUITES = ROOT.parent / "shared" / "suites"
TURTLE_SUITE = SUITES / "rdf11-syntax" / "rdf-turtle"
BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"
NO_SUITES = "the W3C suites are not beside the repository"
# Comparing this one by RDFC-1.0 has no end.
POISON = "test074-in.nq"

HEAD = "@prefix ex: <https://example.org/#> .\n"
UNTIDY = "<urn:b> <urn:p> 1 .\n<urn:a> <urn:p> 1 ."
TIDY = "<urn:a> <urn:p> 1 .\n\n<urn:b> <urn:p> 1 .\n"


def canonical(quads):
    """The RDFC-1.0 form, for comparing graphs."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def graph(text, base=None):
    return list(parse(text, RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True))


def check(text, base=None, *, hard=False):
    """Format, and hold the result to what was given; return it."""
    result = formatted(text, base=base)
    if not hard:
        assert canonical(graph(result)) == canonical(graph(text, base))
    assert formatted(result) == result
    before = sorted(comment.text.rstrip(" \t") for comment in locate(text, base=base).comments)
    after = [comment.text for comment in locate(result).comments]
    assert sorted(after) == before
    assert "\r" not in result
    assert not re.search(r"\n\n\n|[ \t]\n|\A\n|\n\n\Z", result)
    assert not result or result.endswith("\n")
    return result


def body(text):
    """What comes out for a text with the prefix “ex:”, without the prefix."""
    result = check(HEAD + text)
    assert HEAD in result
    before, after = result.split(HEAD)
    return before + after.removeprefix("\n")


def positive_tests():
    manifest = TURTLE_SUITE / "manifest.ttl"
    if not manifest.exists():
        return []
    quads = list(parse(path=manifest, format=RdfFormat.TURTLE, base_iri=BASE))
    good = {
        quad.subject
        for quad in quads
        if str(quad.object).endswith(("TestTurtleEval>", "TestTurtlePositiveSyntax>"))
    }
    actions = [quad for quad in quads if quad.predicate.value.endswith("#action")]
    return sorted(one.object.value.removeprefix(BASE) for one in actions if one.subject in good)


def negative_tests():
    return sorted(
        path.name
        for path in TURTLE_SUITE.glob("*.ttl")
        if re.search(r"-bad-|bad-", path.name) and path.name not in POSITIVE
    )


POSITIVE = positive_tests()
NEGATIVE = negative_tests()
RDFC = sorted((SUITES / "rdfc10" / "rdfc10").glob("*-in.nq"))
OURS = sorted(
    path
    for folder in ("ontology", "data", "tests")
    for path in (ROOT / folder).rglob("*.ttl")
    if not path.is_symlink()
)


# --- the same graph, and again the same text


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT)))
def test_our_own_files(path):
    check(path.read_text(encoding="utf-8"))


def test_files_of_the_graph_are_in_canonical_form(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert main(["fmt", "--check"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not POSITIVE, reason=NO_SUITES)
@pytest.mark.parametrize("name", POSITIVE)
def test_good_turtle_of_the_w3c(name):
    text = (TURTLE_SUITE / name).read_bytes().decode()
    check(text, BASE + name)


@pytest.mark.skipif(not NEGATIVE, reason=NO_SUITES)
@pytest.mark.parametrize("name", NEGATIVE)
def test_bad_turtle_of_the_w3c_is_left_alone(name, tmp_path, capsys):
    path = tmp_path / "a.ttl"
    shutil.copy(TURTLE_SUITE / name, path)
    before = path.read_bytes()
    assert main(["fmt", str(path)]) == 2
    error = capsys.readouterr().err
    assert re.match(rf"error: {re.escape(str(path))}:\d+:\d+: .+\.\n", error)
    assert path.read_bytes() == before


def test_an_even_mesh_of_blank_nodes_is_refused_in_bounded_time(tmp_path, capsys):
    """Each cell of a Latin square is tied to those of its row, column and letter alike."""
    size = 6
    cells = [(i, j) for i in range(size) for j in range(size)]
    tied = [
        f"_:n{i}{j} <http://example.org/p> _:n{a}{b} ."
        for i, j in cells
        for a, b in cells
        if (i, j) != (a, b) and (i == a or j == b or (i + j) % size == (a + b) % size)
    ]
    path = tmp_path / "mesh.ttl"
    path.write_text("\n".join(tied))
    assert main(["fmt", str(path)]) == 2
    error = capsys.readouterr().err
    assert "so even that nothing tells them apart" in error
    assert path.read_text() == "\n".join(tied)


@pytest.mark.skipif(not RDFC, reason=NO_SUITES)
@pytest.mark.parametrize("path", RDFC, ids=lambda path: path.stem)
def test_graphs_that_are_hard_to_tell_apart(path):
    quads = list(parse(path=path, format=RdfFormat.N_QUADS))
    if any(quad.graph_name != DefaultGraph() for quad in quads):
        pytest.skip("Turtle has no named graphs")
    lines = [f"{quad.triple} . # {number}\n" for number, quad in enumerate(quads)]
    for seed in range(3):
        random.Random(seed).shuffle(lines)
        check("".join(lines), hard=path.name == POISON)


# --- where comments go


@pytest.mark.parametrize(
    ("text", "result"),
    [
        # Above their subject, wherever it goes, blank lines or not.
        (
            "ex:b a ex:T .\n\n# a 1\n  # a 2\n\n# a 3\n\nex:a a ex:T .",
            "# a 1\n# a 2\n# a 3\nex:a a ex:T .\n\nex:b a ex:T .\n",
        ),
        # Right above the first subject; a blank line makes it one of the file.
        ("# b\nex:b a ex:T . ex:a a ex:T .", "ex:a a ex:T .\n\n# b\nex:b a ex:T .\n"),
        ("# file\n\nex:b a ex:T . ex:a a ex:T .", "# file\n\nex:a a ex:T .\n\nex:b a ex:T .\n"),
        (
            "# file 1\n# file 2\n \t\n# file 3\n\n\n# b 1\n# b 2\nex:b a ex:T . ex:a a ex:T .",
            "# file 1\n# file 2\n\n# file 3\n\nex:a a ex:T .\n\n# b 1\n# b 2\nex:b a ex:T .\n",
        ),
        # Behind a declaration is not above a subject.
        ("@prefix e: <urn:> . # e\nex:a a ex:T .", "# e\n\nex:a a ex:T .\n"),
        ("@prefix e: <urn:> .\n# a\nex:a a ex:T .", "# a\nex:a a ex:T .\n"),
        ("PREFIX e: <urn:> # e\n# a\nex:a a ex:T .", "# e\n\n# a\nex:a a ex:T .\n"),
        # At the end.
        ("ex:a a ex:T .\n# end", "ex:a a ex:T .\n\n# end\n"),
        ("ex:a a ex:T . # a\n# end 1\n\n\n# end 2", "# a\nex:a a ex:T .\n\n# end 1\n\n# end 2\n"),
        ("ex:a a ex:T . @prefix e: <urn:> . # end", "ex:a a ex:T .\n\n# end\n"),
        # Behind a full stop: of that statement, unless something stands between.
        (
            "ex:b a ex:T .# b\nex:a a ex:T . \t# a",
            "# a\nex:a a ex:T .\n\n# b\nex:b a ex:T .\n",
        ),
        (
            "ex:b a ex:T . @prefix e: <urn:> . # a\nex:a a ex:T .",
            "# a\nex:a a ex:T .\n\nex:b a ex:T .\n",
        ),
        # Inside a statement, in all places.
        (
            "ex:s#1\n#2\n ex:p#3\n ex:o#4\n ,#5\n 'x'#6\n @en#7\n ;#8\n ;#9\n a#0\n ex:T#1\n.#2",
            "#1\n#2\n#3\n#4\n#5\n#6\n#7\n#8\n#9\n#0\n#1\n#2\nex:s a ex:T ;\n",
        ),
        ("ex:s ex:p 'x'#1\n^^#2\nex:type#3\n.", '#1\n#2\n#3\nex:s ex:p "x"^^ex:type .\n'),
        (
            "ex:s ex:p [#1\n ex:q#2\n 1#3\n ;#4\n a [#5\n]#6\n ]#7\n , (#8\n1#9\n (#0\n)#1\n)#2\n.",
            "#1\n#2\n#3\n#4\n#5\n#6\n#7\n#8\n#9\n#0\n#1\n#2\nex:s ex:p\n",
        ),
        # Several statements of one subject: in order.
        (
            "# 1\nex:s ex:p 1 . # 2\nex:a a ex:T .\n# 3\nex:s ex:p 2 # 4\n.\n\n# 5\n\nex:s a ex:T.",
            "ex:a a ex:T .\n\n# 1\n# 2\n# 3\n# 4\n# 5\nex:s a ex:T ;\n",
        ),
        # Subjects without a name.
        ("# 1\n[] ex:p 1 . # 2\nex:a a ex:T .", "ex:a a ex:T .\n\n# 1\n# 2\n[] ex:p 1 .\n"),
        ("# 1\n[ ex:p 1 #2\n ] .\n", "# 1\n#2\n[] ex:p 1 .\n"),
        (
            "# 1\n() ex:p 1 .\n# 2\n( 1 #3\n ) ex:p 1 .",
            "# 1\nrdf:nil ex:p 1 .\n\n# 2\n#3\n[] ex:p 1 ;\n",
        ),
        # Those of a nested blank node go where that is written, however deep.
        (
            "# x\n_:x ex:p 1 .\n# y\n_:y ex:p _:x .\n# s\nex:s ex:p _:y .\n# x again\n_:x ex:q 2 .",
            "# x\n# y\n# s\n# x again\nex:s ex:p [\n        ex:p [\n",
        ),
        # Those of a blank node with a label stay above it.
        (
            "# x\n_:x a ex:T .\nex:s ex:p _:x , _:y . ex:t ex:p _:x .\n# y\n_:y a ex:U .",
            "# y\nex:s ex:p [ a ex:U ] , _:b0 .\n\nex:t ex:p _:b0 .\n\n# x\n_:b0 a ex:T .\n",
        ),
    ],
)
def test_place_of_comments(text, result):
    found = body(text)
    found = re.sub(r",\s+", ", ", found)
    assert found == result if result.endswith(".\n") else result in found


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", ""),
        (" \r\n\t\n", ""),
        ("#", "#\n"),
        ("\n\n  # only \t\r\n\r\n\r# comments", "# only\n\n# comments\n"),
        (
            "# only\n@prefix e: <urn:> . # prefixes\n@base <urn:x> . # here",
            "# only\n# prefixes\n# here\n",
        ),
        ("# file\n\n<urn:a> <urn:p> 1 .", "# file\n\n<urn:a> <urn:p> 1 .\n"),
        ("# a\n<urn:a> <urn:p> 1 .", "# a\n<urn:a> <urn:p> 1 .\n"),
        (
            "# before\n@prefix p: <urn:> .\n# between\n@base <urn:x> .\n\n# after\n\np:b p:c p:d .",
            "# before\n# between\n\n# after\n\n@prefix p: <urn:> .\n\np:b p:c p:d .\n",
        ),
        (
            "@prefix #1\np: #2\n<urn:x#> #3\n. #4\n#5\np:b p:c p:d .",
            "#1\n#2\n#3\n#4\n\n@prefix p: <urn:x#> .\n\n#5\np:b p:c p:d .\n",
        ),
        # Of no subject any more, but of the file: the head has no blank lines to lose.
        (
            "<urn:b> <urn:p> 1 .\n# a 1\n\n# a 2\n\n<urn:a> <urn:p> 1 .",
            "# a 1\n# a 2\n<urn:a> <urn:p> 1 .\n\n<urn:b> <urn:p> 1 .\n",
        ),
    ],
)
def test_place_of_comments_of_the_file(text, result):
    assert check(text) == result


@pytest.mark.parametrize(
    "term",
    [
        '"no # comment"',
        "'no # comment'",
        '"""no\n# comment "" # \\""" # """',
        "'''no\r\n# comment '' # \\''' # '''",
        '"\\"# no"',
        '"\\\\"',
        "<urn:x#no>",
        "<#no>",
        "<urn:\\u0023no>",
        "e:a\\#no",
        '"x"^^<urn:type#no>',
        "( <urn:x#no> '# no' )",
        "[ ex:p '# no' ]",
    ],
)
@pytest.mark.parametrize(
    "layout", ["ex:s ex:p {} . # yes", "ex:s ex:p {}# yes\n .", "# yes\nex:s ex:p {} ."]
)
def test_a_sign_is_not_always_a_comment(term, layout):
    result = check("@base <urn:base> . PREFIX e: <urn:e/>\n" + HEAD + layout.format(term))
    assert [comment.text for comment in locate(result).comments] == ["# yes"]
    assert result.count("\n# yes\nex:s ex:p") == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end):
    lines = ["# file", "", "@prefix p: <urn:> .", "# a", "p:a p:p 1 ; # one", "p:q 2 .", "# end"]
    result = check(end.join(lines))
    head, rest = "# file\n\n@prefix p: <urn:> .\n\n", "# one\np:a p:p 1 ;\n    p:q 2 .\n\n# end\n"
    assert result == head + "# a\n" + rest


def test_line_ends_of_texts_are_not_touched():
    text = "<urn:a> <urn:p> '''x\r\ny\rz\n''' .\r\n"
    assert [quad.object.value for quad in graph(check(text))] == ["x\r\ny\rz\n"]


@pytest.mark.parametrize(
    "comment",
    [
        "#",
        "##",
        "#!/no/program",
        "# “é” 日本語 👩‍🔬",
        "# \u202e\u200b\ufeff",
        "# \x85 \u2028 \x0b \x0c are no line ends here",
        "# \x00\x1b[31m",
        "# <urn:a> <urn:p> 1 .",
        '# """',
        "# @prefix ex: <urn:> .",
        "# \t tab\tin\tbetween",
        "#\u00a0",
    ],
)
def test_comments_are_kept_to_the_letter(comment):
    text = f"{comment}\n{HEAD}{comment}\nex:a ex:p 1 ; {comment}\nex:q 2 .\n{comment}"
    assert check(text).split("\n").count(comment) == 4


def test_blanks_at_the_end_of_a_comment_go():
    assert check("# x \t \n<urn:a> <urn:p> 1 . #\t") == "# x\n#\n<urn:a> <urn:p> 1 .\n"


def test_deep_nesting_with_comments():
    text = HEAD + "ex:s ex:p " + "[ # in\nex:p ( " * 3000 + "1" + " # out\n) ]" * 3000 + " ."
    result = formatted(text)
    assert result.count("# in\n") == result.count("# out\n") == 3000
    assert formatted(result) == result


def test_many_comments_take_no_time():
    comments = "# comment\n" * 50_000
    text = f"{comments}\n<urn:a> <urn:p> 1 .\n{comments}<urn:b> <urn:p> 1 .\n{comments}"
    assert formatted(text).count("\n") == 150_000 + 5


# --- random layouts


class Layout:
    """Writes a random document, and notes where each of its comments should go."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.end = self.chance.choice(["\n", "\r\n", "\r"])
        self.owners = {}
        self.blanks = 0

    def comment(self, owner):
        text = f"# {len(self.owners)} {self.chance.choice(['ex:s1 a ex:T .', chr(34), '<', '#'])}"
        self.owners[text] = owner
        return text + self.end

    def maybe(self, owner):
        return self.comment(owner) if self.chance.randrange(2) else ""

    def space(self):
        """White space without an end of line."""
        return self.chance.choice([" ", "  ", "\t"])

    def gap(self, owner):
        """What may stand between two tokens of a statement."""
        kind = self.chance.randrange(8)
        if kind == 0:
            return f" {self.comment(owner)}{self.space()}"
        return self.end if kind == 1 else self.space()

    def term(self, depth=0):
        kind = self.chance.randrange(10 if depth < 3 else 8)
        number = self.chance.randrange(5)
        if kind == 8:
            pairs = ((f"ex:p{i}", *self.term(depth + 1), ";") for i in range(number))
            return ["[", *chain.from_iterable(pairs), "]"]
        if kind == 9:
            items = (self.term(depth + 1) for _ in range(number))
            return ["(", *chain.from_iterable(items), ")"]
        return [
            [f"ex:o{number}"],
            [f"<https://example.org/#o{number}>"],
            [f"_:l{number}"],
            [f'"text # {number}"'],
            [f"'''long{self.end}# {number}'''", "@en"],
            [f'"{number}"', "^^", "ex:type"],
            [f"{number}.50"],
            ["true"],
        ][kind]

    def statement(self):
        """A subject, and the tokens of a statement."""
        subject = self.chance.choice([*(f"ex:s{i}" for i in range(6)), "_:l0", "_:l1", "[]"])
        tokens = [subject]
        for _ in range(self.chance.randrange(1, 4)):
            tokens += [";"] if len(tokens) > 1 else []
            tokens += [self.chance.choice(["a", "ex:p0", "<urn:p#1>"]), *self.term()]
            for _ in range(self.chance.randrange(3)):
                tokens += [",", *self.term()]
        return subject, [*tokens, "."]

    def declaration(self, owner):
        number = self.chance.randrange(3)
        tokens = [f"e{number}:", f"<urn:e{self.chance.randrange(3)}#>"]
        tokens = ["@prefix", *tokens, "."] if self.chance.randrange(2) else ["PREFIX", *tokens]
        return "".join(token + self.gap(owner) for token in tokens)

    def lines(self, owner):
        """Comments on lines of their own, with blank lines between."""
        written = ""
        for _ in range(self.chance.choice([0, 0, 1, 2])):
            written += self.comment(owner) + self.end * self.chance.randrange(2)
        return written

    def document(self):
        written = self.lines("head") + self.declaration("head")
        written += "@prefix ex: <https://example.org/#> ." + self.end
        written += self.lines("head") + self.declaration("head") + self.end * 2
        first = True
        for _ in range(self.chance.randrange(1, 8)):
            subject, tokens = self.statement()
            if first:
                written += "".join(self.comment("head") + self.end for _ in range(2))
                written += self.maybe(subject)
            else:
                written += self.end + self.lines(subject)
                written += self.declaration(subject) if self.chance.randrange(4) == 0 else ""
                written += self.end + self.lines(subject)
            first = False
            for token in tokens[:-1]:
                written += token + self.gap(subject)
            written += "." + self.space() + self.maybe(subject)
        return f"{written}{self.end}ex:last a ex:T .{self.end}{self.lines('end')}"


def comments_above(result, start):
    """The comments right above the line that begins so."""
    lines = result.split("\n")
    [number] = [i for i, line in enumerate(lines) if line.startswith(start)]
    first = number
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return lines[first:number]


@pytest.mark.parametrize("seed", range(150))
def test_random_layouts(seed):
    layout = Layout(seed)
    result = check(layout.document())
    for owner in set(layout.owners.values()):
        expected = [text for text, other in layout.owners.items() if other == owner]
        if owner == "head":
            found = [line for line in result.partition("\n@prefix")[0].split("\n") if line]
        elif owner == "end":
            found = [line for line in result.split("\n") if line][-len(expected) :]
        elif owner.startswith("ex:"):
            found = comments_above(result, f"{owner} ")
        else:
            continue
        # Those of a blank node may stand there too, where it is nested.
        assert [line for line in found if layout.owners.get(line) == owner] == expected
        others = {layout.owners[line] for line in found} - {owner}
        assert all(other in ("_:l0", "_:l1") for other in others)


# --- blank nodes that only their comments tell apart


@pytest.mark.parametrize(
    "statements",
    [
        ["_:x ex:p _:y . # 1", "_:y ex:p _:x . # 2"],
        ["_:x ex:p _:x . # 1", "_:y ex:p _:y . # 2"],
        ["[] ex:p 1 . # 1", "[] ex:p 1 . # 2", "[] ex:p 1 ."],
        ["[] ex:p [ ex:p 1 ] . # 1", "[] ex:p [ ex:p 1 # 2\n ] ."],
        ["_:x ex:p _:y .", "_:y ex:q 1 . # 1", "_:z ex:p _:w .", "_:w ex:q 1 . # 2"],
        ["_:x ex:p _:y, _:z .", "_:w ex:p _:y, _:z .", "_:y ex:q 1 . # 1", "_:z ex:q 1 . # 2"],
    ],
)
def test_comments_settle_the_order_of_what_is_else_the_same(statements):
    results = set()
    for seed in range(8):
        shuffled = random.Random(seed).sample(statements, len(statements))
        results.add(check("\n\n".join([HEAD, "ex:s a ex:T .", *shuffled])))
    assert len(results) == 1


# --- nothing is written that does not say the same


def mesh(neighbours, rename):
    """Sixteen blank nodes, each with six neighbours."""

    def node(x, y):
        return BlankNode(rename(f"n{x}{y}"))

    cells = [(x, y) for x in range(4) for y in range(4)]
    predicate = NamedNode("urn:p")
    return [
        Quad(node(*cell), predicate, node(*other)) for cell in cells for other in neighbours(*cell)
    ]


def shrikhande(rename=str):
    """A mesh in which every node looks like every other, as in that of the rooks."""
    steps = [(0, 1), (1, 0), (1, 1), (0, 3), (3, 0), (3, 3)]
    return mesh(lambda x, y: [((x + a) % 4, (y + b) % 4) for a, b in steps], rename)


def rooks(rename=str):
    def reached(x, y):
        return [(x, z) for z in range(4) if z != y] + [(z, y) for z in range(4) if z != x]

    return mesh(reached, rename)


def test_same_graphs_are_told_from_different_ones():
    one = graph("_:a <urn:p> _:b, _:c . _:b <urn:q> 1 . _:c <urn:q> 2 .")
    assert is_same_graph(one, graph("_:c <urn:q> 1 . _:b <urn:q> 2 . _:x <urn:p> _:c, _:b ."))
    assert not is_same_graph(one, graph("_:a <urn:p> _:b, _:c . _:b <urn:q> 1 . _:b <urn:q> 2 ."))
    assert not is_same_graph(one, one[1:])
    triangles = "_:{0} <urn:p> _:{1} . _:{1} <urn:p> _:{2} . _:{2} <urn:p> _:{0} ."
    two = graph(triangles.format(*"abc") + triangles.format(*"def"))
    assert is_same_graph(two, graph(triangles.format(*"fbd") + triangles.format(*"eca")))
    ring = "".join(f"_:r{i} <urn:p> _:r{(i + 1) % 6} ." for i in range(6))
    assert not is_same_graph(two, graph(ring))
    assert not is_same_graph(graph("<urn:a> <urn:p> 1 ."), graph("<urn:a> <urn:p> 01 ."))
    assert not is_same_graph(graph("<urn:a> <urn:p> 'x' ."), graph("<urn:a> <urn:p> 'x'@en ."))


@pytest.mark.parametrize("seed", range(10))
def test_meshes_are_told_apart(seed):
    names = {f"n{x}{y}": f"x{y}{x}" for x in range(4) for y in range(4)}
    values = random.Random(seed).sample(sorted(names.values()), len(names))
    rename = dict(zip(names, values, strict=True)).__getitem__
    assert is_same_graph(shrikhande(), shrikhande(rename))
    assert is_same_graph(rooks(), rooks(rename))
    assert not is_same_graph(shrikhande(), rooks(rename))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace(" 1 .", " 2 ."),
        lambda text: text.replace("<urn:b> <urn:p> 1 .", ""),
        lambda text: text + "<urn:a> <urn:q> 1 .\n",
        lambda text: text.replace("# comment\n", ""),
        lambda text: text.replace("# comment", "# Comment"),
        lambda text: text + "# comment\n",
        lambda text: text + '"',
        lambda text: text.replace("[]", "<urn:x>"),
        lambda text: text.replace("[]", "_:b") + "_:b <urn:q> 1 .\n",
    ],
)
def test_a_result_that_says_something_else_is_not_written(damage, monkeypatch, tmp_path, capsys):
    path = tmp_path / "a.ttl"
    path.write_text(f"{UNTIDY} # comment\n<urn:a> <urn:p> [] .\n", encoding="utf-8")
    before, write = path.read_bytes(), formatter.write_turtle
    monkeypatch.setattr(formatter, "write_turtle", lambda *given: damage(write(*given)))
    assert main(["fmt", str(path)]) == 2
    assert f"error: {path} cannot be put into canonical form" in capsys.readouterr().err
    assert path.read_bytes() == before
    with pytest.raises(OutputError):
        formatted(before.decode())


# --- the command


@pytest.fixture
def untidy(tmp_path):
    path = tmp_path / "untidy.ttl"
    path.write_text(UNTIDY, encoding="utf-8")
    return path


@pytest.fixture
def call(capsys):
    """Call the command: (status, standard output, standard error)."""

    def call(*args):
        status = main(["fmt", *map(str, args)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def program(*args, given=b"", **more):
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ip5kg", "fmt", *map(str, args)],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        **more,
    )


def test_a_file_is_rewritten_once(untidy, call):
    assert call(untidy) == (0, "", f"{untidy} rewritten.\n")
    assert untidy.read_bytes() == TIDY.encode()
    stamp = untidy.stat()
    assert call(untidy) == (0, "", "")
    assert (untidy.stat().st_ino, untidy.stat().st_mtime_ns) == (stamp.st_ino, stamp.st_mtime_ns)


def test_check_names_what_differs_and_changes_nothing(untidy, call):
    (untidy.parent / "tidy.ttl").write_text(TIDY, encoding="utf-8")
    said = f"{untidy} is not in canonical form.\n"
    assert call("--check", untidy.parent) == (1, said, "")
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert call(untidy)[0] == 0
    assert call("--check", untidy.parent) == (0, "", "")


@pytest.mark.parametrize(
    "data",
    [
        TIDY.encode("utf-8-sig"),
        TIDY.replace("\n", "\r\n").encode(),
        TIDY.encode().rstrip(),
        TIDY.encode() + b"\n",
        b"\n",
    ],
)
def test_check_sees_every_byte(tmp_path, call, data):
    path = tmp_path / "a.ttl"
    path.write_bytes(data)
    assert call("--check", path)[0] == 1
    assert call(path)[0] == 0
    assert path.read_bytes() == TIDY.encode() * bool(data.strip())
    assert call("--check", path)[0] == 0


@pytest.mark.parametrize("name", ["untidy.ttl", "with blank.ttl"])
@pytest.mark.parametrize(
    "text",
    [
        UNTIDY,
        UNTIDY + "\r\n# \x85 \u2028 \x0c end",
        "\ufeff" + TIDY,
        TIDY.replace("\n", "\r\n"),
        TIDY.rstrip(),
        "\n".join(f"<urn:{n}> <urn:p> '''a\n{n}''' ." for n in range(40, 0, -1)),
    ],
)
def test_diff_is_what_patch_takes(tmp_path, monkeypatch, call, name, text):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.write_bytes(text.encode())
    status, difference, talk = call("--diff", name)
    assert (status, talk) == (1, "")
    assert call("--diff", "--check", name) == (1, difference, "")
    assert path.read_bytes() == text.encode()
    assert difference.startswith(f"--- {name}")
    if shutil.which("patch"):
        again = ["patch", "-p0", "--binary", "--posix"]
        subprocess.run(again, input=difference.encode(), check=True, capture_output=True)
        assert call("--check", name) == (0, "", "")
    call(name)
    assert call("--diff", name) == (0, "", "")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("options", [[], ["--check"], ["--diff"]])
def test_nothing_is_written_when_one_file_is_broken(untidy, call, first, options):
    broken = untidy.with_name("broken.ttl")
    broken.write_text("<urn:a> <urn:p>\n  nonsense .", encoding="utf-8")
    files = [broken, untidy] if first else [untidy, broken]
    status, result, error = call(*options, *files)
    assert (status, result) == (2, "")
    assert error.startswith(f"error: {broken}:2:3: “nonsense” stands where an object should.\n")
    assert len(error.splitlines()) == 2
    assert untidy.read_text(encoding="utf-8") == UNTIDY


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<urn:a> <urn:p> '\xff' .", ":1:18: The byte 0xFF is not UTF-8."),
        (TIDY.encode("utf-16"), ":1:1: The byte 0xFF is not UTF-8."),
        (b"<urn:a> <urn:p> 1", ":1:18: The file ends within a statement."),
        (b"# x\n<urn:a> <urn:p> <b> .", ":2:17: “<b>” makes no IRI"),
        (b"<urn:a> <urn:p> << <urn:a> <urn:p> 1 >> .", ":1:17: “<<” came with RDF 1.2."),
        (b"<urn:a> <urn:p> 'x'@en--ltr .", ":1:20: “@en--ltr” is no language tag"),
        (b"<urn:g> { <urn:a> <urn:p> 1 }", ":1:9: “{” has no meaning in Turtle."),
        (b"ex:a ex:p 1 .", ":1:1: The prefix “ex:” is not declared."),
        (b"VERSION '1.2'", ":1:1: Versions came with RDF 1.2."),
    ],
)
def test_what_is_no_turtle_is_left_alone(tmp_path, call, data, said):
    path = tmp_path / "a.ttl"
    path.write_bytes(data)
    status, result, error = call(path)
    assert (status, result) == (2, "")
    assert error.startswith(f"error: {path}{said}")
    assert path.read_bytes() == data


def test_what_cannot_be_read_is_told(tmp_path, call):
    none = tmp_path / "none.ttl"
    assert call(none)[::2] == (2, f"error: There is no file {none}.\nhint: Check the spelling.\n")
    other = tmp_path / "a.nt"
    other.write_text(UNTIDY, encoding="utf-8")
    status, _, error = call(other)
    assert (status, error.splitlines()[0]) == (2, f"error: {other} has not the suffix of Turtle.")
    assert other.read_text(encoding="utf-8") == UNTIDY
    assert call("a\0.ttl")[0] == 2


def test_a_read_only_file_keeps_all_of_them_as_they_are(untidy, call):
    other = untidy.with_name("other.ttl")
    other.write_text(UNTIDY, encoding="utf-8")
    untidy.chmod(0o444)
    status, _, error = call(other, untidy)
    assert status == 2
    assert error.startswith(f"error: {untidy} cannot be written: it is read-only.\n")
    assert untidy.read_text(encoding="utf-8") == other.read_text(encoding="utf-8") == UNTIDY
    assert call("--check", untidy)[0] == 1
    untidy.chmod(0o640)
    assert call(untidy)[0] == 0
    assert untidy.stat().st_mode & 0o777 == 0o640
    untidy.chmod(0o444)
    assert call(untidy) == (0, "", "")


def test_a_folder_means_the_turtle_files_beneath_it(tmp_path, call):
    wanted = ["b.ttl", "a.TTL", "sub/deep/c.ttl"]
    others = [".hidden.ttl", ".venv/lib/d.ttl", "e.nt", "f.ttl.bak", "ttl"]
    for name in (*wanted, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(UNTIDY, encoding="utf-8")
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "nowhere.ttl").symlink_to("gone.ttl")
    os.mkfifo(tmp_path / "pipe.ttl")
    names = sorted(tmp_path / name for name in wanted)
    said = "".join(f"{name} is not in canonical form.\n" for name in names)
    again = (tmp_path / "b.ttl", f"{tmp_path}/sub/../b.ttl")
    assert call("--check", tmp_path, *again) == (1, said, "")
    assert call(tmp_path) == (0, "", "".join(f"{name} rewritten.\n" for name in names))
    for name in others:
        assert (tmp_path / name).read_text(encoding="utf-8") == UNTIDY
    assert call(tmp_path / ".venv")[2] == f"{tmp_path}/.venv/lib/d.ttl rewritten.\n"


def test_a_folder_without_turtle_is_said(tmp_path, call):
    assert call(tmp_path) == (0, "", f"There is no Turtle file in {tmp_path}.\n")


@pytest.mark.parametrize("names", [("",), ("untidy.ttl", ""), ("", "--check"), ("--diff", "")])
def test_an_empty_name_does_not_mean_this_folder(untidy, monkeypatch, call, names):
    monkeypatch.chdir(untidy.parent)
    status, output, error = call(*names)
    assert (status, output) == (2, "")
    assert error.startswith("error: One of FILES is empty.\n")
    assert untidy.read_text(encoding="utf-8") == UNTIDY
    assert call(".")[0] == 0
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_a_link_stays_a_link(untidy, call):
    link = untidy.with_name("link.ttl")
    link.symlink_to(untidy.name)
    assert call(link)[0] == 0
    assert link.is_symlink()
    assert untidy.read_text(encoding="utf-8") == TIDY


def test_in_a_checkout_its_own_turtle_is_meant(tmp_path, monkeypatch, call):
    monkeypatch.chdir(tmp_path)
    status, _, error = call()
    assert status == 2
    assert error.startswith("error: Name the files or folders to format")
    for name in ("ontology/a", "data/b/c", "queries/d", "e"):
        path = tmp_path / f"{name}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(UNTIDY, encoding="utf-8")
    assert call() == (0, "", "ontology/a.ttl rewritten.\ndata/b/c.ttl rewritten.\n")
    assert (tmp_path / "queries" / "d.ttl").read_text(encoding="utf-8") == UNTIDY
    assert (tmp_path / "e.ttl").read_text(encoding="utf-8") == UNTIDY


def test_standard_input_goes_to_standard_output(tmp_path):
    done = program("-", given=f"\ufeff# é\n{UNTIDY}".encode(), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == TIDY.replace("<urn:b> <urn:p>", "# é\n<urn:b> <urn:p>")
    again = program("-", given=done.stdout)
    assert (again.returncode, again.stdout, again.stderr) == (0, done.stdout, b"")
    assert program("-").stdout == b""


def test_standard_input_is_checked_too(untidy):
    done = program("-", "--check", untidy, given=UNTIDY.encode())
    said = f"standard input is not in canonical form.\n{untidy} is not in canonical form.\n"
    assert (done.returncode, done.stdout.decode()) == (1, said)
    done = program("-", "--diff", given=UNTIDY.encode())
    assert (done.returncode, done.stdout[:18]) == (1, b"--- standard input")
    assert program("-", "--check", given=TIDY.encode()).returncode == 0


@pytest.mark.parametrize("data", [b"<urn:a> nonsense", b"<urn:a> '\xff"])
def test_broken_standard_input_gives_nothing(untidy, data):
    done = program(untidy, "-", given=data)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"error: standard input:1:")
    assert untidy.read_text(encoding="utf-8") == UNTIDY


def test_standard_input_of_a_program(monkeypatch, call):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UNTIDY.encode())))
    assert call("-", "-") == (0, TIDY, "")
    monkeypatch.setattr(sys, "stdin", None)
    assert call("-")[::2] == (2, "error: Standard input cannot be read: it is closed.\n")


def test_errors_of_a_text_name_what_they_are_about():
    with pytest.raises(RdfSyntaxError, match=r"\Aname\.ttl:1:1: "):
        formatted("nonsense", file="name.ttl")
