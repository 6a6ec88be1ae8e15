"""Where the terms of a Turtle document stand; and that they are the terms the engine reads."""

import gc
import random
import re
import time
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from ip5kg.errors import InputError, RdfSyntaxError
from ip5kg.names import PREFIXES, RDF_TYPE
from ip5kg.turtle.positions import Positions, locate

ROOT = Path(__file__).parents[1]
SUITES = ROOT.parent / "shared" / "suites" / "rdf11-syntax"
NO_SUITES = "the W3C suites are not beside the repository"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF = PREFIXES["rdf"]
FIRST, REST, NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
HEAD = "@prefix e: <https://e.example/> .\n@prefix : <urn:d:> .\n"


def suite_tests(folder, *kinds):
    """Of each test of a W3C manifest: its action, the IRI of that, and its result or None."""
    manifest = SUITES / folder / "manifest.ttl"
    if not manifest.exists():
        return []
    base = f"https://w3c.github.io/rdf-tests/rdf/rdf11/{folder}/"
    tests = {}
    for quad in parse(path=manifest, format=RdfFormat.TURTLE, base_iri=base):
        if isinstance(quad.object, NamedNode):
            tests.setdefault(quad.subject, {})[quad.predicate.value] = quad.object.value
    found = []
    for test in tests.values():
        action, result = test.get(MF + "action"), test.get(MF + "result")
        if action and test[RDF_TYPE].endswith(kinds):
            name = action.removeprefix(base)
            answer = result and manifest.parent / result.removeprefix(base)
            found.append(pytest.param(manifest.parent / name, action, answer, id=name))
    return found


GOOD = suite_tests("rdf-turtle", "TurtleEval", "TurtlePositiveSyntax")
BAD = suite_tests("rdf-turtle", "TurtleNegativeSyntax", "TurtleNegativeEval")
GOOD_LINES = suite_tests("rdf-n-triples", "NTriplesPositiveSyntax")
FILES = sorted([*(ROOT / "ontology").rglob("*.ttl"), *(ROOT / "data").rglob("*.ttl")])


def text_of(path):
    """The text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def engine(text, base=None):
    return [quad.triple for quad in parse(text, RdfFormat.TURTLE, base_iri=base)]


def canonical(triples):
    """The RDFC-1.0 form, for comparing graphs."""
    dataset = Dataset([Quad(*triple) for triple in triples])
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def difference(ours, theirs):
    """How two lists of triples differ, but for the labels of blank nodes."""
    if len(ours) != len(theirs):
        return f"{len(ours)} triples, not {len(theirs)}"
    forth, back = {}, {}

    def same(ours, theirs):
        if isinstance(ours, BlankNode) and isinstance(theirs, BlankNode):
            return (
                forth.setdefault(ours, theirs) == theirs and back.setdefault(theirs, ours) == ours
            )
        return ours == theirs

    for one, other in zip(ours, theirs, strict=True):
        pairs = zip(one, other, strict=True)
        if not all(same(*pair) for pair in pairs):
            return f"{one}, not {other}"
    return ""


def triples(located):
    return [row.triple for row in located.triples]


def terms(located):
    """Each term that has a place, with its text."""
    for row in located.triples:
        places = (row.subject, row.predicate, row.object)
        for part, (term, (start, end)) in enumerate(zip(row.triple, places, strict=True)):
            yield row, part, term, located.text[start:end]


def check_places(located):
    """Let the engine read the text of each place alone; it must give the same term again."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in located.prefixes.items())
    labels, alone = {}, {}
    for row, part, term, text in terms(located):
        of_list = row.triple.predicate in (FIRST, REST) and located.text[row.subject[0]] == "("
        if of_list and part == 1:
            assert row.predicate == (row.object if term == FIRST else row.subject)
        elif of_list and part == 2 and row.triple.predicate == REST:
            assert row.object == row.subject
        elif isinstance(term, BlankNode):
            assert re.fullmatch(r"\[.*\]|\(.*\)|_:\S+", text, re.DOTALL)
            if text.startswith("_:"):
                assert labels.setdefault(text, term) == term
        else:
            alone.setdefault(
                "<" + RDF_TYPE + ">" if text == "a" and part == 1 else text, set()
            ).add(term)
    lines = "".join(f"<urn:s> <urn:p> {text} .\n" for text in alone)
    read = engine(head + lines, located.base)
    assert [{triple.object} for triple in read] == list(alone.values())


