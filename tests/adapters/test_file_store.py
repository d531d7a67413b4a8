"""Files are kept and found again in a folder and in a bucket alike, and a key leads nowhere else (9.1)."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mps_app.adapters.file_store import FileStore
from mps_app.core.tools import FileGone, Files

KEY = "materials/4f1c.pdf"
CONTENT = bytes(range(256)) * 4_000


@pytest.fixture(scope="session")
def bucket() -> Iterator[str]:
    """An S3-compatible server of another maker, with one bucket."""
    import boto3
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    known = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-north-1"}
    boto3.client("s3", endpoint_url=address, **known).create_bucket(
        Bucket="school", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"}
    )
    yield f"s3://school/mps?endpoint={address}"
    server.shutdown()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    if request.param == "folder":
        return FileStore(str(tmp_path / "files"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    return FileStore(request.getfixturevalue("bucket"))


def test_what_was_kept_is_read_again(store: Files) -> None:
    store.keep(KEY, CONTENT)
    assert store.read(KEY) == CONTENT


def test_a_file_under_the_same_key_is_replaced(store: Files) -> None:
    store.keep(KEY, b"first and longer")
    store.keep(KEY, b"second")
    assert store.read(KEY) == b"second"


@pytest.mark.parametrize(("first", "last"), [(0, len(CONTENT) - 1), (0, 0), (1_000, 700_000), (5, 5)])
def test_a_part_is_streamed_to_the_byte(store: Files, first: int, last: int) -> None:
    store.keep(KEY, CONTENT)
    assert b"".join(store.stream(KEY, first, last)) == CONTENT[first : last + 1]


def test_a_file_that_is_not_there_is_told_before_the_first_byte(store: Files) -> None:
    with pytest.raises(FileGone):
        store.read("materials/none.pdf")
    with pytest.raises(FileGone):
        store.stream("materials/none.pdf", 0, 10)


def test_a_removed_file_is_gone_and_removing_again_changes_nothing(store: Files) -> None:
    store.keep(KEY, b"x")
    store.remove(KEY)
    store.remove(KEY)
    with pytest.raises(FileGone):
        store.read(KEY)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/etc/passwd",
        "../secret",
        "materials/../../x",
        "materials/.hidden",
        "a//b",
        "a/b\x00.pdf",
        "a/b\n",
        "s3://x/y",
    ],
)
def test_nothing_but_a_key_leads_anywhere(store: Files, key: str) -> None:
    for act in (lambda: store.keep(key, b"x"), lambda: store.read(key), lambda: store.remove(key)):
        with pytest.raises(ValueError, match="no key"):
            act()
