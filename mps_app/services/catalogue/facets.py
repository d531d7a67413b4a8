"""The filters of the catalogue with their counts, in the reader's language."""

from collections.abc import Mapping
from itertools import islice

from mps_app.core.folding import sort_key
from mps_app.core.riga import day_short_text
from mps_app.services.catalogue import words
from mps_app.services.catalogue.index import Found
from mps_app.services.catalogue.rules import PRICE_BANDS
from mps_app.text import say
from mps_app.views.catalogue import CatalogueFacets, Chip, FacetOption
from mps_app.views.catalogue_filter import CatalogueFilter

_FIELDS = {"topics": "topic", "formats": "format", "cities": "city", "languages": "language", "prices": "price"}
"""The fields of a filter and the index's names for them."""

_SHOWN_FIRST = 6


def chosen(wanted: CatalogueFilter) -> Mapping[str, frozenset[str]]:
    """Return the chosen values as the index asks for them."""
    return {facet: frozenset(getattr(wanted, field)) for field, facet in _FIELDS.items() if getattr(wanted, field)}


def shown(language: str, wanted: CatalogueFilter, found: Found) -> CatalogueFacets:
    """Return every value to filter by: those that nobody can have left out stay out (3.5)."""
    topics = {code: words.title(language, *names) for code, names in found.topic_names.items()}
    formats = {form.value: say(language, name) for form, name in words.FORMATS.items()}
    languages = {code: say(language, name) for code, name in words.LANGUAGES.items()}
    prices = {band: say(language, words.PRICES[band]) for band in PRICE_BANDS}
    return CatalogueFacets(
        formats=_in_order(formats, wanted.formats, found.counts["format"], marked=True),
        topics=_by_name(topics, wanted.topics, found.counts["topic"], shown_first=_SHOWN_FIRST),
        cities=_by_name({}, wanted.cities, found.counts["city"]),
        prices=_in_order(prices, wanted.prices, found.counts["price"]),
        languages=_in_order(languages, wanted.languages, found.counts["language"]),
    )


def _in_order(
    labels: Mapping[str, str],
    on: tuple[str, ...],
    counts: Mapping[str, int],
    *,
    marked: bool = False,
    shown_first: int | None = None,
) -> list[FacetOption]:
    """Return the values in the order of their labels; values without a label follow as they are.

    What would find nothing is left out, unless it is chosen. Where not all are shown at first, the chosen ones are
    and those with most courses in all (``counts`` begins with them).
    """
    codes = [*(code for code in labels if code in counts), *sorted(code for code in counts if code not in labels)]
    first = set(islice((code for code in counts if counts[code] or code in on), shown_first))
    return [
        FacetOption(
            code=code,
            label=labels.get(code, code),
            count=counts[code],
            is_on=code in on,
            form=code if marked else "",
            is_first=code in on or code in first,
        )
        for code in codes
        if counts[code] or code in on
    ]


def _by_name(
    labels: Mapping[str, str], on: tuple[str, ...], counts: Mapping[str, int], *, shown_first: int | None = None
) -> list[FacetOption]:
    names = {code: labels.get(code, code) for code in counts}
    ordered = dict(sorted(names.items(), key=lambda one: sort_key(one[1])))
    return _in_order(ordered, on, counts, shown_first=shown_first)


def chips(language: str, wanted: CatalogueFilter, facets: CatalogueFacets) -> list[Chip]:
    """Return what is filtered by, each to be taken off by itself."""
    options = {
        "formats": facets.formats,
        "topics": facets.topics,
        "cities": facets.cities,
        "prices": facets.prices,
        "languages": facets.languages,
    }
    listed = [(field, one.code, one.label) for field, values in options.items() for one in values if one.is_on]
    if wanted.from_on:
        day = day_short_text(language, wanted.from_on)
        listed.append(("from_on", "", say(language, "from {day}", day=day)))
    if wanted.until_on:
        day = day_short_text(language, wanted.until_on)
        listed.append(("until_on", "", say(language, "until {day}", day=day)))
    if wanted.only_free_places:
        listed.append(("only_free_places", "", say(language, "Places left")))
    return [
        Chip(field=field, code=code, label=label, remove_text=say(language, "Remove filter: {name}", name=label))
        for field, code, label in listed
    ]
