"""Every cell of the fact tables is in the graph: as it is, in a stated form, or on a short list.

``test_record.py`` finds the nodes of a row; here each of its cells is looked for in what these
nodes say, and in what they are tied to. What a table writes otherwise than the graph has a reading
of its own below. What is in no node stands in ``NOT_CARRIED`` with a reason, and in
``data/README.md``.
"""

import datetime
import re
from collections import defaultdict
from typing import NamedTuple

import pytest

from fact_tables import (
    CITED_ELSEWHERE,
    FACTS,
    OFFICES,
    RELEASE,
    TABLES,
    Graph,
    meetings_by_id,
    rows,
    sources,
)

STEPS = 2
"""How far from the nodes of a row its values may stand: a person's tenure, its post, its office."""

WIDE = frozenset(
    ["passage", "source", "scheme", "region", "indicator", "dataset", "topic", "confidence"]
)
OWN = frozenset(["initiative", "meeting", "name", "person"])
"""Kinds of things of which what points to them says nothing, and says more, of a row."""

ORGANISATIONS = frozenset(["office", "organisation", "association", "group"])
OF_ORGANISATIONS = frozenset(["name", "name-change", "founding", "supervision", "membership"])
"""What points to organisations and says something of them, not of what they took part in."""

OWN_WORDS = (
    "note",
    "purpose_in_own_words",
    "what_in_own_words",
    "definition_own_words",
    "legal_basis",
)
"""Columns in our own words. A clause is found in one text, but for what speaks of the table."""

KEYS = frozenset(
    [
        "meeting_id",
        "outcome_id",
        "initiative_id",
        "subject_initiative_id",
        "object_id",
        "person_id",
        "org_id",
        "assoc_id",
        "indicator_id",
        "parent_initiative_id",
        "body_initiative_id",
    ]
)
"""Columns that name a row of another table, or the row itself: the matchers read them."""

ELSEWHERE = frozenset(["confidence"])
"""What test_record.py holds every row to."""

OF_SOURCES = ("source_url", "source_title", "source_publisher")


class Around:
    """What the graph says of a row: the texts of its nodes and of those that they are tied to."""

    def __init__(self, graph):
        self.graph = graph
        self.pointing = defaultdict(set)
        for thing, values in list(graph.things.items()):
            for found in list(values.values()):
                for value in found - {thing}:
                    self.pointing[value].add(thing)

    def things(self, nodes):
        """The nodes, what they point to and what points to them, a few steps far."""
        found = new = set(nodes)
        for step in range(STEPS):
            new = {
                other
                for node in new
                for other in (*self._forward(node), *self._backward(node, step))
                if other in self.graph.things
            } - found
            found = found | new
        return found

    def _forward(self, node):
        return {v for values in self.graph.things[node].values() for v in values}

    def _backward(self, node, step):
        kind = node.partition(":")[0]
        if kind in ORGANISATIONS:
            return {one for one in self.pointing[node] if one.partition(":")[0] in OF_ORGANISATIONS}
        return self.pointing[node] if kind in OWN or (not step and kind not in WIDE) else set()

    def texts(self, nodes):
        """What is said: texts, names of things and the last parts of these."""
        things = self.things(nodes)
        found = {v for t in things for values in self.graph.things[t].values() for v in values}
        found |= things
        return found | {name.rpartition(":")[2] for name in found if ":" in name}


