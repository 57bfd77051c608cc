"""The colours of the console, light and dark, as data; the names of the mock-up's CSS stand behind them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One set of colours; orange means missing or needing care, red means R4 and rescue and nothing else."""

    name: str
    background: str  # --bg
    surface: str  # --sf
    line: str  # --ln
    text: str  # --tx
    text_soft: str  # --t2
    text_faint: str  # --t3
    accent: str  # --ac
    accent_soft: str  # --acs
    accent_line: str
    on_accent: str
    urgent: str  # --r4
    urgent_soft: str  # --r4s
    urgent_text: str  # red that is readable as text on a surface
    on_urgent: str
    care: str  # --r3
    care_soft: str  # --r3s
    care_line: str
    on_care: str
    unsure: str  # --r2
    unsure_soft: str
    good: str  # --r1
    good_soft: str  # --r1s
    chosen: str  # a plain answer that was given
    on_chosen: str
    tag: str
    track: str
    hover: str
    mark: str  # personal data in a text that will be sent
    sheet_line: str
    shadow: str
    bar: str
    bar_text: str
    bar_soft: str
    bar_state: str
    bar_good: str
    bar_care: str
    bar_off: str
    on_bar_care: str


LIGHT = Palette(
    name="light",
    background="#eef1f4",
    surface="#ffffff",
    line="#d9dfe5",
    text="#17212b",
    text_soft="#566474",
    text_faint="#5f6b78",
    accent="#0b6e69",
    accent_soft="#e3f1f0",
    accent_line="#9fcfcb",
    on_accent="#ffffff",
    urgent="#b3122a",
    urgent_soft="#fbe9eb",
    urgent_text="#b3122a",
    on_urgent="#ffffff",
    care="#a85300",
    care_soft="#fdf0e2",
    care_line="#f0d3ae",
    on_care="#ffffff",
    unsure="#7d6000",
    unsure_soft="#f4f1e4",
    good="#2b6e3a",
    good_soft="#e7f3e9",
    chosen="#566474",
    on_chosen="#ffffff",
    tag="#eef1f4",
    track="#e6ebef",
    hover="#f4f7f9",
    mark="#fff3c9",
    sheet_line="#c3ccd4",
    shadow="#10232b",
    bar="#10232b",
    bar_text="#e8eef1",
    bar_soft="#a9bac2",
    bar_state="#1e3a44",
    bar_good="#4cc38a",
    bar_care="#ffb454",
    bar_off="#8798a1",
    on_bar_care="#1b1206",
)

DARK = Palette(
    name="dark",
    background="#11181d",
    surface="#192227",
    line="#2d3a42",
    text="#e4eaee",
    text_soft="#a3b1bb",
    text_faint="#93a1ab",
    accent="#4fb8b0",
    accent_soft="#173532",
    accent_line="#2b5a55",
    on_accent="#08201e",
    urgent="#c9263d",
    urgent_soft="#3a1a20",
    urgent_text="#ff8a98",
    on_urgent="#ffffff",
    care="#f0a35a",
    care_soft="#3a2a18",
    care_line="#5a4226",
    on_care="#1b1206",
    unsure="#d9bb4e",
    unsure_soft="#332d17",
    good="#5fb573",
    good_soft="#17301d",
    chosen="#4a5a65",
    on_chosen="#ffffff",
    tag="#242f36",
    track="#2d3a42",
    hover="#202b31",
    mark="#4a3f16",
    sheet_line="#3c4b54",
    shadow="#000000",
    bar="#0b1115",
    bar_text="#e8eef1",
    bar_soft="#a3b1bb",
    bar_state="#1e3a44",
    bar_good="#4cc38a",
    bar_care="#ffb454",
    bar_off="#7d8d96",
    on_bar_care="#1b1206",
)

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}
