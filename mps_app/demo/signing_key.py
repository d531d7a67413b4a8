"""The demo provider's signing key: made once, shared by all workers through the state directory."""

import json
import os
from contextlib import suppress
from functools import lru_cache

from joserfc.jwk import ECKey

from mps_app.core.settings import settings

ALGORITHM = "ES256"


@lru_cache(maxsize=1)
def signing_key() -> ECKey:
    """Return the key; the first process that asks makes it, all others read it."""
    path = settings().var_dir / "demo_sign_in_key.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        made = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(made))
        with suppress(FileExistsError):  # another process was first: then its key is the one
            os.link(fresh, path)
        fresh.unlink()
    return ECKey.import_key(json.loads(path.read_text()))
