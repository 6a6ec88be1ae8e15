"""The static site: every link, every page, in a real browser and for machines."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from pyoxigraph import RdfFormat, parse

from ip5kg.cli.main import main
from ip5kg.errors import ParameterError
from ip5kg.names import BASE, IP5
from ip5kg.publishing.addresses import checked_folder
from ip5kg.render.site.routes import ROUTES, apache_rules, nginx_rules, page_of, resolve
from ip5kg.resources import graph_files
from ip5kg.turtle.reader import read

pytestmark = pytest.mark.xdist_group("site")

ADDRESS = "https://example.org/ip5/"


class Page(HTMLParser):
    """The links, anchors and data of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors, self.data, self.headings = [], set(), "", []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            assert given["id"] not in self.anchors
            self.anchors.add(given["id"])
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        rel = given.get("rel", "")
        if rel not in ("canonical", "describes"):
            self.links += [given[name] for name in ("href", "src") if name in given]
        self._inside = tag if given.get("type") == "application/ld+json" else ""

    def handle_data(self, data):
        if self._inside == "script":
            self.data += data

    def handle_endtag(self, _):
        self._inside = ""


@pytest.fixture(scope="module")
def site(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("web") / "site"
    status = main(["export", "--site", str(folder), "--base-url", ADDRESS, "--root", str(root)])
    assert status == 0
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {
        path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def own(root):
    """Subject → what is said of it, from the files."""
    found = {}
    for path in graph_files(root):
        for triple in read(path):
            found.setdefault(str(triple.subject)[1:-1], set()).add(triple)
    return found


def test_no_link_is_broken(site, pages):
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    followed = 0
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https"), (name, link)
                continue
            here = Path(name).parent / unquote(parts.path) if parts.path else Path(name)
            target = os.path.normpath(here).replace(os.sep, "/")
            assert target in files, (name, link)
            if parts.fragment:
                assert unquote(parts.fragment) in pages[target].anchors, (name, link)
            followed += 1
    assert followed > 100_000


def test_each_page_can_be_reached_from_the_first(pages):
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        for link in pages[name].links:
            parts = urlsplit(link)
            if parts.scheme or not parts.path:
                continue
            target = os.path.normpath(Path(name).parent / unquote(parts.path)).replace(os.sep, "/")
            if target in pages and target not in seen:
                seen.add(target)
                waiting.append(target)
    assert seen == pages.keys()


def test_nothing_is_loaded_from_elsewhere(site):
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<(?:script|img|iframe|link rel=.stylesheet)[^>]*https?:", text), path
    script = (site / "script.js").read_text(encoding="utf-8")
    assert "http" not in script.replace("https://", "", 0)
    assert "url(" not in (site / "style.css").read_text(encoding="utf-8")


def test_each_thing_has_a_page_and_its_data(site, own):
    things = [iri for iri in own if page_of(iri) and iri != IP5[:-1]]
    assert len(things) > 4000
    for iri in things:
        page = site / page_of(iri)
        assert page.is_file(), iri
        twin = {
            quad.triple for quad in parse(page.with_suffix(".ttl").read_bytes(), RdfFormat.TURTLE)
        }
        assert own[iri] <= twin, iri


def test_the_data_in_a_page_are_those_of_the_thing(pages, own):
    for iri in sorted(own)[::25]:
        name = page_of(iri)
        if not name or iri == IP5[:-1]:
            continue
        found = {quad.triple for quad in parse(pages[name].data, RdfFormat.JSON_LD)}
        assert found == own[iri], iri


def test_pages_are_valid_html(site, pages):
    leading = [name for name in pages if name.endswith("index.html") or name.startswith("query/")]
    for name in [*leading, *sorted(pages)[::40]]:
        parser = html5lib.HTMLParser(strict=True)
        parser.parse((site / name).read_text(encoding="utf-8"))


def test_headings_go_down_by_one(pages):
    for name, page in pages.items():
        assert page.headings.count(1) == 1, name
        steps = [b - a for a, b in zip(page.headings, page.headings[1:], strict=False)]
        assert max(steps, default=0) <= 1, name


def test_names_in_other_languages_can_be_chosen(site):
    text = (site / "id" / "office" / "jp.html").read_text(encoding="utf-8")
    labels = json.loads(
        re.search(r'<h1[^>]*><span data-labels="([^"]*)"', text)[1].replace("&quot;", '"')
    )
    assert labels["en"] == "Japan Patent Office"
    assert labels["ja"] == "特許庁"


def test_a_history_is_drawn(site):
    text = (site / "id" / "office" / "kr.html").read_text(encoding="utf-8")
    [drawn] = re.findall(r'<svg[^>]*aria-label="name use[^"]*"[^>]*>(.*?)</svg>', text, re.DOTALL)
    titles = re.findall(r"<title>([^<]*)</title>", drawn)
    assert "Korean Intellectual Property Office" in titles
    assert drawn.count('class="span"') >= len(titles)
    svg = re.search(r"<svg.*?</svg>", text, re.DOTALL)[0]
    ElementTree.fromstring(svg)


def test_maps_and_feed(site, pages):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "a": "http://www.w3.org/2005/Atom"}
    tree = ElementTree.parse(site / "sitemap.xml")
    found = {element.text for element in tree.iterfind(".//s:loc", space)}
    assert found == {ADDRESS + name for name in pages}
    feed = ElementTree.parse(site / "feed.atom").getroot()
    entries = feed.findall("a:entry", space)
    assert len(entries) == 50
    days = [entry.findtext("a:updated", None, space) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext("a:updated", None, space) == days[0]
    ids = [entry.findtext("a:id", None, space) for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        link = entry.find("a:link", space).get("href")
        assert link.removeprefix(ADDRESS) in pages


def test_the_search_knows_things_by_all_their_names(site, pages):
    text = (site / "search.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix("window.ip5kgThings = ").removesuffix(";\n"))
    assert {row[0] for row in rows} <= pages.keys()
    [office] = [row for row in rows if row[0] == "id/office/kr.html"]
    assert "특허청" in office[3]
    assert any(row[0] == "query/heads-of-office.html" for row in rows)


# --- routes


def test_every_iri_leads_to_a_file(site, own):
    for iri in own:
        if not iri.startswith(BASE):
            continue
        path = iri.removeprefix(BASE).split("#")[0]
        for accept in ("text/html", "text/turtle", "*/*", "application/ld+json"):
            assert (site / resolve(path, accept)).is_file(), (iri, accept)
    assert resolve("id/meeting/heads-2021", "text/turtle") == "id/meeting/heads-2021.ttl"
    assert resolve("ontology", "application/ld+json") == "ontology.jsonld"
    assert resolve("nowhere/at/all/x") == ""
    for local in (iri.removeprefix(IP5) for iri in own if iri.startswith(IP5)):
        page = (site / "ontology" / "index.html").read_text(encoding="utf-8")
        assert f'<h3 id="{local}">' in page
        break


def apache(rules, path, accept):
    """Follow the rules as mod_rewrite does: conditions belong to the rule after them."""
    conditions = []
    for line in rules.splitlines():
        word, *rest = line.split(" ")
        if word == "RewriteCond":
            conditions.append(rest[1])
        elif word == "RewriteRule":
            match = re.search(rest[0], path)
            if match and all(re.search(one, accept) for one in conditions):
                return re.sub(r"\$(\d)", lambda m, found=match: found[int(m[1])], rest[1])
            conditions = []
    return ""


def test_the_rules_of_servers_say_what_the_table_says():
    rules = apache_rules(ADDRESS)
    paths = [
        "ontology",
        "id/meeting/heads-2021",
        "scheme/role/chair",
        "scheme/role",
        "query/meetings",
        "logo.svg",
        "",
    ]
    assert len(paths) == len(ROUTES)
    for path in paths:
        for accept in (
            "text/html",
            "text/turtle",
            "application/ld+json",
            "application/sparql-query",
        ):
            assert apache(rules, path, accept) == ADDRESS + resolve(path, accept), (path, accept)
    assert apache(rules, "id/../../etc/passwd", "text/html") == ""
    nginx = nginx_rules(ADDRESS)
    for route in ROUTES:
        assert f"default {route.page};" in nginx
        assert all(f" {file};" in nginx for _, file in route.data)


# --- writing


@pytest.fixture
def small(root, tmp_path):
    """A root with little data, which is written in no time."""
    folder = tmp_path / "small"
    shutil.copytree(root / "ontology", folder / "ontology")
    (folder / "data").mkdir()
    shutil.copy(root / "data" / "states.ttl", folder / "data")
    (folder / "queries" / "overview").mkdir(parents=True)
    shutil.copy(root / "queries" / "overview" / "contents.rq", folder / "queries" / "overview")
    return folder


def test_the_site_is_the_same_each_time(small, tmp_path):
    def write(name, seed, zone):
        subprocess.run(
            [sys.executable, "-m", "ip5kg", "export", "--site", tmp_path / name, "--root", small],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
        )
        return {
            path.relative_to(tmp_path / name).as_posix(): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }

    assert write("one", "1", "UTC") == write("two", "2", "Asia/Tokyo")


def test_an_earlier_site_is_replaced_and_nothing_else(small, tmp_path, capsys):
    site = tmp_path / "site"
    arguments = ["export", "--site", str(site), "--root", str(small)]
    assert main(arguments) == 0
    (site / "left-over.html").write_text("x")
    assert main(arguments) == 0
    assert not (site / "left-over.html").exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("x")
    capsys.readouterr()
    assert main(["export", "--site", str(mine), "--root", str(small)]) == 2
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]
    assert "holds no earlier site" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "site", "small"]


def test_an_interrupted_export_leaves_the_old_site(small, tmp_path, monkeypatch):
    site = tmp_path / "site"
    arguments = ["export", "--site", str(site), "--root", str(small)]
    assert main(arguments) == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    calls = []

    def interrupted(*_):
        calls.append(1)
        if len(calls) == 20:
            raise KeyboardInterrupt
        return ""

    monkeypatch.setattr("ip5kg.render.site.build.summary", interrupted)
    assert main(arguments) == 130
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "small"]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "x",
            "ftp://example.org/",
            "https://",
            "https:///x",
            "https://a b/",
            "//example.org/",
        ),
        *(
            "https://example.org/?x",
            "https://example.org/#x",
            "https://u:p@example.org/",
            "http://[",
        ),
        *("javascript:alert(1)", "https://example.org/\n", 'https://example.org/"'),
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ParameterError):
        checked_folder(url)


