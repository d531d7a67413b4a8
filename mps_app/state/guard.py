"""The screen floor is closed by default (rules 1.4, 3.5; invariant 8).

Every public method of a state is an endpoint for anybody who can open a socket. So: the state tree
is bound to the session cookie, every handler names who may call it, the rate of events is limited,
and what a client claims about itself is thrown away. The policy in the services stands behind all this.
"""

import hashlib
import hmac
import json
import logging
import time
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs

import reflex as rx
from reflex.app import EventNamespace
from reflex.middleware.middleware import Middleware
from reflex.state import StateUpdate
from reflex_base.config import get_config
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

from mps_app.adapters.connection import connection_of, current_connection, opens_page, resolved
from mps_app.core.actor import Actor, Role
from mps_app.core.callers import ANYONE, SIGNED_IN, again_parameter, callers_of, kept_form
from mps_app.core.errors import NotAllowed
from mps_app.core.ids import id_of
from mps_app.core.networks import FORWARDED, caller, network_of
from mps_app.core.settings import settings
from mps_app.core.work import Work, only_reads
from mps_app.services import drafts, identity
from mps_app.state import live
from mps_app.state.base import ask
from mps_app.state.browser_errors import LONGEST
from mps_app.state.institution import InstitutionState
from mps_app.state.notice import NoticeState
from mps_app.state.rates import Buckets, Crowds
from mps_app.state.signed_in import Ended, SignedInState, sign_in_address
from mps_app.text import say

log = logging.getLogger(__name__)

RATE, BURST = 25.0, 100.0  # events per second and at once, per socket
NETWORK_RATE, NETWORK_BURST = 500.0, 3_000.0  # from one network: a ministry may sit behind it
NETWORK_SOCKETS = 2_000  # from one network at once; each takes about half a megabyte
_CLAIMS = {"pathname": str, "asPath": str, "query": dict}  # what a client may say about its address
_LONGEST_CLAIM = 8_000
_END: Any = SignedInState.end  # Any: Reflex turns methods into handlers at run time
_OWN_MACHINE = frozenset({"127.0.0.1", network_of("::1")})
_TOKEN_LENGTHS = range(16, 65)

_LOAD = "load"  # what every page calls its own load

_BROWSER_ERROR = "reflex___state____state.reflex___state____frontend_event_exception_state."
_FRAMEWORK_PREFIXES = (
    "reflex___state____state.reflex___state____on_load_internal_state.",
    "reflex___state____state.reflex___state____update_vars_internal_state.",
    _BROWSER_ERROR,
)
_FRAMEWORK = frozenset(f"reflex___state____state.{name}" for name in ("hydrate_and_load", "hydrate", "set_is_hydrated"))


def is_framework_event(name: str) -> bool:
    """Whether an event is Reflex's own and carries no business meaning."""
    return name in _FRAMEWORK or name.startswith(_FRAMEWORK_PREFIXES)


class BoundNamespace(EventNamespace):
    """The event namespace whose state trees are reached only with token *and* session cookie."""

    def __init__(self, namespace: str, app: rx.App, key: bytes) -> None:
        super().__init__(namespace, app)
        self._key = key
        self._sockets = Buckets(RATE, BURST)
        self._networks = Buckets(NETWORK_RATE, NETWORK_BURST)
        self._open = Crowds(NETWORK_SOCKETS, self._is_open)
        self._warnings = Buckets(1 / 60, 1)

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> Any:  # Any: socket.io's
        """Replace the token that the browser chose by one derived from it and the cookie."""
        scope = _told_who_calls(environ.get("asgi.scope", {}))
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        token = parse_qs(environ.get("QUERY_STRING", "")).get("token", [""])[0]
        if len(token) not in _TOKEN_LENGTHS:
            return False
        if not self._may_enter(sid, network_of(scope["client"][0])):
            return False
        environ["asgi.scope"] = scope
        session = connection_of(headers).token
        bound = f"{token}|{session}".encode()
        environ["QUERY_STRING"] = f"token={hmac.new(self._key, bound, hashlib.sha256).hexdigest()}"
        if session:
            live.hold(sid, identity.token_hash(session), _END)
        try:
            return await super().on_connect(sid, environ, auth)
        except Exception:  # who is refused here is never disconnected
            self._forget(sid)
            raise

    async def on_event(self, sid: str, data: Any) -> None:  # Any: whatever a client sent
        """Drop what exceeds the rate, and every claim of the client but its address."""
        if not self._may_come(sid) or not _is_event(data):
            return
        data["router_data"] = _claimed(data.get("router_data"))
        if data["name"].startswith(_BROWSER_ERROR):  # Reflex searches it by patterns that take long on long texts
            info = str(data.get("payload", {}).get("info", ""))[:LONGEST]
            data["payload"] = {"info": info, "component_stack": ""}
        await super().on_event(sid, data)

    def on_disconnect(self, sid: str) -> Any:  # Any: socket.io's
        """Forget the socket's bucket, what it shows, and whose it was."""
        self._forget(sid)
        return super().on_disconnect(sid)

    def _forget(self, sid: str) -> None:
        self._open.leave(sid)
        self._sockets.forget(sid)
        live.let_go(sid)

    def _may_enter(self, sid: str, network: str) -> bool:
        """Whether this network does not hold too many sockets open; our own machine may."""
        if network in _OWN_MACHINE or self._open.enter(sid, network):
            return True
        if self._warnings.take(network, time.monotonic()):
            log.warning("%s holds %d sockets open and got no more", network, NETWORK_SOCKETS)
        return False

    def _is_open(self, sid: str) -> bool:
        """Whether a socket is there: one that went while it was let in is never disconnected."""
        return self.server.manager.eio_sid_from_sid(sid, self.namespace) in self.server.eio.sockets

    def _may_come(self, sid: str) -> bool:
        """Whether this socket, and its network with all its sockets, has not sent too much; our own machine may."""
        now = time.monotonic()
        if not self._sockets.take(sid, now):
            return False
        network = network_of(str(self._static_router_data.get(sid, {}).get("ip", "")))
        return network in _OWN_MACHINE or self._networks.take(network, now)