def plain(text):
    """Only words, in small letters."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def slug(text):
    return plain(text).replace(" ", "-").replace("_", "-")


def several(text):
    return [part for part in re.split(r"\s*(?:;|\|)\s*", text) if part]


# What a table says of itself, and not of the world.
OF_THE_TABLE = re.compile(
    r"conflict row( on the title)?:? ?|conflict \((not )?preferred\): |suspect: |"
    r"(date |meeting count )?conflict:? |"
    r"launching meeting left blank|organisation date [^.]* used as valid_from|"
    r"seat_city is the capital|\(next row\)|"
    r"second part of the id is the organisation|\(not in these tables\)|"
    r"ip5 office: [^.]*|other source\(s\) give [0-9., ]*;?|\((see )?[a-z0-9]+(-[a-z0-9]+)+\)|"
    r"iso3166 is that of the seat(, not of the region)?|"
    r"replaced by the name in row unice-employers|"
    r"not found again in the second search|\(see epc_states.csv\)|"
    r"(found |explained )?in (the )?store\b|the stored copy drops the year from the heading|"
    r"row office read as [^;]*",
    re.IGNORECASE,
)


REWORDED = {
    "page undated": "the page is undated",
    "perhaps the same person as miyashita jipa": (
        "perhaps the same person as miyashita of 2014 to 2017"
    ),
    "perhaps the same person as takenaka jipa 2012": "perhaps the same person as takenaka of 2012",
    "perhaps the same person as takenaka jipa 2014": "perhaps the same person as takenaka of 2014",
}
"""Clauses that name a row of a table, or leave words out."""

OTHER_VALUES = re.compile(r"other source\(s\) give ([0-9][0-9.]*(?:, [0-9][0-9.]*)*)")
"""In a note on a conflict, what the statements in conflict say."""

LONG = 3
"""A text of more letters than this is found by chance in no other place."""


def clauses(text):
    """The clauses of a note, without what it says of the table."""
    text = OF_THE_TABLE.sub(" ", text.replace("this file", "this record"))
    found = re.split(r"[.;:] |[.;]$|[()]|, | but ", text)
    return [REWORDED.get(clause, clause) for clause in map(plain, found) if clause]


class Cell(NamedTuple):
    """A cell, its row, and the reader of the graph."""

    text: str
    row: dict
    reader: object


class Reader:
    """Finds a cell of a row among what the graph says of the row."""

    def __init__(self, graph, languages):
        self.graph, self.around, self.languages = graph, Around(graph), languages
        self.meetings = meetings_by_id(graph)
        self.documents = documents()
        self.by_address = defaultdict(set)
        for source in graph.members["Source"]:
            for address in graph.addresses_of(source):
                self.by_address[address].add(source)

    def missing(self, table, row):
        """List the columns of a row that are not in the graph."""
        nodes = sorted(set(TABLES[table](self.graph, row)))
        texts = self.around.texts(nodes)
        said = Said(texts)
        return [
            column
            for column, cell in row.items()
            if cell and column not in KEYS | ELSEWHERE and not self._found(table, column, row, said)
        ]

    def _found(self, table, column, row, said):
        cell = row[column]
        if column in OF_SOURCES:
            return self._documented(column, row)
        if column in OWN_WORDS:
            other = [n for given in OTHER_VALUES.findall(cell) for n in given.split(", ")]
            return all(map(said.clause, clauses(cell))) and all(map(said.value, other))
        reading = READINGS.get((table, column)) or READINGS.get(column)
        # Where it is stored otherwise, a cell as it is stands there for another reason.
        if reading is None or (
            reading not in (last_day, began_at) and said.value(cell) and len(cell) > LONG
        ):
            return said.value(cell)
        found = reading(Cell(cell, row, self))
        if isinstance(found, bool):
            return found
        longer = said.clause if reading is and_in_brackets else said.value
        return all(said.value(value) or longer(plain(value)) for value in found)

    def _documented(self, column, row):
        """One document has one title and one publisher, those of one of the tables.

        A title in brackets describes, and stands as a description where it is not in English.
        """
        for address in row["source_url"].split(" | "):
            known = RELEASE if address.startswith("source/") else address
            if not self.by_address[known]:
                return False
            if column == "source_url" or address.startswith("source/"):
                continue
            name = {"source_title": "title", "source_publisher": "publisherName"}[column]
            given = {plain(text) for text in self.documents[address][column]}
            kept = {
                plain(text)
                for source in self.by_address[known]
                for text in self.graph.things[source][name]
                | self.graph.things[source]["label"]
                | self.graph.things[source]["description"]
            }
            if not any(text in other for text in given for other in kept):
                return False
        return True


def documents():
    """What the tables give as title and publisher of each address."""
    found = defaultdict(lambda: defaultdict(set))
    for table in TABLES:
        for row in rows(table):
            addresses = row.get("source_url", "").split(" | ")
            for column in OF_SOURCES[1:]:
                texts = re.split(r" \| ", row.get(column, ""))
                if len(texts) == len(addresses):
                    for address, text in zip(addresses, texts, strict=True):
                        found[address][column].add(text)
    return found


class Said:
    """Texts, and the same without case and marks."""

    def __init__(self, texts):
        self.texts = texts
        self.plain = {plain(text) for text in texts}
        self.slugs = {slug(text) for text in texts}

    def value(self, value):
        return value in self.texts or plain(value) in self.plain or slug(value) in self.slugs

    def clause(self, clause):
        return any(clause in text for text in self.plain)


# ------------------------------------------------ what a table writes otherwise than the graph
# Each reading returns the values to be found, or whether the cell is there.


def each(cell):
    """A list in one cell."""
    return several(cell.text)


def offices(cell):
    """Offices by their acronyms, SIPO and KIPO included; other organisations by theirs."""
    return [
        f"office:{OFFICES[name]}" if name in OFFICES else name
        for name in re.split(r"; ?| and ", cell.text)
    ]


def without_brackets(cell):
    """A remark in brackets is not part of the name."""
    return [re.sub(r" ?[(\[][^)\]]*[)\]]", "", one) for one in re.split(r"; ?", cell.text)]


REMARKS = {"as printed", "wrong", "co-chairs", "no title printed", "printed: patents deputy"}
"""Remarks of a table on a title, which the graph has as notes."""


def and_in_brackets(cell):
    """A title and its translation, a name with short form and native name: each by itself."""
    before, *inside = re.split(r"[(/\[]", cell.text)
    found = [before, *(one for part in inside for one in re.split(r"[,;)\]]", part))]
    return [one.strip() for one in found if one.strip() and one.strip() not in REMARKS]


def holder_only(cell):
    """A person and the title: the person is there by name, and has the title in a tenure."""
    return [cell.text.partition(",")[0]]


def place_or_meeting(cell):
    """Where an event took place: its meeting, or where it has none, a description."""
    nodes = TABLES["initiatives/events.csv"](cell.reader.graph, cell.row)
    said = {m for n in nodes for m in cell.reader.graph.things[n]["atMeeting"]}
    told = {d for n in nodes for d in cell.reader.graph.things[n]["description"]}
    notes = " ".join(x for n in nodes for x in cell.reader.graph.things[n]["editorialNote"])
    named = [f"meeting:{one}" for one in several(cell.text) if re.fullmatch(r"\w+-\d{4}", one)]
    return bool(said or told) and all(
        meeting in said
        or "Also listed with the heads meeting" in notes
        or ("Not preferred" in notes)
        for meeting in named
    )


def titles_of_chairs(cell):
    """The title of a chair is told, as another table has it, by the participation."""
    chairs = [
        n
        for m in cell.reader.meetings[cell.row["meeting_id"]]
        for n in cell.reader.graph.find("Participation", atMeeting=m, hasRole="role:chair")
    ]
    return bool(chairs) and all(
        cell.reader.graph.things[n]["printedTitle"]
        or "No title is printed." in cell.reader.graph.things[n]["editorialNote"]
        for n in chairs
    )


def part_of_a_label(cell):
    nodes = TABLES["meetings/outcomes.csv"](cell.reader.graph, cell.row)
    return any(
        plain(cell.text) in plain(text)
        for n in nodes
        for text in cell.reader.graph.things[n]["label"]
        | cell.reader.graph.things[n]["editorialNote"]
    )


def language(cell):
    """The language of the native name, which the graph has as its tag."""
    return (
        cell.text
        in cell.reader.languages[cell.row.get("native_name") or cell.row.get("name_native")]
    )


def acting(cell):
    kinds = {
        kind
        for n in TABLES["institutions/officials.csv"](cell.reader.graph, cell.row)
        for kind in cell.reader.graph.things[n]["hasTenureKind"]
    }
    stand_ins = {"tenure-kind:acting", "tenure-kind:performing-functions"}
    return (cell.text == "yes") == bool(kinds & stand_ins)


def end_of_sighting(cell):
    """Of somebody seen in a post on a day, the end is not before the next day."""
    if cell.row["end_precision"] == "after" and len(cell.text) == len("2021-06-23"):
        return [(datetime.date.fromisoformat(cell.text) + datetime.timedelta(days=1)).isoformat()]
    return [cell.text]


def last_day(cell):
    """The last day of an initiative, which ended the day after it.

    What another succeeded on that day ended with it: the day of a hand-over is the successor's.
    A month stays as it is stated.
    """
    node = f"initiative:{cell.row['initiative_id']}"
    things = cell.reader.graph.things
    ends = {end for key in ("end", "endEarliest", "endLatest") for end in things[node][key]}
    if len(cell.text) < len("2021-06-23"):
        return things[node]["end"] == {cell.text}
    successors = {
        one
        for relation in cell.reader.graph.find(
            "Relation", relatedTo=node, hasRelationKind="relation-kind:succeeds"
        )
        for one in things[relation]["relationOf"]
    }
    if any(cell.text in things[one]["begin"] for one in successors):
        return ends == {cell.text}
    after = datetime.date.fromisoformat(cell.text) + datetime.timedelta(days=1)
    return ends == {after.isoformat()}


def began_at(cell):
    """The meeting with which an initiative began; no more is meant by launched."""
    node = f"initiative:{cell.row['initiative_id']}"
    return cell.reader.graph.things[node]["beganAt"] == {f"meeting:{cell.text}"}


def followed(cell):
    """A predecessor who has no tenure in the graph is named in a note."""
    nodes = TABLES["institutions/officials.csv"](cell.reader.graph, cell.row)
    notes = {note for n in nodes for note in cell.reader.graph.things[n]["editorialNote"]}
    return any(f"Predecessor: {cell.text}," in note for note in notes) or [cell.text]


KINDS = {
    "ip-office": {"ip5:PatentOffice"},
    "parent-body": {"ip5:GovernmentBody", "ip5:InternationalOrganisation"},
    "international-organisation": {"ip5:InternationalOrganisation"},
    "industry-association": {"ip5:IndustryAssociation"},
    "state": {"ip5:State"},
}


def of_row(reader, row):
    """The organisations or the state of a row of organisations.csv."""
    nodes = TABLES["institutions/organisations.csv"](reader.graph, row)
    return {thing for n in nodes for thing in reader.graph.things[n]["nameOf"] or {n}}


def class_of(cell):
    return any(
        KINDS[cell.text] & cell.reader.graph.things[thing]["type"]
        for thing in of_row(cell.reader, cell.row)
    )


def region_served(cell):
    """A state by another of its names, Europe as the region, or an international organisation."""
    if cell.text == "international":
        return class_of(cell._replace(text="international-organisation"))
    if cell.text.startswith("Europe"):
        return True if cell.row["org_id"] == "epo-org" else ["region:europe"]
    names = {"China": "CN", "United States": "US"}
    codes = {
        code
        for thing in of_row(cell.reader, cell.row)
        for country in cell.reader.graph.things[thing]["country"] | {thing}
        for code in cell.reader.graph.things[country]["isoCode"]
    }
    return names.get(cell.text) in codes or [cell.text]


def other_row(cell):
    """The name before or after: of the same organisation, or of one that it succeeded."""
    [other] = [one for one in rows("institutions/organisations.csv") if one["org_id"] == cell.text]
    here, there = of_row(cell.reader, cell.row), of_row(cell.reader, other)
    tied = {s for one in here | there for s in cell.reader.graph.things[one]["successorOf"]}
    return bool(here & there or tied & (here | there))


def supervising(cell):
    [other] = [one for one in rows("institutions/organisations.csv") if one["org_id"] == cell.text]
    return any(
        cell.reader.graph.find("Supervision", supervisedOrganisation=lower, supervisor=upper)
        for lower in of_row(cell.reader, cell.row)
        for upper in of_row(cell.reader, other)
    )


def same_entity(pattern):
    """An identifier of another data set, which the graph has as its address."""

    def read(cell):
        return [pattern.format(re.sub(r"\s|^.*/", "", cell.text))]

    return read


def coarse(cell):
    """A year, where another cell gives the month or day: of the founding, or of the first name."""
    found = {
        date
        for thing in of_row(cell.reader, cell.row)
        for node, key in (
            *((n, "date") for n in cell.reader.graph.find("Founding", foundingOf=thing)),
            *((n, "begin") for n in cell.reader.graph.find("NameUse", nameOf=thing)),
        )
        for date in cell.reader.graph.things[node][key]
    }
    return any(date.startswith(cell.text) for date in found) or [cell.text]


def office_of_region(cell):
    """The office that serves the region of the association, under whichever of its names."""
    office = f"office:{OFFICES[cell.text.upper()]}"
    members = TABLES["institutions/associations_regions.csv"](cell.reader.graph, cell.row)
    regions = {r for n in members for r in cell.reader.graph.things[n]["inRegion"]}
    return regions == cell.reader.graph.things[office]["inRegion"] != set()


def provisional(cell):
    nodes = TABLES["statistics/observations.csv"](cell.reader.graph, cell.row)
    wanted = {"yes": "true", "no": "false"}[cell.text]
    return any(wanted in cell.reader.graph.things[n]["isProvisional"] for n in nodes)


def same_number(cell):
    nodes = TABLES["statistics/observations.csv"](cell.reader.graph, cell.row)
    return any(
        float(v) == float(cell.text) for n in nodes for v in cell.reader.graph.things[n]["value"]
    )


def country_by_code(cell):
    """A country under the name that the World Bank uses; its code is that of the office's state."""
    [office] = {f"office:{OFFICES[cell.row['office']]}"}
    return any(
        cell.row["iso3"] in cell.reader.graph.things[state]["isoAlpha3"]
        for state in cell.reader.graph.things[office]["country"]
    )