def test_a_slash_is_added():
    assert checked_folder("https://example.org/a") == "https://example.org/a/"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--site", "-"],
        ["--site", "x", "--format", "turtle"],
        ["--site", "x", "--base-url", "x"],
        ["x", "--base-url", ADDRESS],
    ],
)
def test_wrong_use_is_told(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["export", *arguments]) == 2
    assert "Traceback" not in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


# --- in a real browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """Chromium, without a network of its own to ask."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    programs = shutil.which("chromium"), shutil.which("chromedriver")
    if not all(programs):
        pytest.skip("Chromium is not installed: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for flag in (
        *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--disable-dev-shm-usage", "--window-size=1200,900"),
        f"--user-data-dir={tmp_path_factory.mktemp('browser')}",
    ):
        options.add_argument(flag)
    driver = webdriver.Chrome(options, webdriver.ChromeService(programs[1]))
    yield driver
    driver.quit()


def axe(root):
    named = filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep))
    for folder in (root / "node_modules", *map(Path, named)):
        path = folder / "axe-core" / "axe.min.js"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    pytest.skip("axe-core is not installed: npm install --no-save axe-core")
    return None


LOOKED_AT = [
    *("index.html", "ontology/index.html", "query/index.html", "id/person/index.html"),
    *("id/office/kr.html", "id/office/ep.html", "id/meeting/heads-2021.html"),
    *("id/person/hirshfeld-drew.html", "id/initiative/global-dossier.html"),
    *("query/heads-of-office.html", "query/filings.html", "ontology/class/Meeting.html"),
    *("scheme/role/chair.html", "scheme/role.html", "id/source/ip5-heads-2021-press-release.html"),
]


