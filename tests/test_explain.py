"""Why an answer is empty: what is said is true, said soon, and never in the way."""

import random
import re
import subprocess
import sys

import pytest
from pyoxigraph import Literal, NamedNode

import ip5kg
from ip5kg.cli.main import main
from ip5kg.errors import EndpointError, QueryError, QueryRefused, QuerySyntaxError
from ip5kg.explain import MOST
from ip5kg.explain.explanation import _Finder
from ip5kg.explain.probe import Budget, GaveUp, Probe
from ip5kg.names import PREFIXES
from ip5kg.querybook import QueryBook
from ip5kg.render.explanations import explanation_text, hints
from ip5kg.resources import knowledge_root
from ip5kg.sparql.groups import asked
from ip5kg.sparql.lexer import tokens
from ip5kg.sparql.prologue import declare_prefixes
from ip5kg.store import EmbeddedStore

STORED = QueryBook(knowledge_root(None)).names()
MEETING = "?m a ip5:Meeting"


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let hints take their time where the machine is busy; one test looks at the time itself."""
    monkeypatch.setattr("ip5kg.graph._HINTED_WITHIN", 60)


def why(kg, text):
    """What is said of a query whose answer is empty."""
    outcome = kg.sparql(text)
    assert not outcome, "the answer is not empty"
    return hints(kg.why_empty(text))


# --- the reasons


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (
            f"{MEETING} ; ip5:hostBy ?o",
            "Nothing has the property ip5:hostBy. Near matches: ip5:hostedBy.",
        ),
        (
            "?m ip5:inSeries/ip5:convendBy+ ?o",
            "Nothing has the property ip5:convendBy. Near matches: ip5:convenedBy.",
        ),
        ("?m a ip5:Organization", "The graph has no class ip5:Organization. Near matches: ip5:Org"),
        (
            f"{MEETING} ; ip5:hostedBy office:jpo",
            "The graph has nothing about office:jpo. Near matches: office:jp",
        ),
        (
            "<https://w3id.org/ip5kg/id/meeting/heads-2121> ?p ?o",
            "The graph has nothing about meeting:heads-2121. Near matches: meeting:heads-2021",
        ),
        (
            f"VALUES ?m {{ meeting:heads-2121 }} {MEETING}",
            "The graph has nothing about meeting:heads-2121. Near matches: meeting:heads-2021",
        ),
        ("office:jp ip5:inSeries ?x", "office:jp has no ip5:inSeries."),
        ("office:jp a ip5:Person", "office:jp is of the class ip5:PatentOffice, not ip5:Person."),
        ("?m a 'Meeting'", 'rdf:type has "Meeting" nowhere: its values are things such as '),
        (
            "?m a [ ip5:date ?d ]",
            "“_:b0 ip5:date ?d” and “?m a _:b0” never meet: nothing fits both.",
        ),
        ("?m ip5:hostedBy series:heads", "Nothing has series:heads as its ip5:hostedBy. There are"),
        ("?m ip5:hostedBy 'x'", 'ip5:hostedBy has "x" nowhere: its values are things such as off'),
        ("?m ip5:date office:jp", "ip5:date has office:jp nowhere: its values are literals such"),
        ('?m ip5:date "2021-06-23"', 'ip5:date has "2021-06-23"^^xsd:date, not "2021-06-23".'),
        ("?m rdfs:label 'Japan'", 'rdfs:label has "Japan"@en, not "Japan".'),
        ("?m rdfs:label 'japan'@en", 'rdfs:label has "Japan"@en, not "japan"@en.'),
        ("?m ?p 'KASUTANI Toshihide'", 'The graph has "Kasutani Toshihide"'),
        (
            "?m rdfs:label ?l FILTER(?l = 'Japan')",
            '?l is "Japan"@en, never "Japan".',
        ),
        (
            "?m rdfs:label ?l FILTER('Japan' = ?l)",
            '?l is "Japan"@en, never "Japan".',
        ),
        (f"{MEETING} ; ip5:date ?d FILTER(?dd > 1)", "?dd has no value in any solution, and the f"),
        (f"{MEETING} FILTER(STRLEN(?m) > 1)", "The filter is an error in every solution, such as "),
        (f"{MEETING} FILTER(?m = meeting:x)", "The graph has nothing about meeting:x."),
        (
            f"{MEETING} ; ip5:familyName ?n",
            "Nothing of the class ip5:Meeting has ip5:familyName; what has it is of ip5:Person.",
        ),
        (
            f"?m ip5:familyName ?n . {MEETING}",
            "Nothing of the class ip5:Meeting has ip5:familyName; what has it is of ip5:Person.",
        ),
        (
            "?m ip5:hostedBy ?o . ?o a ip5:Person",
            "No value of ip5:hostedBy is of the class ip5:Person; they are of ip5:PatentOffice.",
        ),
        (
            "?m ip5:hostedBy ?o . ?p ip5:heldBy ?o",
            "“?p ip5:heldBy ?o” and “?m ip5:hostedBy ?o” never meet: nothing fits both as ?o.",
        ),
        (
            "?m a ip5:Assertion",
            "Nothing has the class ip5:Assertion itself, but narrower classes have members, such",
        ),
        (
            "GRAPH <https://w3id.org/ip5kg/graph/nowhere> { ?m a ip5:Meeting }",
            "There is no graph graph:nowhere. Near matches: <https://w3id.org/ip5kg/graph/data/",
        ),
        ("{ ?m ip5:hostBy ?o } UNION { ?m ip5:inSerie ?o }", "Near matches: ip5:inSeries."),
        ("{ SELECT ?m { ?m ip5:hostBy ?o } }", "Near matches: ip5:hostedBy."),
    ],
)
def test_the_reason_is_said(kg, pattern, said):
    sentences = why(kg, f"SELECT * {{ {pattern} }}")
    assert any(said in sentence for sentence in sentences[1:]), sentences
    assert sentences[0].startswith("Nothing is left at “")
    assert len(sentences) <= 5


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"SELECT * {{ {MEETING} }} LIMIT 0", "leaves none: LIMIT 0."),
        (f"SELECT * {{ {MEETING} }} OFFSET 1000000", "leaves none: OFFSET 1000000."),
        (
            f"SELECT ?m {{ {MEETING} }} GROUP BY ?m HAVING(COUNT(*) > 3)",
            "leaves none: GROUP BY ?m HAVING(COUNT(*) > 3).",
        ),
        (f"SELECT * {{ {MEETING} }} VALUES ?m {{ <urn:no> }}", "leaves none: VALUES ?m"),
        ("CONSTRUCT { ?m ?p 1 } WHERE { ?m ip5:hostBy ?o }", "ip5:hostedBy"),
        ("CONSTRUCT WHERE { ?m ip5:hostBy ?o }", "ip5:hostedBy"),
        ("DESCRIBE ?m { ?m ip5:hostBy ?o }", "ip5:hostedBy"),
        ("ASK { ?m ip5:hostBy ?o }", "ip5:hostedBy"),
        ("DESCRIBE office:jpo", "The graph has nothing about office:jpo. Near matches: office:jp"),
        ("DESCRIBE office:jpo FROM <https://w3id.org/ip5kg/graph/ontology/ip5>", "office:jpo."),
        (
            "SELECT * FROM <https://w3id.org/ip5kg/graph/ontology/ip5> { ?m a ip5:Meeting }",
            "This is said of the graphs of FROM",
        ),
    ],
)
def test_every_form_and_what_follows_the_pattern(kg, query, said):
    graphs = {row.g for row in kg.sparql("SELECT ?g { GRAPH ?g {} }")}
    query = query.replace("https://w3id.org/ip5kg/graph/ontology/ip5", min(graphs))
    if "FROM" in query:
        query = query.replace("ip5:Meeting", "ip5:Person")
    assert said in " ".join(why(kg, query))


def test_queries_beyond_sparql_1_1_are_not_taken_apart():
    assert asked("SELECT * { << ?s ?p ?o >> ?q ?r }") is None
    assert asked("SELECT * { ?s ?p ?o {| ?q ?r |} }") is None
    assert asked("") is None
    assert asked("SELECT") is None


# --- taking queries apart


def everything(store, text):
    """How many solutions there are with all parts of a query, joined again."""
    taken = asked(text)
    parts = sorted(taken.group.parts, key=lambda part: part.kind == "FILTER")
    joined = "\n".join(part.text for part in parts)
    return Probe(store, taken, Budget(60)).count(joined, MOST)


@pytest.mark.parametrize("name", STORED)
def test_a_stored_query_taken_apart_is_still_the_same(kg, name):
    text = kg.queries.get(name).path.read_text(encoding="utf-8")
    whole = re.sub(r"(?s)\nSELECT.*?\nWHERE \{(.*?)\n\}.*", r"\nSELECT * WHERE {\1\n}", text)
    assert whole != text
    found = kg.store.select(declare_prefixes(whole))
    assert everything(kg.store, declare_prefixes(text)) == len(found.rows)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    file = tmp_path_factory.mktemp("small") / "small.ttl"
    file.write_text(
        "@prefix : <urn:> . :a :p :b , :c , 1 , 1.5 , true , 'x' , 'x'@en ; :q ( 1 :b 'z' ) ;"
        " :r [ :p :d ; :q [ :r '''y''' ] ] . :b a :C ; :p _:n . _:n :p -2 . :c a :C , :D .",
        encoding="utf-8",
    )
    return EmbeddedStore([(file, "urn:g")])


@pytest.mark.parametrize(
    "pattern",
    [
        "?s :p ?o",
        "?s :p ?o ; :q ?l .",
        "?s :p ?o ,?x;; :r ?l ; . ?o a ?c",
        "?s a :C,:D. ?t a :D",
        "?s :p 1. ?s :p ?o",
        "?s :p 1.5 ; :p 'x'@en,true , \"x\" . ?o :p -2",
        "?s :r [ :p ?o ; :q [ :r ?y ] ]",
        "[ :p ?o ; :q ?l ] . ?o a ?c",
        "[] :p ?o",
        "[] :p [], _:n . _:n :p ?o",
        "?s :q ( 1 ?x 'z' )",
        "?s :q ( 1 [] ?y )",
        "( ?a :b ?c ) rdf:rest ?r",
        "?s :q/rdf:rest*/rdf:first ?m",
        "?s ^:p ?o . ?x :p|:q ?y",
        "?s !(:p|^:q) ?o",
        "?s !a ?o ; !:p ?x",
        "?s (:p/:p)? ?o",
        "?s :p+ ?o. ?o ^a* ?x",
        "?s ?p ?o # a comment . with } marks\n . ?o a ?c",
        "?s :p ?o FILTER(ISLITERAL(?o)) ?s :q ?l",
        "?s :p ?o FILTER NOT EXISTS { ?o a :C } OPTIONAL { ?o a ?c }",
        "{ ?s :p ?o } UNION { ?s :q ?o } UNION { ?s :r ?o } . ?s :p 1",
        "{ { ?s :p ?o } } MINUS { ?s :p :b . ?o a :D }",
        "GRAPH ?g { ?s :p ?o } BIND(STR(?o) AS ?t) FILTER(?t > 'urn:')",
        "{ SELECT ?s (COUNT(*) AS ?n) { ?s :p ?o } GROUP BY ?s } ?s :p ?o",
        "VALUES (?s ?o) { (:a UNDEF) (UNDEF :b) } ?s :p ?o",
        "VALUES ?s { :a :b } ?s :p ?o .",
        "BIND(1 AS ?x) ?s :p ?x",
        "?s :p 'x' , '''x''' ; :r [ :q [ :r 'y'^^xsd:string ] ]",
        "",
    ],
)
def test_a_pattern_taken_apart_is_still_the_same(small, pattern):
    prologue = f"PREFIX : <urn:> PREFIX xsd: <{PREFIXES['xsd']}> PREFIX rdf: <{PREFIXES['rdf']}>"
    text = f"{prologue} SELECT * {{ {pattern} }}"
    rows = small.select(text).rows
    assert rows
    assert everything(small, text) == len(rows)
    counts = [step.solutions for step in ip5kg.explain.explain(small, text, seconds=5, counted=True)
              .steps]  # fmt: skip
    assert None not in counts
    assert not counts or counts[-1] == len(rows)


def test_signs_in_names_of_graphs_are_left_alone(tmp_path):
    file = tmp_path / "one.ttl"
    file.write_text("<urn:a> a <urn:C> ; <urn:p> 1 .", encoding="utf-8")
    store = EmbeddedStore([(file, "urn:x/a%20b")])
    graph, thing = "GRAPH <urn:x/a%20b>", "?x a <urn:C> ; "
    text = f"SELECT * {{ {graph} {{ {thing} <urn:p> ?o ; <urn:q> '%s{{' . }} }}"
    found = ip5kg.explain.explain(store, text, seconds=60, counted=True)
    assert [step.solutions for step in found.steps] == [0, 1, 1, 0]
    assert found.reasons[0].startswith("Nothing has the property <urn:q>.")


# --- what is said is true


def holds(kg, pattern):
    return kg.store.run(declare_prefixes(f"ASK {{ {pattern} }}"))


NAME = r"(\S+?)"
TRUE_UNLESS = [
    (rf"Nothing has the property {NAME}\.(?: |$)", "?s {0} ?o"),
    (rf"The graph describes {NAME}, but nothing has this property", "?s {0} ?o"),
    (rf"The graph describes {NAME}, but has nothing of this class", "?s a {0}"),
    (rf"The graph has no class {NAME}\.(?: |$)", "?s a {0}"),
    (rf"The graph has nothing about {NAME}\.(?: |$)", "{{ {0} ?p ?o }} UNION {{ ?o ?p {0} }}"),
    (rf"Nothing has the class {NAME} itself", "?s a {0}"),
    (rf"^{NAME} is of the class .*, not {NAME}\.$", "{0} a {1}"),
    (rf"^{NAME} has no {NAME}\.$", "{0} {1} ?o"),
    (rf"Nothing has {NAME} as its {NAME}\. ", "?s {1} {0}"),
    (rf"^{NAME} has (\S.*) nowhere: ", "?s {0} {1}"),
    (rf"Nothing of the class {NAME} has {NAME}; ", "?s a {0} ; {1} ?o"),
    (rf"No value of {NAME} is of the class {NAME}; ", "?s {0} ?o . ?o a {1}"),
    (r"^“(.*?)” and “(.*?)” never meet", "{0} . {1}"),
]


def check(kg, text):
    """Make sure of what is said of a query with an empty answer; say whether it is checked."""
    taken = asked(text)
    assert taken is not None
    probe = Probe(kg.store, taken, Budget(30))
    finder = _Finder(text, probe, counted=False)
    try:
        finder.look()
    except GaveUp:
        return
    explanation = finder.explanation()
    # What is said of single graphs need not hold of all together.
    of_all = "GRAPH" not in "".join(explanation.reasons)
    for sentence in explanation.reasons if of_all else ():
        for form, pattern in TRUE_UNLESS:
            found = re.search(form, sentence)
            if found and "…" not in sentence:
                shown = (re.sub(r"\[\]|_:(\w+)", r"?_\1", group) for group in found.groups())
                asks = pattern.format(*shown)
                assert not holds(kg, asks), sentence
    at = explanation.empty_at
    assert at is None or "\n" not in at.text
    if at is None:
        return
    starts = [part for part in taken.group.parts if part.shown.startswith(at.text.rstrip("…"))]
    if starts and starts[0].kind != "FILTER":
        place = taken.group.parts.index(starts[0])
        upto = [part.text for part in taken.group.parts[: place + 1] if part.kind != "FILTER"]
        assert not probe.some("\n".join(upto))
        assert probe.some("\n".join(upto[:-1]))


def empty(outcome):
    return not (outcome if isinstance(outcome, bool) else getattr(outcome, "rows", outcome))


@pytest.mark.parametrize("name", STORED)
def test_stored_queries_with_values_that_give_nothing(kg, name):
    stored = kg.queries.get(name)
    text = declare_prefixes(stored.path.read_text(encoding="utf-8"))
    for parameter in stored.parameters:
        values = {
            "iri": NamedNode("https://w3id.org/ip5kg/id/office/no-such-thing"),
            "date": Literal("0001-01-01", datatype=NamedNode(PREFIXES["xsd"] + "date")),
            "integer": Literal(-1),
        }
        variable = next(
            (
                token.text
                for token in tokens(text)
                if re.fullmatch(rf"[?$]__?{parameter.name}(_\w+)?", token.text)
            ),
            None,
        )
        assert variable is not None
        value = values.get(parameter.type, Literal("no such thing"))
        bound = text.replace(f"{variable} ", f"{value} ").replace(f"{variable})", f"{value})")
        bound = bound.replace(f"{variable},", f"{value},")
        try:
            outcome = kg.store.run(bound)
        except QuerySyntaxError:
            continue
        if empty(outcome):
            check(kg, bound)


def test_stored_queries_that_are_spoilt_at_random(kg):
    """Names, texts and variables are swapped; what still runs and answers nothing is explained."""
    chance = random.Random(5)
    texts = [kg.queries.get(name).path.read_text(encoding="utf-8") for name in STORED]
    pool = [
        token.text
        for text in texts
        for token in tokens(text)
        if token.kind in ("name", "string", "number") and not token.text.endswith(":")
    ]
    explained = 0
    for _ in range(200):
        # The engine has no order for values of all types, so that these go without.
        text = re.split(r"\nORDER BY", chance.choice(texts))[0]
        pieces = [token.text for token in tokens(text)]
        body = pieces.index("WHERE")
        kinds = (lambda one: one in pool, lambda one: re.fullmatch(r"\?\w+", one), str.strip)
        for _ in range(chance.choice((1, 1, 2))):
            fits = chance.choice(kinds)
            places = [place for place in range(body, len(pieces)) if fits(pieces[place])]
            others = pool if fits is kinds[0] else [pieces[place] for place in places]
            if places:
                pieces[chance.choice(places)] = chance.choice(
                    ["", *others][fits is not str.strip :]
                )
        spoilt = declare_prefixes("".join(pieces))
        try:
            outcome = kg.store.run(spoilt)
        except QueryError:
            continue
        if empty(outcome):
            check(kg, spoilt)
            explained += 1
    assert explained > 30


def group(chance, depth=0):
    """Write a group of any elements, over terms that exist and some that do not."""
    some = chance.choice
    terms = {
        "node": ["?a", "?b", "?c", "office:jp", "office:jpo", "meeting:heads-2021", "[]", "_:b"],
        "property": ["a", "ip5:date", "ip5:hostedBy", "ip5:inSeries", "ip5:hostBy", "rdfs:label"],
        "value": ["?a", "?b", "?c", "ip5:Meeting", "ip5:Person", "'Japan'", "'Japan'@en", "5",
                  "'2021'", "office:jp", "series:heads", "[ a ?k ]", "( ?a )"],
    }  # fmt: skip
    parts = []
    for _ in range(some((1, 2, 2, 3))):
        kind = some("TTTTTTPFFOUMGSVB" if depth < 2 else "TTTF")
        subject, predicate, value = (some(terms[key]) for key in ("node", "property", "value"))
        if kind == "T":
            more = some(("", f" ; {some(terms['property'])} {some(terms['value'])}", ", ?d"))
            parts.append(f"{subject} {predicate} {value}{more} .")
        elif kind == "P":
            path = some(("{}/{}", "^{}/{}", "{}|{}", "({}/{})*", "{}+|{}?", "!({}|^{})"))
            parts.append(f"?a {path.format(predicate, some(terms['property']))} ?b .")
        elif kind == "F":
            condition = some(("?a = ?b", "?a != office:jpo", "?b > 5", "?z", "STR(?b) = 'Japan'"))
            inner = group(chance, 2)
            parts.append(some((f"FILTER({condition})", f"FILTER NOT EXISTS {inner}",
                               f"FILTER(?b IN ('Japan', office:jpo) || {condition})")))  # fmt: skip
        elif kind == "U":
            parts.append(f"{group(chance, depth + 1)} UNION {group(chance, depth + 1)}")
        elif kind in "OMG":
            words = {"O": "OPTIONAL", "M": "MINUS", "G": f"GRAPH {some(('?g', 'graph:no'))}"}
            parts.append(f"{words[kind]} {group(chance, depth + 1)}")
        elif kind == "S":
            end = some(("", " LIMIT 1", " OFFSET 99999", " HAVING(COUNT(*) > 999999)"))
            what = "(COUNT(*) AS ?n)" if "HAVING" in end else "DISTINCT ?a"
            parts.append(f"{{ SELECT {what} {group(chance, depth + 1)}{end} }}")
        else:
            parts.append(some((f"VALUES ?a {{ office:jpo {some(('office:jp', '5'))} }}",
                               "VALUES (?a ?b) { (UNDEF 5) }")) if kind == "V" else "")  # fmt: skip
    return f"{{ {' '.join(parts)} }}"


def test_queries_made_at_random_are_explained_truly(kg):
    chance = random.Random(11)
    explained = 0
    for _ in range(200):
        text = declare_prefixes(f"SELECT * {group(chance)} LIMIT 5")
        taken = asked(text)
        assert taken is not None
        # Such as blank nodes with one label in two groups; and what is too much for a test.
        probe = Probe(kg.store, taken, Budget(5))
        try:
            outcome = kg.store.run(text)
        except QueryError:
            continue
        if empty(outcome):
            assert not probe.some("\n".join(part.text for part in taken.group.parts))
            check(kg, text)
            explained += 1
    assert explained > 40


# --- at the command line


@pytest.fixture
def call(root, capsys):
    def call(*args):
        status = main([*args, "--root", str(root)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


WRONG = "SELECT * { ?m a ip5:Meeting ;\n ip5:hostBy ?o ; ip5:date ?d }"


def test_the_steps_are_shown_with_the_solutions_that_they_leave(call):
    status, text, talk = call("sparql", "--explain", WRONG)
    assert (status, talk) == (0, "")
    lines = text.splitlines()
    assert lines[0].split() == ["solutions", "with"]
    assert re.fullmatch(r" +\d\d+  \?m a ip5:Meeting +line 1", lines[1])
    assert re.fullmatch(r"→ +0  \?m ip5:hostBy \?o +line 2", lines[2])
    assert re.fullmatch(r" +\?m ip5:date \?d +line 2", lines[3])
    assert lines[5] == "Nothing has the property ip5:hostBy. Near matches: ip5:hostedBy."
    assert text.count("→") == 1


def test_a_query_with_an_answer_is_explained_too(call, kg):
    status, text, _ = call("sparql", "--explain", "SELECT * { ?m a ip5:Meeting OPTIONAL {?m ?x 1}}")
    assert status == 0
    [(number,)] = kg.sparql("SELECT (COUNT(*) AS ?n) { ?m a ip5:Meeting }")
    assert f" {number}  OPTIONAL {{?m ?x 1}}" in text
    assert "→" not in text
    assert text.endswith("Every step leaves solutions.\n")


def test_steps_within_are_shown_where_they_stand(kg):
    text = explanation_text(
        kg.explain("SELECT * { ?m a ip5:Meeting { ?m ip5:hostBy ?o . ?o a ?c } ?m ip5:date ?d }")
    )
    shown = [line.split("  ", 1)[-1].strip() for line in text.splitlines()]
    order = [next(n for n, line in enumerate(shown) if line.endswith(end)) for end in
             ("?m a ip5:Meeting", "?o a ?c }", "?m ip5:hostBy ?o", "?o a ?c", "?d")]  # fmt: skip
    assert order == sorted(order)
    assert text.count("→") == 2


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_hints_go_to_standard_error_alone(call, form):
    status, text, talk = call("sparql", WRONG, "--format", form)
    assert status == 0
    assert "hint" not in text
    assert "hint: Nothing is left at “?m ip5:hostBy ?o”, line 2.\n" in talk
    assert "hint: Nothing has the property ip5:hostBy. Near matches: ip5:hostedBy.\n" in talk


def test_stored_queries_and_triples_have_hints(call):
    status, text, talk = call(
        *("query", "tenures", "--as-of", "1700-01-01"),
        *("--format", "csv"),
    )
    assert (status, text.count("\n")) == (0, 1)
    assert talk.startswith("hint: Nothing is left at “")
    _, text, talk = call("sparql", "CONSTRUCT WHERE { ?m ip5:hostBy ?o }")
    assert "ip5:" not in text
    assert "ip5:hostedBy" in talk


@pytest.mark.parametrize("query", ["ASK { ?m ip5:hostBy ?o }", "SELECT * { ?m a ip5:Meeting }"])
def test_an_answer_has_no_hint(call, query):
    status, _, talk = call("sparql", query)
    assert (status, talk) == (0, "")


def test_wrong_use_is_refused(call, kg):
    for args, says in (
        (("--format", "csv"), "An explanation has one form"),
        (("--iris",), "An explanation has one form"),
        (("--endpoint", "http://127.0.0.1:9/"), "cannot be reached"),
    ):
        status, text, talk = call("sparql", "--explain", "SELECT * { ?s ?p ?o }", *args)
        assert (status, text) == (2, "")
        assert says in talk
    with pytest.raises(QuerySyntaxError):
        kg.explain("SELECT * { ?s ?p }")
    with pytest.raises(QueryRefused):
        kg.explain("SELECT * { << ?s ?p ?o >> ?q ?r }")
    with pytest.raises(QueryRefused):
        kg.explain("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }")
    with pytest.raises(QueryRefused):
        kg.explain("SELECT * FROM <urn:no> { ?s ?p ?o }")
    with pytest.raises(EndpointError):
        ip5kg.open(kg.root, endpoint="http://127.0.0.1:9/").explain("ASK {}")


def test_time_is_bounded(root):
    """The engine works on in a thread that nobody waits for, also at the end of the process."""
    endless = "?a a ?x . ?b a ?y . ?c a ?z FILTER(STRLEN(CONCAT(STR(?a), STR(?b), STR(?c))) < 0)"
    code = (
        "import sys, time, ip5kg; kg = ip5kg.open(sys.argv[1]); began = time.monotonic()\n"
        f"print(kg.why_empty({f'SELECT * {{ {endless} }}'!r}), time.monotonic() - began)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, root], capture_output=True, text=True, check=True, timeout=30
    )
    said, seconds = done.stdout.split()
    assert said == "None"
    assert float(seconds) < 5
    assert done.stderr == ""
