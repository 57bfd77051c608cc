"""Why a gateway cannot start, as a value with a sentence and an exit code."""

from resources.texts import t

_UNUSABLE = 78
_UNAVAILABLE = 69


class GatewayError(Exception):
    """Known trouble at the start. `code` names the sentence `gateway.<code>`, `params` fill it in."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in the language in use."""
        return t(f"gateway.{self.code}", **self.params)

    @property
    def exit_code(self) -> int:
        """As in sysexits.h: 69 where the machine is in the way, 78 where the configuration is."""
        return _UNAVAILABLE if self.code == "address_unusable" else _UNUSABLE