def spans(text, **options):
    """Of each triple, the texts of subject, predicate and object."""
    located = locate(text, **options)
    return [
        tuple(text[start:end] for start, end in (row.subject, row.predicate, row.object))
        for row in located.triples
    ]


# The same triples: the W3C suites and our own files


@pytest.mark.skipif(not GOOD, reason=NO_SUITES)
@pytest.mark.parametrize(("path", "base", "answer"), [*GOOD, *GOOD_LINES])
def test_suite_is_read_as_the_engine_reads_it(path, base, answer):
    text = text_of(path)
    located = locate(text, base=base)
    assert difference(triples(located), engine(text, base)) == ""
    if answer:
        assert canonical(triples(located)) == canonical(engine(text_of(answer)))


@pytest.mark.skipif(not BAD, reason=NO_SUITES)
@pytest.mark.parametrize(("path", "base", "answer"), BAD)
def test_suite_mistakes_are_told_with_their_place(path, base, answer):
    assert answer is None
    text = text_of(path)
    with pytest.raises(RdfSyntaxError) as caught:
        locate(text, base=base, file="a.ttl")
    error = caught.value
    lines = re.split(r"\r\n|\n|\r", text)
    assert 1 <= error.line <= len(lines)
    assert 1 <= error.column <= len(lines[error.line - 1]) + 1
    assert error.file == "a.ttl"
    assert error.message.startswith(f"a.ttl:{error.line}:{error.column}: ")
    assert error.message.endswith(".")
    assert "\n" not in error.message


@pytest.mark.skipif(not GOOD, reason=NO_SUITES)
@pytest.mark.parametrize(("path", "base", "answer"), GOOD)
def test_suite_terms_stand_where_they_are_said_to_stand(path, base, answer):
    located = locate(text_of(path), base=base)
    # A prefix or base that is declared again has no one meaning.
    declared = re.findall(r"(?i)(?:prefix\s+(\S*:)|(base)\s)", located.text)
    if len(set(declared)) == len(declared):
        check_places(located)
    assert answer is None or answer.exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_repository_is_read_as_the_engine_reads_it(path):
    located = locate(text_of(path), file=str(path))
    assert difference(triples(located), engine(located.text)) == ""
    check_places(located)


