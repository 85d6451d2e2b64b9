"""Registration numbers with valid check digits, from ranges that the registers have not given out as far as we can tell."""

from collections.abc import Callable
from random import Random

from stdnum.es import cif
from stdnum.pl import nip, regon
from stdnum.si import ddv, maticna


def nip_number(dice: Random, series: str) -> str:
    """A Polish tax number of a tax office 000, which does not exist."""
    while True:
        body = f"000{series}{dice.randrange(10**5):05d}"
        last = nip.checksum(body + "0")
        if last < 10:
            return f"{body}{last}"


def regon_number(dice: Random, series: str) -> str:
    """A Polish statistical number beginning with 98, which is not in use."""
    body = f"98{series}{dice.randrange(10**5):05d}"
    return f"{body}{regon.calc_check_digit(body)}"


def krs_number(dice: Random, series: str) -> str:
    """A Polish court register number far above those given out; it has no check digit."""
    return f"0009{series}{dice.randrange(10**5):05d}"


def maticna_number(dice: Random, series: str) -> str:
    """A Slovene registration number beginning with 00, which is not in use."""
    while True:
        body = f"00{dice.randrange(10**4):04d}"
        if len(last := maticna.calc_check_digit(body)) == 1:
            return f"{body}{last}"


def ddv_number(dice: Random, series: str) -> str:
    """A Slovene tax number from the very end of the range."""
    while True:
        body = f"999{dice.randrange(10**4):04d}"
        last = ddv.calc_check_digit(body)
        if len(last) == 1:
            return f"{body}{last}"


#: The first letter of a Spanish NIF by legal form.
_LETTERS = {"ES-COOP": "F", "ES-COIS": "F", "ES-SL": "B", "ES-EI": "B", "ES-CEE": "B", "ES-EMP": "B", "ES-MUT": "V",
            "ES-SAT": "V", "ES-FUN": "G", "ES-ASO": "G", "ES-AYT": "P", "ES-ENP": "Q", "ES-UNI": "Q"}  # fmt: skip


def nif_number(dice: Random, form: str) -> str:
    """A Spanish tax number of a province 98, which does not exist."""
    body = f"{_LETTERS[form]}98{dice.randrange(10**5):05d}"
    digit, letter = cif.calc_check_digits(body)
    return f"{body}{letter if body[0] in 'PQ' else digit}"


class Numbers:
    """Gives each number once; the series (one digit a region) keeps regions apart."""

    def __init__(self, dice: Random, series: str) -> None:
        self.dice, self.series = dice, series
        self.given: set[str] = set()

    def _once(self, make: Callable[[Random, str], str]) -> str:
        while (number := make(self.dice, self.series)) in self.given:
            pass
        self.given.add(number)
        return number

    def of(self, form: str, *, is_unit: bool) -> dict[str, str]:
        """The numbers an organisation of a legal form bears."""
        if form.startswith("PL"):
            return self._polish(form, is_unit=is_unit)
        if form.startswith("SI"):
            numbers = {"SI-MAT": self._once(maticna_number)}
            return numbers | ({"SI-DDV": self._once(ddv_number)} if self.dice.random() < 0.3 else {})
        return {"ES-NIF": self._once(lambda dice, _series: nif_number(dice, form))}

    def _polish(self, form: str, *, is_unit: bool) -> dict[str, str]:
        if is_unit:
            return {"PL-REGON": self._once(regon_number)} if self.dice.random() < 0.4 else {}
        numbers = {"PL-NIP": self._once(nip_number), "PL-REGON": self._once(regon_number)}
        if form == "PL-KGW":
            return {"PL-OTHER": self._once(lambda dice, series: f"KGW/{series}{dice.randrange(10**4):04d}"), "PL-REGON": numbers["PL-REGON"]}
        if form not in ("PL-STOZW", "PL-GMINA", "PL-INSTK", "PL-UCZ"):
            numbers["PL-KRS"] = self._once(krs_number)
        return numbers