def seat(cell):
    """The seat at the time of a name, or the capital of a state."""
    things = cell.reader.graph.things
    return any(
        cell.text in things[place]["label"]
        for n in TABLES["institutions/organisations.csv"](cell.reader.graph, cell.row)
        for place in things[n]["seatThen"] | things[n]["capital"]
    )


def website(cell):
    """The website at the time of a name."""
    return any(
        cell.text in cell.reader.graph.things[n]["websiteThen"]
        for n in TABLES["institutions/organisations.csv"](cell.reader.graph, cell.row)
    )


def of_the_data_set(cell):
    [text] = cell.reader.graph.things["dataset:world-bank"]["description"]
    return all(words in text for words in ("CC BY 4.0", "general terms", "no licence text"))


READINGS = {
    ("initiatives/events.csv", "where_or_meeting"): place_or_meeting,
    ("initiatives/initiatives.csv", "name"): without_brackets,
    "topics": each,
    "participating_offices": offices,
    "lead_office": offices,
    ("institutions/associations_regions.csv", "ip5_office"): office_of_region,
    "from_name": and_in_brackets,
    "to_name": and_in_brackets,
    "predecessor": followed,
    "native_lang": language,
    "acting": acting,
    ("institutions/officials.csv", "end_date"): end_of_sighting,
    ("initiatives/initiatives.csv", "end_date"): last_day,
    "launched_at_meeting": began_at,
    "post_title": without_brackets,
    ("institutions/organisations.csv", "kind"): class_of,
    "country_or_region": region_served,
    ("institutions/organisations.csv", "region"): region_served,
    "succeeded_by": other_row,
    "former_of": other_row,
    "parent_org_id": supervising,
    "name_en": without_brackets,
    "wikidata": same_entity("http://www.wikidata.org/entity/{}"),
    "isni": same_entity("https://isni.org/isni/{}"),
    "geonames": same_entity("https://sws.geonames.org/{}/"),
    "seat_city": seat,
    "website": website,
    "wipo_st3": each,
    "alt_acronyms": each,
    "founded": coarse,
    "title_as_printed": and_in_brackets,
    "chair_title": titles_of_chairs,
    "person_printed": and_in_brackets,
    "person_western": without_brackets,
    "chair_person": without_brackets,
    "on_behalf_of": holder_only,
    "host_office": offices,
    "short_name": part_of_a_label,
    "spellings": each,
    "provisional": provisional,
    ("statistics/observations.csv", "value"): same_number,
    ("statistics/worldbank-patent-applications.csv", "country"): country_by_code,
    "licence": of_the_data_set,
}