# Places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e:s a e:C.", [("e:s", "a", "e:C")]),
        ("e:s.t e:p.q :o.", [("e:s.t", "e:p.q", ":o")]),
        ("_:a.b :p _:c.", [("_:a.b", ":p", "_:c")]),
        ("e:s :p 1.", [("e:s", ":p", "1")]),
        ("e:s :p 1.5.", [("e:s", ":p", "1.5")]),
        ("e:s :p .5.:s :p -1.e3.", [("e:s", ":p", ".5"), (":s", ":p", "-1.e3")]),
        ("e:s :p true,false.", [("e:s", ":p", "true"), ("e:s", ":p", "false")]),
        ("<urn:s><urn:p><urn:o>.", [("<urn:s>", "<urn:p>", "<urn:o>")]),
        ("e:s :p 'x'@en-GB.", [("e:s", ":p", "'x'@en-GB")]),
        ("e:s :p '''a'b\n''c'''.", [("e:s", ":p", "'''a'b\n''c'''")]),
        ("e:s :p '', \"\", \"'' x\".", [("e:s", ":p", text) for text in ("''", '""', "\"'' x\"")]),
        ('e:s :p "\\"a", "\\\\".', [("e:s", ":p", '"\\"a"'), ("e:s", ":p", '"\\\\"')]),
        ("e:s :p \"\"\"\"\"\", ''''''.", [("e:s", ":p", '""""""'), ("e:s", ":p", "''''''")]),
        ('e:s :p """a"b""c"""^^e:d.', [("e:s", ":p", '"""a"b""c"""^^e:d')]),
        ('e:s :p "x" @en.', [("e:s", ":p", '"x" @en')]),
        ('e:s :p "x" # "\n ^^ #\'\n:d.', [("e:s", ":p", '"x" # "\n ^^ #\'\n:d')]),
        ("e:s :p 1;;;:q 2,3;.", [("e:s", ":p", "1"), ("e:s", ":q", "2"), ("e:s", ":q", "3")]),
        (r"e:a\~b\c :p 1 .", None),
        (r"e:a\~b :%41 e:\%41 .", [(r"e:a\~b", ":%41", r"e:\%41")]),
        # A character of names (PN_CHARS_BASE) that no IRI has, which the engine lets pass.
        ("e:\U000e0001 :p 1.", [("e:\U000e0001", ":p", "1")]),
        ("e:s.\u00b7- :p :a\u203f.", [("e:s.\u00b7-", ":p", ":a\u203f")]),
        ("[] :p [ ].", [("[]", ":p", "[ ]")]),
        ("[:p 1].", [("[:p 1]", ":p", "1")]),
        ("[:p 1]:q 2.", [("[:p 1]", ":p", "1"), ("[:p 1]", ":q", "2")]),
        (
            "e:s :p [:q 1 ; :r [:t e:o]; ] , 2.",
            [
                ("[:q 1 ; :r [:t e:o]; ]", ":q", "1"),
                ("[:t e:o]", ":t", "e:o"),
                ("[:q 1 ; :r [:t e:o]; ]", ":r", "[:t e:o]"),
                ("e:s", ":p", "[:q 1 ; :r [:t e:o]; ]"),
                ("e:s", ":p", "2"),
            ],
        ),
        (
            "e:s :p (1 (:x)).",
            [
                ("(1 (:x))", "1", "1"),
                ("e:s", ":p", "(1 (:x))"),
                ("(1 (:x))",) * 3,
                ("(:x)", ":x", ":x"),
                ("(1 (:x))", "(:x)", "(:x)"),
                ("(:x)",) * 3,
                ("(1 (:x))",) * 3,
            ],
        ),
        ("() :p ( ).", [("()", ":p", "( )")]),
        (
            "([:q 1]) :p 2 .",
            [
                ("[:q 1]", ":q", "1"),
                ("([:q 1])", "[:q 1]", "[:q 1]"),
                ("([:q 1])",) * 3,
                ("([:q 1])", ":p", "2"),
            ],
        ),
        ("PREFIX x: <urn:x:>x:s<urn:p>x:o.", [("x:s", "<urn:p>", "x:o")]),
        ("PREFIX x: <urn:x:>x:s:p:o.", None),
        ("@base<urn:b>.<urn:s>a<urn:o>.", [("<urn:s>", "a", "<urn:o>")]),
        ("e:s :p :o..", None),
        ("[] .", None),
        ("(1) .", None),
        ("e:s ; :p :o .", None),
        ("e:s :p [ ; ] .", None),
        ("e:s :p :o ;, :o .", None),
        ("e:s a :o , .", None),
        ("e:s :p (true1) .", None),
    ],
)
def test_terms_stand_where_all_of_them_is_written(text, expected):
    if expected is None:
        with pytest.raises(RdfSyntaxError):
            locate(HEAD + text)
        with pytest.raises(SyntaxError):
            engine(HEAD + text)
        return
    assert spans(HEAD + text) == expected
    located = locate(HEAD + text)
    assert difference(triples(located), engine(HEAD + text)) == ""
    check_places(located)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_and_columns_are_those_of_an_editor(end):
    lines = [
        "@prefix e: <https://e.example/> .",
        "",
        '# "no text',
        "e:s",
        "\te:p '𐀀𝄞é', e:x ;",
        '  e:q """one',
        "two # no comment",
        '"three" """@en ; e:r [',
        "  e:t (",
        "    1",
        "  ) ] .",
    ]
    text = end.join(lines)
    located = locate(text)
    found = {
        text[start:stop]: (located.position(start), located.position(stop))
        for row in located.triples
        for start, stop in (row.subject, row.predicate, row.object)
    }
    assert found["e:s"] == ((4, 1), (4, 4))
    assert found["e:p"] == ((5, 2), (5, 5))
    assert found["'𐀀𝄞é'"] == ((5, 6), (5, 11))
    assert found["e:x"] == ((5, 13), (5, 16))
    assert found["e:q"] == ((6, 3), (6, 6))
    assert found[end.join(['"""one', "two # no comment", '"three" """@en'])] == ((6, 7), (8, 15))
    assert found["1"] == ((10, 5), (10, 6))
    assert ((9, 7), (11, 4)) in found.values()
    assert ((8, 22), (11, 6)) in found.values()
    assert [located.line_text(number) for number in range(1, 12)] == lines
    assert located.position(0) == (1, 1)
    assert located.position(len(text)) == (11, len(lines[-1]) + 1)
    value = located.triples[2].triple.object.value
    assert value == end.join(["one", "two # no comment", '"three" '])


