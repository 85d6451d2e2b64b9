"""Registration numbers of invented organisations by the ten thousands: counted up, with the check digits of each country.

The ranges of small countries are too narrow for numbers nobody has; the region says that all of it is invented.
"""

from collections.abc import Callable

from stdnum.es import cif
from stdnum.si import maticna

_FIRST = 1_000_000


def _luhn(body: str) -> int:
    """The digit that makes a number pass Luhn's sum."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        digit = int(sign) * (1 if place % 2 else 2)
        total += digit - 9 if digit > 9 else digit
    return -total % 10


def _weighted(body: str, weights: tuple[int, ...], modulus: int) -> int:
    return sum(weight * int(sign) for weight, sign in zip(weights, body, strict=True)) % modulus


def _mod_11_10(body: str) -> int:
    """The check digit of ISO 7064, MOD 11,10."""
    check = 5
    for sign in body:
        check = (((check or 10) * 2) % 11 + int(sign)) % 10
    return (1 - ((check or 10) * 2) % 11) % 10


def _nip(number: int) -> str | None:
    body = f"96{number:07d}"
    last = _weighted(body, (6, 5, 7, 2, 3, 4, 5, 6, 7), 11)
    return f"{body}{last}" if last < 10 else None


def _regon(number: int) -> str:
    body = f"9{number:07d}"
    return f"{body}{_weighted(body, (8, 9, 2, 3, 4, 5, 6, 7), 11) % 10}"


def _maticna(number: int) -> str | None:
    body = f"{100_000 + number % 900_000:06d}"
    last = maticna.calc_check_digit(body)
    return f"{body}{last}" if len(last) == 1 else None


def _finnish(number: int) -> str | None:
    body = f"{number:07d}"
    last = -_weighted(body, (7, 9, 10, 5, 8, 4, 2), 11) % 11
    return f"{body}{last}" if last < 10 else None


def _danish(number: int) -> str | None:
    body = f"{number + 2_000_000:07d}"
    last = -_weighted(body, (2, 7, 6, 5, 4, 3, 2), 11) % 11
    return f"DK{body}{last}" if last < 10 else None


def _romanian(number: int) -> str:
    body = f"{number + 30_000_000:09d}"
    return f"RO{int(body)}{10 * _weighted(body, (7, 5, 3, 2, 1, 7, 5, 3, 2), 11) % 11 % 10}"


def _estonian(number: int) -> str:
    body = f"10{number % 1_000_000:06d}"
    return f"EE{body}{-_weighted(body, (3, 7, 1, 3, 7, 1, 3, 7), 10) % 10}"


def _portuguese(number: int) -> str:
    body = f"5{number:07d}"
    return f"PT{body}{(11 - sum((9 - place) * int(sign) for place, sign in enumerate(body))) % 11 % 10}"


def _hungarian(number: int) -> str:
    body = f"{number:07d}"
    return f"{body}{-_weighted(body, (9, 7, 3, 1, 9, 7, 3), 10) % 10}"


def _austrian(number: int) -> str:
    body = f"{number:07d}"
    total = sum(sum(divmod(2 * int(sign), 10)) if place % 2 else int(sign) for place, sign in enumerate(body))
    return f"U{body}{(6 - total) % 10}"


def _spanish(number: int) -> str:
    body = f"G{number:07d}"
    return f"{body}{cif.calc_check_digits(body)[0]}"


def _belgian(number: int) -> str:
    body = f"0{number:07d}"
    return f"{body}{97 - int(body) % 97:02d}"


def _swedish(number: int) -> str:
    body = f"80{number:07d}"
    return f"SE{body}{_luhn(body)}01"


def _luxembourgish(number: int) -> str:
    body = 100_000 + number % 900_000
    return f"LU{body:06d}{body % 89:02d}"


#: How a number of a scheme (of EU-VAT: of a country too) is made of a counter; None where the counter has no check digit.
_MAKERS: dict[str, Callable[[int], str | None]] = {
    "AT-UID": _austrian,
    "BE-VAT": _belgian,
    "DE-VAT": lambda number: f"3{number:07d}{_mod_11_10(f'3{number:07d}')}",
    "DK": _danish,
    "EE": _estonian,
    "ES-NIF": _spanish,
    "FI-YT": _finnish,
    "FR-SIREN": lambda number: f"8{number:07d}{_luhn(f'8{number:07d}')}",
    "HR-OIB": lambda number: f"777{number:07d}{_mod_11_10(f'777{number:07d}')}",
    "HU-ANUM": _hungarian,
    "IT-IVA": lambda number: f"{number:07d}022{_luhn(f'{number:07d}022')}",
    "LU": _luxembourgish,
    "PL-KRS": lambda number: f"{number:010d}",
    "PL-NIP": _nip,
    "PL-REGON": _regon,
    "PT": _portuguese,
    "RO": _romanian,
    "SE": _swedish,
    "SI-MAT": _maticna,
}


class Counters:
    """Gives each number once, in ascending order of each scheme."""

    def __init__(self) -> None:
        self.next: dict[str, int] = {}

    def take(self, scheme: str, country: str) -> str:
        key = country if scheme.startswith("EU-") else scheme
        make = _MAKERS.get(key) or (lambda number: f"{country}REG.{number:08d}")
        number: str | None = None
        while number is None:
            counter = self.next.get(key, _FIRST)
            self.next[key] = counter + 1
            number = make(counter)
        return number