def _told_who_calls(scope: dict[str, Any]) -> dict[str, Any]:  # Any: ASGI's
    """Return a scope whose client is who called, as requests know it: Reflex knows one line of the proxies' only."""
    raw = scope.get("headers", [])
    lines = [value.decode("latin-1") for name, value in raw if name.decode("latin-1").lower() == FORWARDED]
    peer = (scope.get("client") or ("", 0))[0]
    address = caller(lines, peer, settings().proxy_hops)
    others = [(name, value) for name, value in raw if name.decode("latin-1").lower() != FORWARDED]
    return {**scope, "headers": others, "client": (address, 0)}


def _claimed(claims: object) -> dict[str, Any]:  # Any: texts, and texts by name
    """Return what a client says about its address, if it could be one: it is kept with the screen."""
    found = claims if isinstance(claims, dict) else {}
    return {
        name: found[name]
        for name, kind in _CLAIMS.items()
        if isinstance(found.get(name), kind) and len(json.dumps(found[name])) <= _LONGEST_CLAIM
    }


def _is_event(data: object) -> bool:
    """Whether data has an event's form and names something anybody may call at all.

    The rest is dropped here; Reflex would write an unknown event into the log whole, cookies and all.
    """
    if not isinstance(data, dict) or not isinstance(data.get("payload", {}), dict):
        return False
    name = data.get("name")
    entry = RegistrationContext.get().event_handlers.get(name) if isinstance(name, str) else None
    return entry is not None and (is_framework_event(str(name)) or bool(callers_of(entry.handler.fn)))


class Guard(Middleware):
    """Refuses every event whose handler does not name the caller: foreground, background, chained, on_load."""

    async def preprocess(self, app: rx.App, state: Any, event: Event) -> StateUpdate | None:  # Any: Reflex's
        """Look the caller up from this event's connection and let the event pass, or answer it."""
        resolved.set(None)
        opens_page.set(False)
        if is_framework_event(event.name):
            return None
        handler = RegistrationContext.get().event_handlers[event.name].handler.fn
        callers = callers_of(handler)
        if ANYONE in callers:
            return None
        actor = await ask(_who)
        if actor.is_signed_in and (SIGNED_IN in callers or callers & actor.roles):
            resolved.set(actor)
            opens_page.set(handler.__name__ == _LOAD)
            return None
        log.warning("refused event %s", event.name)
        if actor.is_signed_in and event.name in _loads(app, state):
            closed: Any = SignedInState.turn_away
            return StateUpdate(events=Event.from_event_type(closed))
        if actor.is_signed_in and callers == {Role.COORDINATOR}:
            away: Any = InstitutionState.put_away  # the tab may still hold what they were to see (11.1)
            return StateUpdate(events=Event.from_event_type(away))
        return await _refusal(state, event, actor, handler)


def _loads(app: rx.App, state: Any) -> set[str]:  # Any: Reflex's root state
    """Return the names of the events that open the page on which the tab is."""
    events: Any = app.get_load_events(str(state.router.url.path))
    return {event.name for event in Event.from_event_type(events)}


@only_reads
def _who(work: Work) -> Actor:
    return work.actor


async def _refusal(state: Any, event: Event, actor: Actor, handler: Any) -> StateUpdate:  # Any: Reflex's
    """Answer a refused event: words for a person without the right, the sign-in page for a stranger."""
    connection = current_connection()
    if actor.is_signed_in:
        answer: Any = NoticeState.refuse(say(connection.language, NotAllowed.message))  # Any: EventSpec
        return StateUpdate(events=Event.from_event_type(answer))
    form, is_kept = kept_form(handler), False
    if form and connection.token:
        page = id_of(PurePosixPath(str(state.router.url.path)).name)
        is_kept = await ask(drafts.keep, connection.token, form.format(page=page), event.payload)
    again = "" if is_kept else again_parameter(handler, event.payload)
    ended = Ended.KEPT if is_kept else Ended.BY_ITSELF if connection.token else Ended.NONE
    where = sign_in_address(state, ended, again)
    return StateUpdate(events=Event.from_event_type(rx.redirect(where)))


def secure(app: rx.App, key: bytes) -> None:
    """Install the namespace and the guard on a fresh app; refuses open origins (reflex.md B4)."""
    if "*" in get_config().cors_allowed_origins:
        message = "cors_allowed_origins must name the site's own origin"
        raise ValueError(message)
    namespace = BoundNamespace(get_config().get_event_namespace(), app, key)
    app._event_namespace = namespace  # noqa: SLF001  # the three internals that pin Reflex
    if app.sio is None:
        message = "the app has no socket server"
        raise RuntimeError(message)
    app.sio.register_namespace(namespace)
    app.add_middleware(Guard())


def unmarked_handlers() -> list[str]:
    """Return the event handlers that name no callers; the suite demands none."""
    return sorted(
        name
        for name, entry in RegistrationContext.get().event_handlers.items()
        if not is_framework_event(name) and not name.endswith(".setvar") and not callers_of(entry.handler.fn)
    )