def test_other_characters_end_no_line():
    text = "<urn:s> <urn:p> '\x0b\x0c\x1c\x85\u2028\u2029' .\n<urn:t> <urn:p> 1 ."
    located = locate(text)
    assert located.position(located.triples[1].subject[0]) == (2, 1)
    assert located.line_text(1) == text.split("\n", maxsplit=1)[0]


def test_places_outside_of_the_text_are_refused():
    located = locate("<urn:s> a 1 .\n")
    assert located.position(14) == (2, 1)
    assert located.line_text(2) == ""
    for offset in (-1, 15):
        with pytest.raises(ValueError, match="no character"):
            located.position(offset)
    for line in (0, 3):
        with pytest.raises(ValueError, match="no line"):
            located.line_text(line)


def test_comments_are_found_and_nothing_else():
    text = (
        '#\n\t # alone \'x\r\n@prefix e: <urn:e#> . # after """\n'
        'e:a#b e:p\n e:p \'# no\', """#no\n# no""" # after\r#alone <\n, <urn:#no>.#end'
    )
    located = locate(text)
    assert [(comment.text, comment.alone) for comment in located.comments] == [
        ("#", True),
        ("# alone 'x", True),
        ('# after """', False),
        ("#b e:p", False),
        ("# after", False),
        ("#alone <", True),
        ("#end", False),
    ]
    for comment in located.comments:
        assert text.startswith(comment.text, comment.offset)


def test_prefixes_and_base_are_those_at_the_end():
    text = "PREFIX e: <a/> @base <b/c> . @prefix e: <d#> . prefix : <> BASE <../f> e:x a :y ."
    base = "https://x.example/y/z"
    located = locate(text, base=base)
    assert located.prefixes == {"e": "https://x.example/y/b/d#", "": "https://x.example/y/b/c"}
    assert located.base == "https://x.example/y/f"
    assert difference(triples(located), engine(text, base)) == ""
    assert locate("").base is None


def test_name_means_what_its_prefix_means_by_then():
    text = "PREFIX e: <urn:1:> e:a a e:a . PREFIX e: <urn:2:> e:a a e:a . BASE <urn:3:> e:a a e:a ."
    subjects = [triple.subject.value for triple in triples(locate(text))]
    assert subjects == ["urn:1:a", "urn:2:a", "urn:2:a"]


def test_blank_nodes_of_two_documents_stay_apart():
    nodes = {locate("_:x <urn:p> 1 .").triples[0].triple.subject for _ in range(2)}
    assert len(nodes) == 2


def test_terms_are_kept_as_they_are_written():
    text = r"<urn:s> <urn:p> 007, +1.50, 1E0, 'x'@EN-gb, '\u00e9\n\U0001F600'^^<urn:d> ."
    assert [triple.object for triple in triples(locate(text))] == [
        Literal("007", datatype=NamedNode(PREFIXES["xsd"] + "integer")),
        Literal("+1.50", datatype=NamedNode(PREFIXES["xsd"] + "decimal")),
        Literal("1E0", datatype=NamedNode(PREFIXES["xsd"] + "double")),
        Literal("x", language="en-gb"),
        Literal("é\n😀", datatype=NamedNode("urn:d")),
    ]


