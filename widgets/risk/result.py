"""What an instrument came to, in words."""

from models.risk import elements
from models.risk.questionnaire import Questionnaire
from models.risk.scoring import Result
from resources.texts import language, t


def said_of(asked: Questionnaire, result: Result | None) -> str:
    """Points and band, or how many items are open; "" for an instrument that is not added up.

    The bands are those that were used, whichever are in use today.
    """
    if result is None:
        return t("risk.no_points") if asked.id == elements.INSTRUMENT else ""
    if not result.band:
        return t("risk.total_open", points=result.points, n=result.open_items)
    scale = next((one for one in asked.scales if one.id == result.weights), None)
    names = {band.name.code: band.name.label(language()) for band in scale.bands} if scale else {}
    known = t(f"risk.band_{result.band}") if asked.id == elements.INSTRUMENT else result.band
    band = names.get(result.band, known)
    several = scale is None or len(asked.scales) > 1
    used = t("risk.used", weights=result.weights) if several else ""
    return t("risk.total", points=result.points, band=band, used=used)
