"""The private secret store keeps a secret between two programs, and keeps it away from others."""

import subprocess
import sys

import pytest

from tests.support.secretstore import SecretStore, running_secret_store

pytestmark = pytest.mark.secretstore

_KEEP = "import keyring; keyring.set_password('xinqiao', 'seat 3', '工作站密钥')"
_TELL = "import keyring; print(keyring.get_password('xinqiao', 'seat 3'))"


def _python(program: str, store: SecretStore) -> str:
    environment = {**store.environment(), "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return ended.stdout.strip()


def test_a_secret_is_there_for_the_next_program(secret_store: SecretStore) -> None:
    _python(_KEEP, secret_store)
    assert _python(_TELL, secret_store) == "工作站密钥"


def test_two_stores_share_nothing(
    secret_store: SecretStore, tmp_path_factory: pytest.TempPathFactory
) -> None:
    _python(_KEEP, secret_store)
    with running_secret_store(tmp_path_factory.mktemp("other")) as other:
        assert _python(_TELL, other) == "None"