BASES = (
    *("http://a/b/c/d;p?q#f", "http://a", "http://a?q", "x:y", "x:", "x:/y/", "file:///a/b"),
    *("x:a/b", "http://a/b/../c/./d"),
)
REFERENCES = (
    *("", "#", "?", "?x", "#x", ".", "./", "..", "../", "../..", "../../../g", "/", "/./g"),
    *("/../g", "//", "//g", "///g", "////", "g", "g/", "./g/.", "g/./h", "g;x=1/../y", "g?y/../x"),
    *("g#s/../x", "http:g", "x:/a/../b", "x:./a", "HTTP://A/%7e", "g:h", "./g:h", "1:g", ":g"),
    *("%41", "%4", "%zz", "é", "[", "//[::1]/", "//[", "//a:b/", "\\u002e\\u002e/g", "\\u0020"),
    *("g.", "...", "..g", "a//../b", "a///..//../b", "#a#b", "?a?b", "\ue000", "//é/\ufff0"),
)


@pytest.mark.parametrize("base", [None, *BASES])
def test_relative_iris_are_resolved_as_by_the_engine(base):
    for reference in REFERENCES:
        text = f"<{reference}> a 1 ."
        try:
            theirs = engine(text, base)
        except SyntaxError:
            with pytest.raises(RdfSyntaxError, match="makes no IRI"):
                locate(text, base=base)
        else:
            assert triples(locate(text, base=base)) == theirs


# Mistakes


