"""Every word a person reads stands in both languages, with the same facts in it."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from mps_app.text import catalogue, gather
from tests.architecture.sources import HOUSE, ROOT, files

FACTS = re.compile(r"\{(\w+)\}")
TEMPLATE_FILES = ROOT / "mps_app/templates"
PO_FILES = sorted((ROOT / "mps_app/text").rglob("*.po"))


def test_every_message_is_translated_into_latvian() -> None:
    missing = gather.untranslated()
    assert not missing, missing


def test_messages_are_gathered_from_code_and_from_templates() -> None:
    where = gather.spoken().values()
    assert {Path(place).suffix.partition(":")[0] for place in where} >= {".py", ".jinja"}


def test_no_translation_has_lost_its_message() -> None:
    code = "\n".join(file.read_text() for file in files(*HOUSE, "tests/architecture"))
    templates = "\n".join(file.read_text() for kind in gather.TEMPLATES for file in TEMPLATE_FILES.rglob(f"*.{kind}"))
    plain = _joined(code + templates)
    orphans = [message for message in catalogue("lv") if _joined(message) not in plain]
    assert not orphans, orphans


@pytest.mark.parametrize("file", PO_FILES, ids=lambda file: f"{file.parts[-3]}/{file.stem}")
def test_translations_keep_the_facts_of_their_message(file: Path) -> None:
    with file.open("rb") as opened:
        entries = [entry for entry in read_po(opened) if entry.id]
    wrong = [entry.id for entry in entries if not _keeps_facts(entry.id, entry.string)]
    assert not wrong, wrong


@pytest.mark.parametrize("file", PO_FILES, ids=lambda file: f"{file.parts[-3]}/{file.stem}")
def test_no_entry_is_fuzzy_or_empty(file: Path) -> None:
    with file.open("rb") as opened:
        unfinished = [
            entry.id for entry in read_po(opened) if entry.id and (entry.fuzzy or not _texts(entry.string)[0])
        ]
    assert not unfinished, unfinished


def test_rooms_that_say_the_same_message_say_it_in_the_same_words() -> None:
    """All rooms' files are read as one catalogue: of two translations of one message only one would be said."""
    said: dict[str, set[str]] = {}
    for file in PO_FILES:
        with file.open("rb") as opened:
            for entry in read_po(opened):
                if entry.id:
                    said.setdefault(f"{file.parts[-3]}: {_texts(entry.id)[0]}", set()).add(str(entry.string))
    assert not {message: texts for message, texts in said.items() if len(texts) > 1}


def test_latvian_quotes_are_latvian() -> None:
    foreign = [text for said in catalogue("lv").values() for text in _texts(said) if '"' in text or "“" in text]
    assert not foreign, f"„…” is how Latvian quotes: {foreign}"


def test_english_quotes_are_english() -> None:
    foreign = [message for message in gather.spoken() if "„" in str(message)]
    assert not foreign, f"“…” is how English quotes: {foreign}"


def _texts(said: str | tuple[str, ...] | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else list(said)


def _keeps_facts(message: str | tuple[str, ...] | list[str], said: str | tuple[str, ...] | list[str]) -> bool:
    wanted = {fact for text in _texts(message) for fact in FACTS.findall(text)} - {"n"}
    return all(set(FACTS.findall(text)) - {"n"} == wanted for text in _texts(said))


def _joined(text: str) -> str:
    """Forget how long strings are broken over lines, and how quotes are escaped."""
    return re.sub(r"\\?[\"'\\]|\s", "", text.replace("\\n", ""))
