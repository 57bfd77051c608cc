"""A second person's word about a lower level, said at the workstation of who wishes for it.

Whoever says it signs in with the own name and password beside the operator at work. The word is an act of
their own: kept in their own database of this workstation, it leaves with their own ticket or, while there is
no server, with their own courier.
"""

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from console.carriage import Carriage
from console.runtime.db_thread import DbThread
from console.runtime.journal import DiskTrouble
from console.session.presence import Presence
from console.session.service import PATIENCE_SECONDS, SessionService, SignInRefused
from console.session.signed_in import SignedIn
from console.session.station import Standing as Workplace
from console.storage.entering import Place, enter
from console.storage.errors import StorageError
from console.storage.values import Batch
from console.sync.accounts import Wish
from console.sync.api import PushAnswer, ServerApi
from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.ids import new_id
from models.operation import Operation, Outcome
from models.risk.assessment import Assessment

if TYPE_CHECKING:
    from console.storage.storage import Storage

_AT_ONCE = 50
# There is one field for a password beside the operator, and the former one has no place there.
_CHANGED = ("former_password_wanted", "former_password_wrong")


class SecondPerson:
    """Lives on the io thread while an operator is at work."""

    def __init__(
        self,
        sessions: SessionService,
        api: ServerApi,
        carriage: Carriage,
        stands: Workplace,
        rights: Matrix,
    ) -> None:
        self._sessions = sessions
        self._api = api
        self._carriage = carriage
        self._here = carriage.here
        self._stands = stands
        self._rights = rights

    async def say(self, wish: Wish, assessment: Assessment, lowering: str, agrees: bool) -> Operation:
        """The act of who signs in with the wish; it is on disk when this returns.

        The server says whether the password is right, or, where it cannot be reached, what that person left
        here at an earlier sign-in. Raises SignInRefused.
        """
        waiting = assessment.standing.waiting
        if waiting is None or waiting.op != lowering:
            raise SignInRefused("second_too_late")
        if wish.operator == waiting.actor:
            raise SignInRefused("second_is_you")
        signed = await self._signed_in(wish)
        self._check(signed, assessment)
        here = Presence(self._here.folder, wish.operator)
        if not await self._here.pool.run(here.take):
            raise SignInRefused("second_elsewhere")
        try:
            return await self._said(signed, assessment, lowering, agrees)
        finally:
            here.leave()
            self._carriage.nudge()

    async def _signed_in(self, wish: Wish) -> SignedIn:
        try:
            return await self._sessions.sign_in(wish)
        except SignInRefused as refusal:
            if refusal.code in _CHANGED:
                raise SignInRefused("second_changed") from refusal
            raise
        except OSError as trouble:
            raise SignInRefused("second_not_kept") from trouble

    def _check(self, signed: SignedIn, assessment: Assessment) -> None:
        who = signed.identity.operator
        standings = frozenset({Standing.SITE}) if who.site == assessment.site else frozenset[Standing]()
        ask = Ask(Entity.RISK, Part.CODED, Action.CONFIRM, standings)
        if not judge(self._rights, who.roles, ask).allowed:
            raise SignInRefused("second_may_not")

    async def _said(self, signed: SignedIn, assessment: Assessment, lowering: str, agrees: bool) -> Operation:
        who = signed.identity.operator.id
        place = {"note": assessment.note, "call": assessment.call, "site": assessment.site}
        body = {**place, "lowering": lowering, "agrees": agrees}
        act = Operation(new_id(), "risk.second", assessment.id, who, self._here.clock.now(), body)
        own: DbThread[Storage] = DbThread()
        try:
            await own.open(lambda: self._entered(signed))
            await self._kept(own, signed, act)
        except (StorageError, DiskTrouble, OSError) as trouble:
            raise SignInRefused("second_not_kept") from trouble
        finally:
            own.stop(lambda storage: storage.close())
        return act

    def _entered(self, signed: SignedIn) -> "Storage":
        vault = signed.vault
        place = Place(vault.database, vault.key, signed.identity.operator.id, self._here.practice)
        return enter(place, self._here.clock)[0]

    async def _kept(self, own: "DbThread[Storage]", signed: SignedIn, act: Operation) -> None:
        """Keep the act, hand it in if the server is there, and leave the rest to the courier."""
        station = self._stands.station
        desk = self._carriage.desk(station, act.actor, own.run) if station is not None else None
        if desk is not None:
            await desk.take_over()
        (done,) = await own.run(lambda storage: storage.perform([act]))
        if done.outcome is Outcome.REJECTED:
            raise SignInRefused("second_too_late")
        if signed.offset is not None:
            # It is kept. What is in the way from here on waits for the courier or the next sign-in.
            with suppress(TimeoutError, DiskTrouble):
                handing = self._handed_in(own, signed.identity.ticket)
                await asyncio.wait_for(handing, PATIENCE_SECONDS)
        if desk is not None:
            await desk.write()

    async def _handed_in(self, own: "DbThread[Storage]", ticket: str) -> None:
        """Hand in what waits there; whatever is in the way stays for the courier or the next sign-in."""
        while (batch := await own.run(lambda storage: storage.next_push(_AT_ONCE))) is not None:
            answer = await self._api.push(ticket, batch)
            if not isinstance(answer, PushAnswer) or (batch.rows and not answer.answers):
                return
            await own.run(partial(_acknowledged, batch, answer))
            if not batch.rows and answer.receipt is None:
                return


def _acknowledged(batch: Batch, told: PushAnswer, storage: "Storage") -> None:
    storage.acknowledge(batch, told.answers, told.server_epoch, told.receipt)
