"""Whether a driving licence from another country can be driven on, or exchanged, in Norway.

Source: førerkortforskriften (2004-01-19-298) kap. 10 and its appendix. Rules for single countries change: Statens
vegvesen decides, and pages say so.
"""

from enum import StrEnum

from kompetanse.codes.countries import country


class DrivingExchange(StrEnum):
    """What a foreign driving licence is worth here."""

    VALID = "valid"  # the EEA: valid as it is
    EXCHANGE = "exchange"  # exchanged without a test
    EXCHANGE_WITH_TEST = "exchange_with_test"  # class B, after a driving test, within a year
    WHILE_PROTECTED = "while_protected"  # Ukraine: valid while collective protection lasts
    NEW = "new"  # a Norwegian licence must be taken


_EXCHANGED = frozenset({"CH", "FO", "GB", "GL", "JP"})
_TESTED = frozenset({"AU", "CA", "HK", "KR", "NZ", "US"})


def driving_exchange(issued_in: str | None) -> DrivingExchange | None:
    """What a driving licence is worth, by the country (ISO 3166-1) that issued it; None when that is not stated.

    Raises:
        UnknownCode: no such country.
    """
    if issued_in is None:
        return None
    if country(issued_in).eea:
        return DrivingExchange.VALID
    if issued_in == "UA":
        return DrivingExchange.WHILE_PROTECTED
    if issued_in in _EXCHANGED:
        return DrivingExchange.EXCHANGE
    return DrivingExchange.EXCHANGE_WITH_TEST if issued_in in _TESTED else DrivingExchange.NEW