# ------------------------------------------------ what is not carried

NOT_CARRIED = {
    ("initiatives/initiatives.csv", "launched_at_meeting"): {
        "ip5-industry-dialogue": "its first meeting, which the table lists with the heads",
        "ip5-industry-tenth-anniversary": "the meeting with industry the day before",
        "sustainable-innovation-dialogue-2023": "itself a meeting, before that of the heads",
    },
    ("institutions/officials.csv", "end_date"): {
        "shen-changyu": "one tenure under two names of the office: it did not end in between",
        "he-zhimin": "one tenure under two names of the office: the last sighting is later",
    },
    ("institutions/officials.csv", "start_date"): {
        "shen-changyu": "one tenure under two names of the office: it began earlier",
        "he-zhimin": "one tenure under two names of the office: the first sighting is earlier",
    },
    ("institutions/organisations.csv", "kind"): {
        "us-superintendent": "an official of the Department of State, before there was an office",
    },
    ("meetings/meetings.csv", "series"): {
        "ip5-users-2023": "the associations met without the heads: a series of its own",
        "ip5-geneva-2007": "in no series",
        "ip5-geneva-2008": "in no series",
        "ip5-pmt-2018": "in no series",
    },
}
"""Table and column → the first cell of the row → why the cell is in no node as it is."""


