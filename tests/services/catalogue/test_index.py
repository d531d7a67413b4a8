"""The index answers like a plain walk through all courses would, also after changes (3.2, 3.5)."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mps_app.services.catalogue.bits import bits_of, places_of
from mps_app.services.catalogue.index import FACETS, Asked, Entry, Index, Start

WORDS = ("ie", "iepirkumi", "iepirkums", "pamati", "macibas", "macibu", "etika")
VALUES = {facet: (f"{facet}1", f"{facet}2", f"{facet}3") for facet in FACETS}


def few(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=2)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    starts = tuple(sorted(draw(st.lists(st.builds(Start, st.integers(0, 20), st.integers(0, 20)), max_size=3))))
    title = draw(st.sampled_from("abc"))
    is_public = draw(st.booleans())
    return Entry(
        course_id=draw(st.integers(1, 12)),
        is_published=draw(st.integers(0, 5)) > 0,
        is_public=is_public,
        institution_ids=frozenset() if is_public else draw(st.frozensets(st.integers(1, 3), max_size=2)),
        values={facet: draw(few(VALUES[facet])) for facet in FACETS},
        starts=starts,
        days=frozenset(start.at // 5 for start in starts),
        title_keys={"lv": title, "en": title},
        topic_names=("", ""),
        price_cents=draw(st.integers(0, 3)),
        created=float(draw(st.integers(0, 3))),
        words=draw(st.frozensets(st.sampled_from(WORDS), max_size=3)),
    )


questions = st.builds(
    Asked,
    institution_ids=st.none() | st.frozensets(st.integers(1, 3), max_size=2),
    words=st.lists(st.sampled_from(("i", "iepirkum", "mac", "etika", "zz")), max_size=2).map(tuple),
    chosen=st.fixed_dictionaries({facet: few(VALUES[facet]) for facet in FACETS}),
    from_day=st.none() | st.integers(0, 4),
    until_day=st.none() | st.integers(0, 4),
    only_ids=st.none() | st.frozensets(st.integers(1, 12)),
    now=st.integers(0, 20),
    order=st.sampled_from(("date", "title", "price", "newest")),
    skip=st.integers(0, 4),
    take=st.integers(1, 6),
)


def fits(entry: Entry, asked: Asked, *, without: str = "") -> bool:
    seen = asked.institution_ids is None or entry.is_public or bool(entry.institution_ids & asked.institution_ids)
    worded = all(any(word.startswith(begun) for word in entry.words) for begun in asked.words)
    first, last = asked.from_day, asked.until_day
    undated = first is None and last is None
    dated = undated or any((first or 0) <= day <= (99 if last is None else last) for day in entry.days)
    listed = asked.only_ids is None or entry.course_id in asked.only_ids
    chosen = all(entry.values[facet] & values for facet, values in asked.chosen.items() if values and facet != without)
    return entry.is_published and seen and worded and dated and listed and chosen


def next_date(entry: Entry, now: int) -> int:
    """When the next group begins that one can still apply for; after all others if there is none."""
    return min((start.at for start in entry.starts if start.at > now and start.until > now), default=99)


def in_order(found: list[Entry], asked: Asked) -> list[int]:
    keys = {
        "title": lambda one: (one.title_keys["lv"], one.course_id),
        "date": lambda one: (next_date(one, asked.now), one.title_keys["lv"]),
        "price": lambda one: (one.price_cents, one.title_keys["lv"], one.course_id),
        "newest": lambda one: (-one.created, one.course_id),
    }
    return [one.course_id for one in sorted(found, key=keys[asked.order])]


def same_order(got: list[int], found: list[Entry], asked: Asked) -> bool:
    """Courses that begin in the same second may come either way; all other orders are exact."""
    wanted = in_order(found, asked)[asked.skip : asked.skip + asked.take]
    if asked.order != "date":
        return got == wanted
    by_id = {one.course_id: next_date(one, asked.now) for one in found}
    return [by_id[key] for key in got] == [by_id[key] for key in wanted] and len(set(got)) == len(got)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(entries(), max_size=8, unique_by=lambda one: one.course_id), max_size=5), questions)
def test_answers_and_counts_are_those_of_a_plain_walk(batches: list[list[Entry]], asked: Asked) -> None:
    index, newest = Index(), dict[int, Entry]()
    for batch in batches:
        index.put(batch)
        newest.update({entry.course_id: entry for entry in batch})
    answer = index.search(asked)
    found = [entry for entry in newest.values() if fits(entry, asked)]
    assert answer.total == len(found)
    assert same_order(answer.course_ids, found, asked)
    for facet in FACETS:
        others = [entry for entry in newest.values() if fits(entry, asked, without=facet)]
        for value, count in answer.counts[facet].items():
            assert count == sum(value in entry.values[facet] for entry in others)
    hidden = [entry for entry in newest.values() if not fits(entry, Asked(institution_ids=asked.institution_ids))]
    shown = [entry for entry in newest.values() if entry not in hidden]
    for facet in FACETS:
        assert set(answer.counts[facet]) == set().union(*(entry.values[facet] for entry in shown))


@given(st.sets(st.integers(0, 500)))
def test_bits_and_positions_are_the_same_set(places: set[int]) -> None:
    assert places_of(bits_of(places)) == sorted(places)


def test_many_courses_are_walked_in_the_same_order_as_few_are_sorted() -> None:
    base = _plain(0)
    index = Index()
    index.put(
        [
            replace(base, course_id=key, starts=(Start(key * 7 % 1_000, 999),), price_cents=key % 13)
            for key in range(3_000)
        ]
    )
    for order in ("date", "price", "newest", "title"):
        whole = [
            key
            for skip in range(0, 3_000, 20)
            for key in index.search(Asked(order=order, skip=skip, now=-1)).course_ids
        ]
        assert len(set(whole)) == 3_000
    by_date = index.search(Asked(order="date", now=-1)).course_ids
    assert [key * 7 % 1_000 for key in by_date] == sorted(key * 7 % 1_000 for key in range(3_000))[:20]


def _plain(key: int) -> Entry:
    return Entry(
        course_id=key,
        is_published=True,
        is_public=True,
        institution_ids=frozenset(),
        values={facet: frozenset() for facet in FACETS} | {"topic": frozenset({"T"})},
        starts=(),
        days=frozenset(),
        title_keys={"lv": "a", "en": "a"},
        topic_names=("T", "T"),
        price_cents=0,
        created=0.0,
        words=frozenset({"kurss"}),
    )
