"""What can be said after `xinqiao forms`."""

import argparse
from pathlib import Path

from resources.texts import t


def add_forms(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command with its acts."""
    acts = commands.add_parser("forms", help=t("forms.cli")).add_subparsers(
        dest="forms_command", required=True
    )
    check = acts.add_parser("check", help=t("forms.cli_check"))
    check.add_argument("file", type=Path, nargs="+", help=t("forms.cli_file"))
    check.add_argument("--site", type=Path, help=t("forms.cli_site"))
    preview = acts.add_parser("preview", help=t("forms.cli_preview"))
    preview.add_argument("file", type=Path, help=t("forms.cli_file"))
    preview.add_argument("--theme", choices=("light", "dark"), default="light")
    preview.add_argument("--category", default="", help=t("forms.cli_category"))
    preview.add_argument("--picture", type=Path, help=t("forms.cli_picture"))
    sign = acts.add_parser("sign", help=t("forms.cli_sign"))
    sign.add_argument("folder", type=Path, help=t("forms.cli_folder"))
    sign.add_argument("--key", type=Path, required=True, help=t("forms.cli_key"))
    key = acts.add_parser("key", help=t("forms.cli_make_key"))
    key.add_argument("file", type=Path)
    for parser in (check, preview, sign, key):
        parser.add_argument("--language", choices=("zh_CN", "en"))