@pytest.fixture(scope="module")
def reader(kg):
    if not FACTS.is_dir():
        pytest.skip("the fact tables are not beside the project")
    languages = defaultdict(set)
    query = "SELECT DISTINCT ?text WHERE { ?s ?p ?text FILTER(LANG(?text) != '') }"
    for (text,) in kg.store.select(query).rows:
        languages[text.value].add(text.language)
    return Reader(Graph(kg.store), languages)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_cell_is_in_the_graph_or_on_the_list(table, reader):
    missing = defaultdict(set)
    for row in rows(table):
        for column in reader.missing(table, row):
            missing[column].add(next(iter(row.values())))
    listed = {column: set(keys) for (name, column), keys in NOT_CARRIED.items() if name == table}
    assert dict(missing) == listed


def test_a_cell_that_is_in_no_node_is_missed(reader):
    """The reader could miss something: it does when a cell says something else."""
    [row, *_] = [r for r in rows("institutions/organisations.csv") if r["org_id"] == "kr-opa"]
    assert reader.missing("institutions/organisations.csv", row) == []
    changed = {**row, "seat_city": "Busan", "note": "Founded by decree. Opened in 1977."}
    assert reader.missing("institutions/organisations.csv", changed) == ["seat_city", "note"]
    [row, *_] = rows("meetings/attendance.csv")
    changed = {**row, "title_as_printed": "Chief of the office"}
    assert reader.missing("meetings/attendance.csv", changed) == ["title_as_printed"]
    by_name = {row["initiative_id"]: row for row in rows("initiatives/initiatives.csv")}
    row = by_name["phep-user-consultation-2015"]
    assert reader.missing("initiatives/initiatives.csv", row) == []
    # The day on which it ended, as the graph has it, is not the last day of the table.
    changed = {**row, "end_date": "2015-09-16"}
    assert reader.missing("initiatives/initiatives.csv", changed) == ["end_date"]
    [row, *_] = rows("initiatives/initiatives.csv")
    changed = {**row, "purpose_in_own_words": "Talks about trade marks"}
    assert reader.missing("initiatives/initiatives.csv", changed) == ["purpose_in_own_words"]


def test_sources_that_a_row_names_in_vain_are_told(reader, root):
    """Two events do not cite the press release: it has another event, which cites it."""
    graph, found = reader.graph, set()
    for row in rows("initiatives/events.csv"):
        nodes = TABLES["initiatives/events.csv"](graph, row)
        if not sources(row) <= {a for n in nodes for a in graph.addresses(n)}:
            found.add((row["initiative_id"], row["event"]))
            others = graph.find("InitiativeEvent", eventOf=f"initiative:{row['initiative_id']}")
            assert any(RELEASE in graph.addresses(other) for other in set(others) - set(nodes))
    assert found == set(CITED_ELSEWHERE)
    text = (root / "data" / "README.md").read_text(encoding="utf-8")
    for initiative, event in found:
        assert f"| `initiatives/events.csv` | `source_url` | `{initiative}` | *{event}*" in text


def test_what_is_not_carried_is_told_in_the_documentation(root):
    text = " ".join((root / "data" / "README.md").read_text(encoding="utf-8").split())
    for (table, column), keys in NOT_CARRIED.items():
        for key in keys:
            assert f"`{table}` | `{column}` | `{key}`" in text, (table, column, key)
