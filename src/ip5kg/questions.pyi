"""Each stored question as a Python function; written by scripts/docs.py."""

import datetime
from collections.abc import Iterable

from ip5kg.answers import Answer
from ip5kg.graph import KnowledgeGraph

__all__ = [
    "acknowledged_not_launched",
    "acting_heads",
    "acts_by_actor",
    "aims_of_initiatives",
    "announced_meetings",
    "announced_never_launched",
    "appearances_of_person",
    "approximate_figures",
    "association_attendance",
    "association_engagement",
    "associations_at_meeting",
    "associations_by_region",
    "beneficiaries",
    "career",
    "common_attendance",
    "common_ground",
    "concepts_in_use",
    "confidence_of_facts",
    "conflicting_dates",
    "conflicting_figures",
    "contents",
    "delegations_without_head",
    "epc_states",
    "facts_from_passage",
    "facts_per_source",
    "filings",
    "gaps",
    "heads_of_office",
    "host_rotation",
    "hosts_of_meetings",
    "identities_elsewhere",
    "indicators",
    "initiative",
    "initiative_timeline",
    "initiatives",
    "initiatives_by_kind",
    "initiatives_launched",
    "initiatives_on_topic",
    "longest_serving_heads",
    "meeting_attendees",
    "meeting_by_number",
    "meeting_chair",
    "meeting_outcomes",
    "meeting_series",
    "meetings",
    "meetings_alongside",
    "meetings_of_person",
    "members_of_group",
    "name_changes",
    "names_containing",
    "names_in_native_script",
    "next_meeting",
    "observers",
    "office_names",
    "offices",
    "organisation_names",
    "organisations_at_meeting",
    "organisations_by_kind",
    "participants_by_organisation",
    "passages_without_facts",
    "people_met",
    "relations_of_initiative",
    "represented_but_absent",
    "source_coverage",
    "sources_of",
    "spellings_of_people",
    "stand_ins",
    "statements_about",
    "statements_by",
    "statistics",
    "supervision",
    "tenures",
    "timeline",
    "took_part_in_one_only",
    "topics_of_statements",
    "weak_facts",
    "world_share",
]