@pytest.mark.parametrize(
    ("text", "place", "said", "hint"),
    [
        ("e:s :p foo:x .", (3, 8), "foo:", "@prefix foo: <"),
        ("e:s ip5:p 1 .", (3, 5), "ip5:", "@prefix ip5: <https://w3id.org/ip5kg/ontology#>"),
        ("e:s :p\n\n <b> .", (5, 2), "makes no IRI", "in full"),
        ("e:s :p <urn:a b> .", (3, 14), "U+0020 (SPACE)", "%20"),
        ("e:s :p <urn:a\n> .", (3, 14), "U+000A", "“>”"),
        ("e:s :p <urn:a", (3, 8), "IRI that begins here", "“>”"),
        ("e:s :p <urn:a\\n> .", (3, 14), "“\\n”", "\\u"),
        ("e:s :p <urn:%> .", (3, 8), "makes no IRI", "%20"),
        ("e:s :p 1 \n\n# end\n ", (5, 6), "ends within", " ."),
        ("e:s :p 1\ne:t :p 3 .", (4, 1), "“e:t” stands where “.”", " ."),
        ("e:s :p 1 ;\ne:t :p 3 .", (4, 8), "“3” stands where “.”", " ."),
        ("e:s :p [ :q ( 1 2 .", (3, 19), "“.” stands where an object", "before"),
        ("e:s :p [ :q 1 .", (3, 15), "“.” stands where “;”, “,” or “]”", ""),
        ("e:s :p [ :q ( 1 2 ", (3, 13), "“(”", ""),
        ("e:s :p [ :q 1 ; ", (3, 8), "“[”", ""),
        ("e:s :p ( 1 ] .", (3, 12), "“]”", ""),
        ("e:s :p ) .", (3, 8), "“)”", ""),
        ("e:s :p “x” .", (3, 8), "LEFT DOUBLE QUOTATION MARK", "straight"),
        ("e:s :p x .", (3, 8), "“x”", "quotation"),
        ("e:s A e:C .", (3, 5), "“A” stands where a predicate", "prefix"),
        ('e:s :p "a\nb" .', (3, 8), "does not end", '"""'),
        ('e:s :p """a\nb" .', (3, 8), "does not end", '"""'),
        ("e:s :p '\\x' .", (3, 9), "“\\x”", "two"),
        ("e:s :p '\n", (3, 8), "does not end", "'''"),
        ("e:s :p '''\n\n \\u12G4''' .", (5, 2), "“\\u”", "Four"),
        ("e:s :p '\\uD83D\\uDE00' .", (3, 9), "“\\u”", "Four"),
        ("e:s :p '\\U00110000' .", (3, 9), "“\\U”", "Eight"),
        ("e:s :p '𐀀' :x .", (3, 12), "“:x”", ""),
        ("e:s\u00a0:p 1 .", (3, 4), "U+00A0 (NO-BREAK SPACE)", ""),
        ("e:s :p -a .", (3, 8), "sign", "in full"),
        ("e:s :p + 1 .", (3, 8), "sign", "digits"),
        ("e:s :-p 1 .", (3, 6), "sign", "in full"),
        ("e:s e:a%4 1 .", (3, 8), "hexadecimal", ""),
        ("e:s e:a\\b 1 .", (3, 8), "backslash", ""),
        ("_: :p 1 .", (3, 1), "no label", "_:"),
        ("?s :p 1 .", (3, 1), "variables", "_:"),
        ("{ e:s :p 1 }", (3, 1), "“{”", "TriG"),
        ("e:s :p 'x'^:d .", (3, 11), "^", "^^"),
        ("e:s :p 'x'^^'d' .", (3, 13), "datatype", "IRI"),
        (f"e:s :p 'x'^^<{RDF}langString> .", (3, 13), "no language tag", "@en"),
        ("e:s :p 'x'@toolongtag .", (3, 11), "no language tag", "@en"),
        ("e:s :p 'x'@en--ltr .", (3, 11), "no language tag", "RDF 1.2"),
        ("e:s :p <<( e:s :p 1 )>> .", (3, 8), "RDF 1.2", "RDF 1.1"),
        ("e:s :p 1 {| :q 2 |} .", (3, 10), "RDF 1.2", "RDF 1.1"),
        ("e:s :p 1 ~ :r .", (3, 10), "RDF 1.2", "RDF 1.1"),
        ('VERSION "1.2"', (3, 1), "RDF 1.2", "RDF 1.1"),
        ("@prefix x <urn:x> .", (3, 9), "colon", ""),
        ("@prefix x:y <urn:x> .", (3, 9), "colon", ""),
        ("@prefix x: x:y .", (3, 12), "IRI", ""),
        ("@prefix x: <urn:x>\ne:s a e:o .", (4, 1), "“.”", ""),
        ("PREFIX x: <urn:x> .", (3, 19), "“.”", ""),
        ("@Prefix x: <urn:x> .", (3, 1), "“@Prefix”", ""),
        ("prefıx x: <urn:x>", (3, 1), "“prefıx”", ""),
        ("baſe <urn:x>", (3, 1), "“baſe”", ""),
        ("e:s :p 'x\ud800' .", (3, 10), "U+D800", ""),
        ("e:s :p 1 . \ufeff", (3, 12), "stands where", ""),
        ("e:s :p \x00", (3, 8), "U+0000", ""),
    ],
)
def test_mistakes_are_told_with_their_place(text, place, said, hint):
    with pytest.raises(RdfSyntaxError) as caught:
        locate(HEAD + text, file="a.ttl")
    error = caught.value
    line, column = place
    assert (error.file, error.line, error.column) == ("a.ttl", line, column)
    assert error.message.startswith(f"a.ttl:{line}:{column}: ")
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert said in error.message
    assert hint in error.hint


def test_mistake_in_a_text_without_a_name_is_told_in_a_sentence():
    with pytest.raises(RdfSyntaxError) as caught:
        locate("\n 1")
    assert caught.value.message.startswith("Line 2, column 2: “1” stands where ")


def test_base_that_is_no_iri_is_told():
    with pytest.raises(InputError, match=r"a\.ttl cannot be read with the base <no iri>"):
        locate("", base="no iri", file="a.ttl")


# Where the engine is wrong


@pytest.mark.parametrize(
    ("text", "object_", "subjects"),
    [
        # A full stop that follows an escape in one name.
        (r"e:a\~. e:s a 1 .", "https://e.example/a~", ["https://e.example/s"]),
        (r"e:a\~.", "https://e.example/a~", []),
        (r"e:a\.b.", "https://e.example/a.b", []),
        (r"e:a\..", "https://e.example/a.", []),
        # A literal, a full stop and a name, without white space.
        ("true.:s a 1 .", "true", ["urn:d:s"]),
        ("1.e:s a 1 .", "1", ["https://e.example/s"]),
    ],
)
def test_grammar_is_followed_where_the_engine_is_wrong(text, object_, subjects):
    document = f"{HEAD}e:s a {text}"
    (first, *others) = triples(locate(document))
    assert first.object.value == object_
    assert [triple.subject.value for triple in others] == subjects


