"""A real Asterisk keeps the contract of the port."""

from contextlib import AbstractAsyncContextManager

import pytest

from tests.exchange.asterisk_stage import asterisk_stage
from tests.server.gateway.contract import ExchangeContract
from tests.server.gateway.contract_examination import ExaminationContract
from tests.server.gateway.contract_handing import HandingContract
from tests.server.gateway.contract_hearing import HearingContract
from tests.server.gateway.contract_outgoing import OutgoingContract
from tests.server.gateway.contract_queueing import QueueingContract
from tests.server.gateway.contract_recording import RecordingContract
from tests.server.gateway.contract_supervision import SupervisionContract
from tests.server.gateway.stage import Stage
from tests.support.exchange import Exchange


@pytest.mark.exchange
class TestAsterisk(
    ExchangeContract,
    HandingContract,
    SupervisionContract,
    RecordingContract,
    HearingContract,
    OutgoingContract,
    QueueingContract,
    ExaminationContract,
):
    @pytest.fixture(autouse=True)
    def _real(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def stage(self) -> AbstractAsyncContextManager[Stage]:
        return asterisk_stage(self._exchange)