def acknowledged_not_launched(
    *,
    meeting: str | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which initiatives were acknowledged at a meeting without being launched there?

    An outcome of another year is often acknowledged again; only a life-cycle event says that an
    initiative was launched.

    Args:
        meeting: Only at this meeting. Such as heads-2021.
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        initiative: The initiative.
        kind: The form that it has.
        meeting: The meeting.
        actor: Who acknowledged it.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def acting_heads(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who did the work of the head of an office without holding the post?

    Acting heads, and people who performed the functions and duties of the post, which is not
    the same. An open end is not known to have ended.

    Args:
        as_of: Only who certainly did so on this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        office: The office.
        person: Who did the work.
        kind: By what title.
        from: The first day, as stated; with precision “by”, the first day seen.
        to: The first day after, as stated; with precision “after”, the day after the last seen.
        post: The post.
        confidence: How well the sources bear it out.
        preferred: Where sources disagree about the tenure, whether this statement is taken.
        source: A document that says so; of several, the first in the alphabet of IRIs.
        fromPrecision: How exactly the first day is known.
        toPrecision: How exactly the end is known.
    """

def acts_by_actor(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which acts does each agent perform, and how often?

    Outcomes counted by the agent that made them and by act: who acknowledges, who launches, who
    merely supports.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        actor: The agent.
        act: What it did or said.
        statements: In how many outcomes.
        meetings: At how many meetings.
    """

def aims_of_initiatives(
    *,
    initiative: str | Iterable[str] | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What is each initiative to do, and to what?

    Aims as their sources state them: what is to be harmonised, standardised, promoted and so
    on. One row for each matter that an aim is about.

    Args:
        initiative: Only aims of this initiative. One or several. Such as allowable-drawings.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        initiative: The initiative.
        aimKind: What it is to do.
        about: To what it is to do that.
        aim: The aim.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def announced_meetings(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Was each announced meeting held, and by the organisation that was announced as its host?

    One row for each announcement. The host is empty until the meeting is known to have been
    held; it may then differ from the announced one. With a day, only what had been announced by
    then; a meeting that was still to come is only announced.

    Args:
        as_of: As it stood on this day. Such as 2013-01-01.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The announced meeting.
        year: The year for which it was announced.
        announcedHost: The organisation that was to hold it.
        announcedAt: The meeting at which it was announced.
        status: How far it has come.
        host: The organisation that held it.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def announced_never_launched(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which initiatives were proposed or agreed, and are not known to have been launched?

    Initiatives with an early event and without any event that shows them under way. With a day,
    as it stood then: what was launched later is listed.

    Args:
        as_of: Only what had certainly happened by this day. Such as 2016-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        initiative: The initiative.
        event: What is known of it.
        date: When that was.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def appearances_of_person(
    *,
    person: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Where did a person take part, and where was the person only represented?

    One row for each participation of the person, and one for each in which somebody else took
    part on the person's behalf.

    Args:
        person: The person. Such as tang-daren.
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The meeting.
        date: Its date, as exactly as the source gives it.
        role: The capacity in which the person, or the representative, took part.
        organisation: The organisation that was represented.
        title: The title of whoever took part, as the source prints it.
        representedBy: Who came in the person's stead; empty when the person was there.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def approximate_figures(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which figures does a source itself call approximate?

    Values that the source marks as rough, such as with “around”. A value that merely looks
    round is not listed.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        indicator: What was measured.
        office: The office or group.
        year: The calendar year.
        value: The value.
        source: The document that gives it.
        locator: Where in the document.
    """

def association_attendance(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which association met the offices in which year, at which meeting?

    Meetings that were held, of all series, in which the association took part itself or through
    a person.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2012-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        association: The association.
        year: The year.
        meeting: The meeting.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def association_engagement(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """How often has each industry association met the offices, and when first and last?

    Meetings in which the association took part as such or through a person; an association that
    has not been seen at a meeting has the count 0.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2012-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        association: The association.
        region: The IP5 region that it speaks for.
        meetings: In how many meetings it took part.
        first: Date of the first of them.
        last: Date of the last of them.
    """

def associations_at_meeting(
    *,
    meeting: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which industry associations were at a meeting, and which office serves their region?

    Associations that took part as such or through a person. The acronym is one in use on the
    day of the meeting, as far as is known; of several, the first in the alphabet.

    Args:
        meeting: The meeting. Such as industry-2021.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        association: The association.
        acronym: Its short form.
        region: The IP5 region that it speaks for.
        office: The office that serves that region.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def associations_by_region(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which industry associations speak for which IP5 region, and which office serves it?

    Every region has a row, also one for which no association is known. The offices are those of
    today.

    Args:
        as_of: Only associations that had certainly been founded by this day. Such as
            2008-06-01.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        region: The IP5 region.
        office: The office that serves it.
        association: An association that speaks for it.
        country: The state in which the association is established.
        source: A document that tells of the association; of several, the first by IRI.
    """

def beneficiaries(
    *,
    audience: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """For whose benefit is something done, by whom, and what is it?

    Outcomes that a source says are meant to serve somebody: the users of the patent system, the
    offices themselves.

    Args:
        audience: Only for the benefit of these. One or several. Such as users.
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        audience: Who is to benefit.
        act: What was done or said.
        actor: Whose act it was.
        about: The topic or initiative that it dealt with.
        meeting: The meeting.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def career(
    *,
    person: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Where has a person worked, in what post, and how is that known?

    Tenures with their dates, and organisations for which the person was seen at meetings, with
    the first and the last of these. Where sources disagree, each statement stands, and it is
    said which is preferred; having been seen is borne out as well as the best known of the
    meetings.

    Args:
        person: The person. Such as jorgenson-lisa.
        as_of: Only what had certainly begun by this day. Such as 2020-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        organisation: The organisation.
        post: The post; empty where the person was only seen.
        from: The first day, or the first day seen; a month or a year where no day is told.
        to: The first day after, as stated; with precision “after”, the day after the last seen,
            or the month or year of that; with precision “open”, nothing, for it is not known to
            have ended. Of sightings at meetings, the last.
        basis: The kind of tenure, or that the person was seen at meetings.
        confidence: How well the sources bear it out.
        preferred: Where sources disagree about the tenure, whether this statement is taken.
        source: A document that says so; of several, the first in the alphabet of IRIs.
        fromPrecision: How exactly the first day is known; empty for sightings at meetings.
        toPrecision: How exactly the end is known; empty for sightings at meetings.
    """

def common_attendance(
    *,
    at_least: int | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which people met each other most often?

    Pairs of people who took part in the same meetings, with the number of these. Each pair is
    listed once.

    Args:
        at_least: Only pairs with at least so many common meetings. By default 3. Such as 2.
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        personA: One of the two.
        personB: The other.
        meetings: At how many meetings both were.
        source: A document that names the one at one of the meetings; of several, the first by
            IRI.
    """

def common_ground(
    *,
    agent: str | None = None,
    other: str | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which matters did two agents both speak about, and what did each of them say?

    Matters of outcomes that each of the two made under its own name, alone or with others, in
    the order of the matters. By default the offices and the industry associations, each as a
    body. Each statement of the one stands beside each of the other on the same matter, so the
    time that the answer takes grows with the square of what is said on one matter.

    Args:
        agent: An agent, such as the five offices together. By default group:ip5. Such as ip5.
        other: Another agent, such as the industry associations together. By default
            group:ip5-industry. Such as ip5-industry.
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        about: The topic, initiative or meeting.
        act: What the one did or said about it.
        meeting: Where.
        otherAct: What the other did or said about it.
        otherMeeting: Where.
        source: A document that says so of the one; of several, the first by IRI.
        otherSource: A document that says so of the other.
    """

def concepts_in_use(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which concepts classify the facts, what do they mean, and how often is each used?

    Roles, acts, topics, precisions and so on, by scheme; a concept that nothing uses has the
    count 0. Links between concepts do not count as uses.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        scheme: The concept scheme.
        concept: The concept.
        uses: How many things and assertions it classifies.
        definition: What it means.
    """

def confidence_of_facts(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """How well are the facts of each kind borne out?

    Assertions, meetings and indicators counted by class and confidence.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        kind: What sort of fact it is, as a class of the ontology.
        confidence: How well the cited passages bear it out.
        facts: How many there are.
    """

def conflicting_dates(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """About the dates of which meetings do the sources disagree?

    Every date that some source gives, with the one that the meeting bears.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The meeting.
        date: The date that some sources give.
        preferred: Whether it is the date taken.
        source: A document that gives it.
    """

def conflicting_figures(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """About which figures do the sources disagree, and which is preferred?

    All values of a cell, that is of an indicator, an office and a year, for which the sources
    give more than one.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        indicator: What was measured.
        office: The office, group or the world.
        year: The year.
        value: The value.
        source: The document that gives it.
        preferred: Whether this value is the one taken.
    """

def contents(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What is in the graph, and how much of it?

    Things and assertions counted by class. The terms of the ontology and the concepts of the
    vocabularies are left out.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        kind: The class.
        things: How many members it has.
    """

def delegations_without_head(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which delegations were led by someone who did not hold the post of head?

    People who took part in the stead of a head, named or not, or who took part as head by any
    title but a substantive one: acting, or performing the functions and duties of the post.
    stand-ins tells the same participations by date.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The meeting.
        organisation: The organisation.
        person: The person who led its delegation.
        role: In what capacity the person took part.
        tenureKind: By what title the person did the work of the head, if the person did.
        insteadOf: The head who was represented, where the source says so.
        title: The title of the person, as the source prints it.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def epc_states(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which states belong to the European Patent Convention, and since when?

    Accessions as their sources date them. With a day, only the states that belonged to it then;
    none of them is known to have left.

    Args:
        as_of: Only what is in force that day. Such as 2016-05-01.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        state: The state.
        code: Its code in ISO 3166-1.
        since: The day of accession.
        confidence: How well the source bears it out.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def facts_from_passage(
    *,
    passage: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What does the graph take from one passage of a source?

    Every assertion and every thing that cites the passage, with its class.

    Args:
        passage: The passage. Such as ip5-heads-2021-press-release-p2-s1.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        kind: What sort of thing or assertion it is, as a class of the ontology.
        fact: The assertion or thing.
        confidence: How well the passages bear the assertion out; empty for things.
        source: The document of the passage.
    """

def facts_per_source(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """How much of the graph rests on each source?

    Facts are the assertions, meetings and indicators that cite a passage of the document; a
    fact with several sources counts for each.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        source: The document.
        publisher: Who published it.
        passages: How many of its passages are known.
        facts: How many facts cite them.
    """

def filings(
    *,
    office: str | Iterable[str] | None = None,
    from_: int | None = None,
    to: int | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """How many patent applications did each office receive in each year?

    Applications filed in the calendar year, as the offices count them. Where sources disagree,
    the preferred value is shown; see conflicting-figures for the others.

    Args:
        office: Only these offices. One or several. Such as jp.
        from_: Only from this year on. Such as 2010.
        to: Only up to this year. Such as 2020.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        office: The office.
        year: The year.
        applications: How many applications.
        provisional: Whether the source gives the value as one to be revised.
        source: The document that gives it.
        confidence: How well the source bears it out.
    """

def gaps(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What does the record not know?

    Meetings without a day, a host, a chair or a known participant, people who came as head of
    an office in which no tenure of theirs is known, tenures whose dates are only bracketed,
    initiatives of unknown status, and years since 2007 for which another office has a number of
    applications or grants, and this one has none. Each is a place where a contributor can help.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        what: The thing of which something is not known.
        missing: What is missing.
        source: A document that tells of the thing; of several, the first in the alphabet of
            IRIs.
    """

def heads_of_office(
    *,
    office: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who headed the offices on a given day, and by what title?

    Tenures that are certain to cover the day and, for a post without one, those that the
    sources leave possible, unless somebody else has come since. Performing the functions and
    duties of a post is not holding it. An open end is not known to have ended: such a tenure is
    certain up to the day on which the last of its documents was consulted, and only possible
    later. Without a day, that of the 14th heads meeting is taken.

    Args:
        office: Only these offices. One or several. Such as jp.
        as_of: The day. By default 2021-06-23. Such as 2025-01-20.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        office: The office.
        person: Who headed it.
        post: The post that the person held or whose work the person did.
        tenureKind: By what title.
        from: The first day, as stated; with precision “by”, the first day seen. A month or a
            year where the source gives no day.
        until: The first day after, as stated; with precision “after”, the day after the last
            seen, or the month or year of that.
        certainty: Whether the tenure is certain or only possible on that day; for a day after
            the documents were consulted, possible where no end is known.
        fromPrecision: How exactly the first day is known.
        untilPrecision: How exactly the end is known.
        confidence: How well the sources bear it out.
        preferred: Where sources disagree about the tenure, whether this statement is taken.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def host_rotation(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who hosted and chaired the heads meetings, where and how, in order?

    Meetings of the heads of office that were held or announced, by number. The host of an
    announced meeting is not known yet.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        ordinal: The number in the series.
        year: The year.
        host: The office that held it.
        place: The place, or the means.
        mode: Whether those who met shared one place.
        chair: Who chaired it.
        meeting: The meeting.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def hosts_of_meetings(
    *,
    series: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which organisations have hosted meetings, how often, and when first and last?

    Only hosts of meetings that were held count, not announced ones. First and last are dates,
    as exactly as the sources give them.

    Args:
        series: Only meetings of this series. One or several. Such as heads.
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        host: The organisation.
        meetings: How many meetings it has held.
        first: Date of the first of them.
        last: Date of the last of them.
    """

def identities_elsewhere(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Under which IRIs are the things of this graph known in other data sets?

    Links to the same thing elsewhere, such as Wikidata. What the other data set says about it
    is not taken over.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        thing: The thing.
        elsewhere: Its IRI in another data set.
    """

def indicators(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which indicators are there, in what unit, and which years do they cover?

    Values that several sources give for one office and year count once for each observation.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        indicator: The indicator.
        unit: Its unit of measurement.
        observations: How many values the graph holds.
        offices: For how many offices or groups.
        first: The first year.
        last: The last year.
    """

def initiative(
    *,
    initiative: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What is an initiative, what is it for, what became of it, and who says so?

    Its properties, aims, life-cycle and statuses, its ties to others, and what was said about
    it. The locator is given for what has a passage of its own; the rest stands in the passages
    of the initiative. What bears no date stays, whatever day is asked for.

    Args:
        initiative: The initiative. Such as netai-roadmap.
        as_of: Nothing that is dated later than this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        property: What is said about the initiative, in words.
        value: What it is.
        source: A document that the statement rests on; of a property, one of the initiative's.
        locator: Where in the document.
        date: When it took place, for what has a date.
    """

def initiative_timeline(
    *,
    initiative: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What happened to an initiative, from its proposal to its end?

    In order of time its life-cycle events and what was said and decided about it at meetings,
    each with its sources; the kind tells them apart, for what is said of an initiative need not
    change it. Where sources disagree about a date, both events stand, and it is said which is
    preferred.

    Args:
        initiative: Only this initiative. One or several. Such as global-dossier.
        as_of: Only what had certainly happened by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        initiative: The initiative.
        date: When, as exactly as the source says.
        event: What happened, was decided or said.
        meeting: The meeting at which it happened.
        source: The document that says so.
        preferred: Where sources disagree, whether this is the statement taken.
        confidence: How well the source bears it out.
        kind: Whether it is an event of the life-cycle or an outcome of a meeting.
        what: The event, or the outcome.
    """

def initiatives(
    *,
    status: str | Iterable[str] | None = None,
    topic: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which initiatives are there, of what kind, how far along, since when, and about what?

    The status is the one that the record gives last, up to the day asked for; what it rests on
    can be older. Since is the beginning as stated. One row for each initiative, its topics in
    the order of the alphabet.

    Args:
        status: Only initiatives of this status. One or several. Such as active.
        topic: Only initiatives with this topic. One or several. Such as harmonisation.
        as_of: Only what had begun by that day. Such as 2025-01-01.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        initiative: The initiative.
        kind: The form that it has.
        status: How far it has come.
        since: When it began, as stated.
        topics: What it deals with.
        statusAsOf: The day as of which the record gives the status.
        beganAt: The meeting with which it began, whatever act the sources report of it there.
        until: The first day after its end, as stated; empty where no end is known, or none by
            the day asked for.
        source: A document on which the status rests; of several, one that tells of the latest
            event. It need not be as late as the status. Where no status is told yet, a document
            that tells of the initiative. Of several such, the first in the alphabet of IRIs.
    """

def initiatives_by_kind(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """How many initiatives are there of each kind, and how far have they come?

    One row for each pair of kind and status. The status is the one that a source gave last, up
    to the day asked for; a source can be old.

    Args:
        as_of: Only initiatives that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        kind: The form of the initiatives.
        status: How far they have come.
        initiatives: How many there are.
    """

def initiatives_launched(
    *,
    meeting: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which initiatives were launched at a meeting, and what are they for?

    Launched there by the word of a source, not merely acknowledged or discussed: see
    acknowledged-not-launched. With which meeting each initiative began, by whatever act, tells
    the column beganAt of initiatives. The aims one by one are in aims-of-initiatives.

    Args:
        meeting: The meeting. Such as heads-2021.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        initiative: The initiative.
        kind: The form that it has.
        purpose: What it is to bring about.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def initiatives_on_topic(
    *,
    topic: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which initiatives deal with a topic, or with a narrower one?

    Initiatives whose topic, or the matter of whose aims, is the given topic or lies below it.
    The status is the one that a source gave last, up to the day asked for.

    Args:
        topic: The topic. Such as harmonisation.
        as_of: Only initiatives that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        initiative: The initiative.
        kind: The form that it has.
        status: How far it has come.
        topic: The topic that it deals with.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def longest_serving_heads(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which heads of an office served longest?

    Substantive tenures with an exact beginning and end, by whole years between them.

    Args:
        as_of: Only tenures that had ended by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        person: The head.
        office: The office or organisation.
        years: Years between the year of the beginning and that of the end.
        from: The first day.
        to: The first day after.
        confidence: How well the sources bear it out.
        preferred: Where sources disagree about the tenure, whether this statement is taken.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def meeting_attendees(
    *,
    meeting: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who took part in a meeting, in what capacity, for whom?

    The people who were there, one row for each participation. Whoever was only represented is
    in the column onBehalfOf and was not there; organisations are listed by organisations-at-
    meeting.

    Args:
        meeting: The meeting. Such as heads-2021.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        person: The person who was there.
        organisation: The organisation that the person represented.
        role: The capacity in which the person took part.
        onBehalfOf: The person who was represented and did not attend.
        title: The title of the person, as the source prints it.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def meeting_by_number(
    *,
    number: int,
    series: str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which meeting of a series bears a given number?

    The number is the one that sources give. Some series skip numbers, and some meetings have
    none.

    Args:
        number: The number of the meeting in its series. Such as 14.
        series: Only in this series. Such as heads.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The meeting.
        series: The series it belongs to.
        date: Its date, as exactly as the source gives it.
        host: The organisation that held it.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def meeting_chair(
    *,
    meeting: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who chaired a meeting, for which organisation, and in what post?

    The post is one that the person filled for certain on the day of the meeting, in the
    organisation represented; it is empty when no tenure is known to cover that day.

    Args:
        meeting: The meeting. Such as heads-2021.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        person: The person who chaired the meeting.
        organisation: The organisation that the chair represented.
        post: The post that the chair filled on that day.
        tenureKind: By what title the chair filled the post.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def meeting_outcomes(
    *,
    meeting: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What was said and decided at a meeting, by whom, about what?

    Outcomes are what their actors said or did there; the graph does not hold it to be true. An
    outcome about several matters, or of several actors, has a row for each.

    Args:
        meeting: The meeting. Such as heads-2021.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        act: What was done or said.
        actor: Whose act it was.
        about: The topic, initiative or meeting that it dealt with.
        detail: The outcome in the words of this graph.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def meeting_series(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which series of meetings are there, who convenes them, and since when?

    Only meetings whose status is held are counted; first and last are their dates, as exactly
    as the sources give them.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        series: The series.
        frequency: How often its meetings recur.
        convenedBy: The group that meets.
        meetings: How many meetings of it the graph knows as held.
        first: Date of the first of them.
        last: Date of the last of them.
    """

def meetings(
    *,
    series: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which meetings are there, when and where were they held, and who hosted them?

    Meetings of one series, or all of them. A meeting that is only announced is listed too; its
    status says so, and it has no host until it has been held.

    Args:
        series: Only meetings of this series. One or several. Such as heads.
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The meeting.
        ordinal: Its number in the series.
        date: Its first day, as exactly as the source gives it.
        host: The organisation that held it.
        place: The place; where none is known, the venue or the means.
        mode: Whether the participants shared one place.
        status: Whether it was held or is only announced.
        series: The series it belongs to.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def meetings_alongside(
    *,
    meeting: str | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which separate meetings were held on the same occasion?

    Meetings held alongside each other stay separate: who took part in one did not thereby take
    part in the other.

    Args:
        meeting: Only what was held alongside this meeting. Such as heads-2021.
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: A meeting.
        alongside: The meeting that was held alongside it.
        date: The date of the meeting alongside, as exactly as the source gives it.
        series: The series of the meeting alongside.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def meetings_of_person(
    *,
    person: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """At which meetings was a person, in what role, and for whom?

    Meetings in which the person took part. Being represented by somebody else does not count:
    see represented-but-absent.

    Args:
        person: The person. Such as jorgenson-lisa.
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The meeting.
        date: Its date, as exactly as the source says.
        role: In what role.
        organisation: The organisation represented.
        title: The title as printed.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def members_of_group(
    *,
    group: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which organisations belong to a group, from when until when?

    With a day, only members that belonged to it on that day for certain. Who observes the
    meetings of a group is no member of it. An open end is not known to have ended.

    Args:
        group: The group. Such as ip5.
        as_of: Only members on this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        member: The organisation.
        region: The IP5 region that it serves or speaks for.
        from: Its first day as a member, as stated; with precision “by”, the first day seen.
        to: The first day after, as stated; with precision “after”, the day after the last seen.
        fromPrecision: How exactly the first day is known.
        toPrecision: How exactly the end is known.
        confidence: How well the sources bear the membership out.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def name_changes(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """When did an office or organisation change its name, and from what to what?

    Each language has its own changes: a new English name can go with an unchanged Chinese one.
    Where sources disagree about the day, each statement stands.

    Args:
        as_of: Only changes that had certainly come about by this day. Such as 2018-08-28.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        office: The office or organisation.
        date: When, as exactly as the source says.
        fromName: The name that was given up.
        toName: The name that was taken.
        preferred: Where sources disagree, whether this is the statement taken.
        basis: The act or reason on which it rests.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def names_containing(
    *,
    text: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which things have a name that contains a given text?

    Labels, other spellings, names and short forms in time, names in native script and names as
    printed; capitals do not matter. Assertions and passages are left out.

    Args:
        text: The text. Such as Kim.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        thing: The thing.
        name: The name that contains the text.
        kind: What sort of name it is, by the property that gives it.
    """

def names_in_native_script(
    *,
    language: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What are the people and organisations called in their own languages?

    Names of people in the script of their language, and names of organisations in any language
    but English. Names of people bear no dates. On a day, a name of an organisation is in use
    that is not known to have ended.

    Args:
        language: Only names in these languages, by their tags. One or several. Such as ja.
        as_of: Of organisations only names in use on this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        thing: The person or organisation.
        name: The name.
        language: The language of the name.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def next_meeting(
    *,
    meeting: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which meeting was announced at a meeting, for which year, and who is to host it?

    What was announced, not what came of it: announced-meetings compares the two. The day of the
    announcement is that of the meeting at which it was made.

    Args:
        meeting: The meeting at which the next one was announced. Such as heads-2021.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        host: The organisation that is to hold the next meeting.
        year: The year for which it is announced.
        announcedOn: The day of the announcement, as exactly as the source gives it.
        nextMeeting: The meeting that is announced.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def observers(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who has observed meetings without being one of the bodies that met?

    Organisations, and the people who observed for them. An observer is no member of the group
    that meets.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        observer: The person or organisation that attended as an observer.
        organisation: The organisation that the person represented; empty for an organisation.
        meeting: The meeting.
        date: Its date, as exactly as the source gives it.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def office_names(
    *,
    office: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What has an office been called, in which language, from when until when?

    With a day, only names that were in use on that day for certain. The precisions say how to
    read the dates; an open end is not known to have ended. organisation-names asks the same of
    any organisation.

    Args:
        office: The office. Such as jp.
        as_of: Only names in use on this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        name: The name.
        acronym: The short form that goes with it.
        language: The language of the name.
        from: The first day of its use, as stated; with precision “by”, the first day seen.
        to: The first day after it, as stated; with precision “after”, the day after the last
            seen.
        fromPrecision: How exactly the first day is known.
        toPrecision: How exactly the end is known.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def offices(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which offices are there, for which region and state, and with which codes?

    Each office under the short form that it uses without a known end, or used on the day asked
    for; of several, the main one, or the first in the alphabet. An association of patent owners
    is no office, whatever its acronym looks like.

    Args:
        as_of: Only offices of this day, under the short forms in use then. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        office: The office.
        acronym: Its short form.
        region: The IP5 region that it serves.
        country: The state for which it acts, if it is one state.
        st3Code: Its code in WIPO standard ST.3.
        website: Its home page, on a day as far as the sources tell it under the name of the
            day.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def organisation_names(
    *,
    organisation: str,
    language: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What has an organisation been called, in which language, from when until when?

    With a day, only names that were in use on that day for certain. The precisions say how to
    read the dates; an open end is not known to have ended. office-names asks the same of
    offices alone.

    Args:
        organisation: The organisation. Such as businesseurope.
        language: Only names in these languages, by their tags. One or several. Such as en.
        as_of: Only names in use on this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        name: The name.
        acronym: The short form that goes with it.
        language: The language of the name.
        from: The first day of its use, as stated; with precision “by”, the first day seen.
        to: The first day after it, as stated; with precision “after”, the day after the last
            seen.
        fromPrecision: How exactly the first day is known.
        toPrecision: How exactly the end is known.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def organisations_at_meeting(
    *,
    meeting: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which organisations took part in a meeting, in what role, and through whom?

    One row for each organisation that took part as such, and one for each person who
    represented it. An organisation that only has a member present for another body is not
    listed.

    Args:
        meeting: The meeting. Such as heads-2021.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        organisation: The organisation.
        role: The capacity in which it, or the person, took part.
        through: The person who represented it; empty where the source names the organisation
            itself.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def organisations_by_kind(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which organisations are there of each kind, and where do they belong?

    Offices, international organisations, industry associations, co-operation groups, and
    organisations of no closer kind.

    Args:
        as_of: Only organisations that may have existed on this day. Such as 1970-01-01.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        kind: The kind of organisation, as a class of the ontology.
        organisation: The organisation.
        region: The IP5 region that it serves or speaks for.
        country: The state for which it acts or in which it is established.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def participants_by_organisation(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """How many people has each organisation sent to meetings, and to how many meetings?

    People who took part for the organisation, each counted once, in whatever capacity. People
    who were only represented do not count.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        organisation: The organisation.
        people: How many people took part for it.
        meetings: In how many meetings.
        first: Date of the first of these meetings.
        last: Date of the last of them.
    """

def passages_without_facts(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which passages hold no fact, and for what reason?

    Passages that nothing cites. One without a reason is a gap in the graph.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        passage: The passage.
        locator: Where in its source it stands.
        reason: Why it holds no fact.
        source: The source.
    """

def people_met(
    *,
    person: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Whom did a person meet, how often, and when for the first and last time?

    People who took part in the same meetings. Whoever was only represented met nobody.

    Args:
        person: The person. Such as jorgenson-lisa.
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        person: A person who was at the same meetings.
        meetings: At how many.
        first: Date of the first of them.
        last: Date of the last of them.
    """

def relations_of_initiative(
    *,
    initiative: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """To which other initiatives is an initiative tied, and how?

    What it is part of, succeeds, was merged into, produces, is governed by or is related to,
    and the other way round.

    Args:
        initiative: The initiative. Such as phep.
        as_of: Only ties between initiatives that had certainly begun by this day. Such as
            2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        relation: The kind of relation.
        other: The other initiative.
        direction: Whether the relation goes to the other or comes from it.
        source: The document that bears it out.
        confidence: How well it does.
    """

def represented_but_absent(
    *,
    meeting: str | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who was represented at a meeting without being there, and who spoke for them?

    People in whose stead somebody else took part. Whoever was represented in one capacity but
    came in another is not listed.

    Args:
        meeting: Only at this meeting. Such as heads-2021.
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        absent: The person who was not there.
        representative: The person who came instead.
        organisation: The organisation that both stand for.
        meeting: The meeting.
        role: In what capacity the representative took part.
        title: The title of the representative, as the source prints it.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def source_coverage(
    *,
    source: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What does the graph take from each passage of a source, and if nothing, why?

    One row for each passage, in the order of the document. A passage that holds no fact carries
    a reason.

    Args:
        source: The document. Such as ip5-heads-2021-press-release.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        passage: The passage.
        facts: How many assertions and things cite it.
        reason: Why it holds no fact.
        locator: Where in the document it stands.
        paragraph: The number of its paragraph, headings being 0.
        sentence: Its number in the paragraph.
    """

def sources_of(
    *,
    thing: str,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which facts mention a thing, and where in which source does each of them stand?

    The thing itself, the assertions in which it plays any part, and the things whose own
    properties point to it, with every passage that bears them out.

    Args:
        thing: The thing. Such as tang-daren.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        fact: The assertion or thing that is borne out.
        source: The document.
        locator: Where in the document, such as paragraph and sentence.
        confidence: How well the passages bear the assertion out; empty for things.
        passage: The passage.
    """

def spellings_of_people(
    *,
    person: str | Iterable[str] | None = None,
    language: str | Iterable[str] | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Under which names and spellings does a person appear?

    The label, the name in Western order, in the person's own script, other spellings, and the
    name as each source prints it, misprints included.

    Args:
        person: Only the names of this person. One or several. Such as kasutani-toshihide.
        language: Only names in these languages, by their tags. One or several. Such as ja.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        person: The person.
        name: The name, as written.
        kind: What sort of name it is, by the property that gives it.
        language: The language of the name, where it is marked.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def stand_ins(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who stood in for whom at which meeting?

    People who took part on behalf of somebody, who led a delegation in the stead of its head,
    or who took part as head without holding the post: acting, or performing its functions and
    duties. The person stood in for was not there. delegations-without-head tells the same
    participations, with the kind of tenure.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        meeting: The meeting.
        person: Who stood in.
        organisation: The organisation represented.
        onBehalfOf: For whom, where the source says so.
        title: The title as printed.
        role: In what role.
        date: The date of the meeting.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def statements_about(
    *,
    topic: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who said what about a topic, or about a narrower one, and where?

    Outcomes about the topic, about one below it, or about an initiative that deals with either.

    Args:
        topic: The topic. Such as harmonisation.
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        date: The date of the meeting, as exactly as the source gives it.
        actor: Whose act it was.
        act: What was done or said.
        about: The topic or initiative that it dealt with.
        meeting: The meeting.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def statements_by(
    *,
    agent: str,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What did an agent say or decide, when, and about what?

    Outcomes of the agent, and of the groups to which it certainly belonged on a day on which
    the meeting may have been held; madeBy tells which. Several matters have a row each.

    Args:
        agent: The person, organisation or group. Such as jipa.
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        date: The date of the meeting, as exactly as the source gives it.
        act: What was done or said.
        about: The topic, initiative or meeting that it dealt with.
        meeting: The meeting.
        madeBy: The agent or its group, whichever made the statement.
        outcome: The statement.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def statistics(
    *,
    indicator: str,
    office: str | Iterable[str] | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What values do the sources give for an indicator, by office and year?

    Each value is its source's; sources may differ about the same office and year, and all that
    they say is listed. The year is empty where the source does not name one.

    Args:
        indicator: What was measured. Such as world-share-applications.
        office: Only values for these offices, groups or the world. One or several. Such as
            group:ip5.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        office: The office, group or the world.
        year: The calendar year.
        value: The value.
        approximate: Whether the source itself marks the value as a rough one.
        source: The document that gives it.
        unit: The unit of measurement.
        locator: Where in the document.
        confidence: How well the passage bears the value out.
    """

def supervision(
    *,
    office: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """To which body does an office answer, and since when?

    Parent bodies over time. Without a day, all of them. An open end is not known to have ended.

    Args:
        office: Only these offices or organisations. One or several. Such as jp.
        as_of: Only what is in force that day. Such as 2016-05-01.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        office: The office or organisation.
        supervisor: The body to which it belongs or answers.
        from: Since when, as stated.
        to: The first day after, as stated.
        confidence: How well the sources bear it out.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def tenures(
    *,
    office: str | Iterable[str] | None = None,
    person: str | Iterable[str] | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who held which post, for how long, and by what title?

    Every tenure that the sources tell of. With the kind “first and last seen” the dates only
    bracket the tenure; the precisions say how to read them. An open end is not known to have
    ended, up to when the documents were consulted: heads-of-office tells certain from possible.

    Args:
        office: Only this office or organisation. One or several. Such as jp.
        person: Only this person. One or several. Such as kasutani-toshihide.
        as_of: Only what is in force that day, or is not known to have ended. Such as
            2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        person: Who filled the post.
        post: The post.
        organisation: The organisation in which the post exists.
        kind: By what title.
        from: The first day, as stated; with precision “by”, the first day seen. A month or a
            year where the source gives no day.
        to: The first day after, as stated; with precision “after”, the day after the last seen,
            or the month or year of that; with precision “open”, nothing, for it is not known to
            have ended.
        fromPrecision: How exactly the first day is known.
        toPrecision: How exactly the end is known.
        confidence: How well the sources bear it out.
        preferred: Where sources disagree about the tenure, whether this statement is taken.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def timeline(
    *,
    since: datetime.date | str | None = None,
    until: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What happened when, in order of time?

    Meetings, life-cycle events of initiatives, and the first days of tenures, names and
    memberships. An imprecise date counts when it can lie in the span asked for.

    Args:
        since: Nothing that was certainly before this day. Such as 2021-01-01.
        until: Nothing that was certainly after this day. Such as 2021-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        date: The date, as exactly as the source gives it.
        precision: How exactly the source dates it.
        kind: What it is, as a class of the ontology.
        what: The meeting, event or assertion.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def took_part_in_one_only(
    *,
    meeting: str | None = None,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Who took part in a meeting but not in the one held alongside it?

    Agents, people and organisations alike, that the record has at one of two meetings held on
    the same occasion and not at the other, be it themselves or through somebody who represented
    them.

    Args:
        meeting: The meeting in which they took part. Such as industry-2021.
        as_of: Only meetings that had certainly begun by this day. Such as 2021-06-23.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        participant: The person or organisation.
        meeting: The meeting in which it took part.
        role: In what capacity.
        missed: The meeting held alongside, in which it did not.
        source: A document that says so; of several, the first in the alphabet of IRIs.
    """

def topics_of_statements(
    *,
    as_of: datetime.date | str | None = None,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which topics are spoken about, how often, by how many, and since when?

    Outcomes whose matter is a topic. What is said about an initiative counts for the initiative
    only.

    Args:
        as_of: Only meetings that had certainly begun by this day. Such as 2018-12-31.
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        topic: The topic.
        statements: How many outcomes are about it.
        actors: How many agents made them.
        first: Date of the first meeting at which it came up.
        last: Date of the last.
    """

def weak_facts(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """Which facts rest on less than an official statement?

    Assertions, meetings and indicators whose confidence is medium or low, with the documents
    that bear them out.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        fact: The assertion, meeting or indicator.
        confidence: How well the cited passages bear it out.
        source: The document.
        locator: Where in the document.
    """

def world_share(
    *,
    kg: KnowledgeGraph | None = None,
) -> Answer:
    """What share of the world's patent applications is filed at the five offices?

    Every figure is its source's, in percent. The graph does not decide between sources that
    measure differently; where two give one year, it says which is preferred.

    Args:
        kg: The graph to ask; by default the one that came with the package.

    Returns:
        Rows with these columns.

        year: The year.
        value: The share in percent.
        approximate: Whether the source itself marks the value as a rough one.
        source: The document that gives it.
        preferred: Where sources disagree about a year, whether this is the value taken.
        confidence: How well the source bears it out.
    """