# Random mistakes: both refuse, or both read the same

ENGINE_IS_WRONG = re.compile(
    r"\\[_~.!$&'()*+,;=/?#@%-]\S*\.|\b(?:true|false)\.+:|[0-9]\.?[eE](?![+-]?[0-9])"
)
PIECES = (
    *"[]().;,\"'\\<>#:%@=~|^{}+-éa1eE \n\r\t\x00\u00b7\u2028\ufeff𐀀",
    *('"""', "'''", "\\u0041", "\\n", "\\uD800", "\\~", "%41", "@en", "@prefix", "PREFIX"),
    *("@base", "^^", "_:", "_:a", "true", "false", "1.", ".5", "1e", "x:", "<x:y>", "<>", "<a>"),
    *('"x"', "# ", "[]", "()", " . "),
)


def attempt(text, base=None):
    """What comes of it: places, or an error."""
    try:
        return locate(text, base=base)
    except RdfSyntaxError as error:
        return error


def documents():
    """What is altered: the suites, and statements of our own files."""
    found = [text_of(parameter.values[0]) for parameter in (*GOOD, *BAD, *GOOD_LINES)]
    for path in FILES[::8]:
        head, *blocks = text_of(path).split("\n\n")
        found += [f"{head}\n\n{block}" for block in blocks[:3]]
    return found


def altered(text, chance):
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        place, other = chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)
        piece = chance.choice(PIECES)
        change = chance.randrange(8)
        if change == 0:
            text = text[:place]
        elif change == 1:
            text = text[:place] + text[place + chance.randrange(1, 4) :]
        elif change == 2:
            text = text[:place] + text[other : other + 25] + text[place:]
        elif change <= 4:
            text = text[:place] + piece + text[place + 1 :]
        else:
            text = text[:place] + piece + text[place:]
    return text


@pytest.mark.parametrize("seed", range(8))
def test_altered_documents_are_read_as_by_the_engine_or_by_neither(seed):
    chance = random.Random(seed)
    originals = documents()
    read = refused = 0
    for _ in range(600):
        text = altered(chance.choice(originals), chance)
        if ENGINE_IS_WRONG.search(text):
            continue
        base = chance.choice((None, "https://x.example/a/b"))
        try:
            theirs = engine(text, base)
        except SyntaxError:
            theirs = None
        ours = attempt(text, base)
        if isinstance(ours, Positions) and theirs is not None:
            assert difference(triples(ours), theirs) == "", text
            read += 1
        else:
            # We do not read all that the engine reads.
            assert isinstance(ours, RdfSyntaxError), text
            assert theirs is None or "RDF 1.2" in f"{ours} {ours.hint}", text
            refused += 1
    assert min(read, refused) > 50


SUBJECTS = ("e:a", "e:b.c", ":", ":x:y", "<urn:i>", "<rel#f>", r"e:\~z", "e:%41-", "é:é", "_:n.1")
PREDICATES = SUBJECTS[:-1]
LITERALS = (
    *("1", "-.5", "1.5e3", "true", "'x'", '"x"@en', "'''\n'''^^e:d", '""', '"\\n\\u00e9" @de-ch'),
)