@pytest.mark.parametrize("name", LOOKED_AT)
def test_no_serious_fault_of_accessibility(name, site, browser, root):
    source = axe(root)
    for width in (1200, 400):
        browser.set_window_size(width, 900)
        browser.get((site / name).as_uri())
        browser.execute_script(source)
        result = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
        grave = [
            (fault["id"], [node["html"][:200] for node in fault["nodes"][:3]])
            for fault in result["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        assert grave == [], (name, width)


def test_search_works_in_a_folder(site, browser):
    browser.set_window_size(1200, 900)
    browser.get((site / "id" / "office" / "kr.html").as_uri())
    box = browser.find_element("id", "search")
    for words, wanted in (
        ("hirshfeld", "Drew Hirshfeld"),
        ("특허청", "Korean Intellectual"),
        ("GLOBAL doss", "Global Dossier"),
    ):
        box.clear()
        box.send_keys(words)
        found = shown(browser, wanted)
        assert any(wanted in text for text in found), words
    link = browser.find_element("css selector", "#results a")
    link.click()
    assert browser.current_url.startswith("file:")
    assert browser.find_element("tag name", "h1").text


def test_an_earlier_shorter_word_does_not_overtake_the_search(site, browser):
    browser.get((site / "index.html").as_uri())
    found = browser.execute_async_script("""
        const done = arguments[arguments.length - 1];
        const box = document.getElementById("search");
        const type = (text) => { box.value = text; box.dispatchEvent(new Event("input")); };
        const rest = () => {
          document.removeEventListener("load", rest, true);
          type("hirshfeld");
          setTimeout(() => done(document.getElementById("results").textContent), 1000);
        };
        document.addEventListener("load", rest, true);
        type("h");
        type("hi");
    """)
    assert "Drew Hirshfeld" in found
    assert "of which the first" not in found


def test_the_language_can_be_chosen(site, browser):
    browser.get((site / "id" / "office" / "index.html").as_uri())
    browser.execute_script(
        "const menu = document.getElementById('language'); menu.value = 'ja';"
        "menu.dispatchEvent(new Event('input'));"
    )
    assert "特許庁" in browser.find_element("tag name", "main").text
    browser.get((site / "id" / "office" / "jp.html").as_uri())
    heading = browser.find_element("css selector", "h1 span")
    assert (heading.text, heading.get_attribute("lang")) == ("特許庁", "ja")
    # axe-core, in tests before this one, asks for files in vain.
    assert [one for one in browser.get_log("browser") if "script.js" in one["message"]] == []


def test_a_phone_needs_no_sideways_scrolling(site, browser):
    browser.set_window_size(400, 800)
    for name in LOOKED_AT:
        browser.get((site / name).as_uri())
        wide = browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, name


def test_everything_can_be_reached_by_keyboard(site, browser):
    from selenium.webdriver.common.keys import Keys

    browser.set_window_size(1200, 900)
    browser.get((site / "index.html").as_uri())
    body = browser.find_element("tag name", "body")
    body.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the content"
    for _ in range(9):
        browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("id") == "search"


def shown(browser, wanted):
    """Wait until the search shows what is wanted, and list all that it shows."""
    script = "return [...document.querySelectorAll('#results a')].map(a => a.textContent)"
    found = []
    for _ in range(50):
        found = browser.execute_script(script)
        if any(wanted in text for text in found):
            break
        time.sleep(0.1)
    return found


def test_feed_tells_what_has_changed_since_an_earlier_state(small, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(small, old)
    added = small / "data" / "added.ttl"
    added.write_text(
        "<https://w3id.org/ip5kg/id/place/atlantis> a <https://w3id.org/ip5kg/ontology#Place> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Atlantis"@en .',
        encoding="utf-8",
    )
    before, after = tmp_path / "before", tmp_path / "after"
    command = ["export", "--root", str(small), "--base-url", ADDRESS, "--site"]
    assert main([*command, str(before)]) == 0
    assert main([*command, str(after), "--changes-since", str(old)]) == 0
    space = {"a": "http://www.w3.org/2005/Atom"}

    def entries(folder):
        found = ElementTree.parse(folder / "feed.atom").getroot().findall("a:entry", space)
        return {one.findtext("a:id", None, space): one for one in found}

    new = entries(after).keys() - entries(before).keys()
    assert entries(before).keys() <= entries(after).keys()
    titles = {entries(after)[name].findtext("a:title", None, space): name for name in new}
    # The answer of the only stored query, which counts things, is another too.
    assert sorted(titles) == ["Atlantis: new place", "contents: 1 new, 0 gone, of 2"]
    told = entries(after)[titles["Atlantis: new place"]]
    assert told.find("a:link", space).get("href") == f"{ADDRESS}id/place/atlantis.html"
    assert main([*command, str(after), "--changes-since", str(tmp_path / "none")]) == 2
    assert main(["export", str(after), "--changes-since", str(old)]) == 2
    assert entries(after).keys() > entries(before).keys()