class Author:
    """Writes well-formed documents in odd layouts."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def several(self, write, most=3, least=0, between=""):
        return between.join(write() for _ in range(self.chance.randint(least, most)))

    def gap(self):
        return self.chance.choice(("", "", "", " ", "\n", "\r\n\t", "\r", " # ' \" [\n"))

    def word(self, words):
        return self.chance.choice(words) + self.chance.choice((" ", "\n", "\r\n\t", " # < ( \n"))

    def mark(self, mark):
        return mark + self.gap()

    def term(self, depth):
        kind = self.chance.randrange(8 if depth else 4)
        if kind < 4:
            return self.word(SUBJECTS if kind < 2 else LITERALS)
        if kind < 6:
            return self.collection(depth)
        said = self.said(depth - 1) if kind == 6 else ""
        return self.mark("[") + said + self.mark("]")

    def collection(self, depth):
        items = self.several(lambda: self.term(depth - 1))
        return self.mark("(") + items + self.mark(")")

    def said(self, depth):
        return self.several(
            lambda: self.verb_and_objects(depth), least=1, between=self.mark(";")
        ) + self.mark(";") * self.chance.choice((0, 0, 1, 2))

    def verb_and_objects(self, depth):
        verb = self.word((*PREDICATES, "a"))
        return verb + self.several(lambda: self.term(depth), 2, 1, between=self.mark(","))

    def statement(self):
        kind = self.chance.randrange(4)
        if kind == 0:
            return self.collection(2) + self.said(2) + self.mark(".")
        if kind == 1:
            rest = self.said(1) if self.chance.random() < 0.5 else ""
            return self.mark("[") + self.said(2) + self.mark("]") + rest + self.mark(".")
        return self.word(SUBJECTS) + self.said(3) + self.mark(".")

    def document(self):
        head = [
            *("@prefix", "é:", "<urn:é>", ".", "pReFiX", "e:", "<urn:e/>"),
            *("@prefix", ":", "<urn:d:>", ".", "BASE", "<https://b.example/c>"),
        ]
        return "".join(map(self.word, ([word] for word in head))) + self.several(self.statement, 6)


@pytest.mark.parametrize("seed", range(150))
def test_random_documents_are_read_as_by_the_engine(seed):
    text = Author(seed).document()
    located = locate(text)
    assert difference(triples(located), engine(text)) == "", text
    check_places(located)


# Size


@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("[ e:p ", "]"), ("( 1 [ e:p 'x', (", ") ] 'y' )")]
)
def test_deep_nesting_is_read(opening, closing):
    text = f"{HEAD}e:s e:p {opening * 10_000} 1 {closing * 10_000} ."
    located = locate(text)
    assert difference(triples(located), engine(text)) == ""
    for unclosed in (f"{HEAD}e:s e:p {opening * 10_000}", f"{HEAD}e:s e:p {opening * 10_000} 1"):
        with pytest.raises(RdfSyntaxError):
            locate(unclosed)


SIZE = 50_000


@pytest.mark.parametrize(
    "pattern",
    [
        *("e:s e:p '{a*}", "e:s e:p '''{a*}", "e:s e:p '''{'' *}", "e:s e:p '{\\n*}"),
        *("e:s e:p <{a*}", "e:s e:p <{\\u0041*}", "{a.*}", "{a.*}:", "e:{a.*}", "e:{%41*}%"),
        *("_:{a.*}", "{.*}", "{ *}", "{1*}e", "e:s e:p {1*}.{1*}e", "e:s e:p 1{;*}"),
        *("e:s e:p 'x'@{a-*}", "{#\n*}", "e:s e:p {( *}", "e:s e:p {[ a *}", "{[*}", "{<*}"),
        *("{a*}:b a 1 .", "e:s e:p '{\\*}", "{\r*}", "{e:s a 1.*}.", "e:s e:p <urn:{%*}> ."),
    ],
)
def test_time_is_linear_in_the_size_of_the_text(pattern):
    def seconds(size):
        text = re.sub(
            r"\{(.+?)\*\}", lambda m: m[1] * (size // len(m[1])), pattern, flags=re.DOTALL
        )
        best = float("inf")
        # The collector's passes depend on all that lives in the process, not on the text alone.
        gc.disable()
        for _ in range(2):
            start = time.process_time()
            result = attempt(HEAD + text)
            best = min(best, time.process_time() - start)
        gc.enable()
        if isinstance(result, RdfSyntaxError):
            assert len(result.message) + len(result.hint) < 1000
        return best

    # Four times the size takes sixteen times the seconds where time is quadratic.
    assert seconds(4 * SIZE) < 10 * seconds(SIZE) + 0.05
