"""Invented charts with which the gallery shows each kind in each state."""

from datetime import date

from django.utils.translation import gettext as _

from osnowa.ui.charts import Chart, Series

_ON = date(2025, 12, 31)
_LONG = (
    "Spółdzielnie socjalne osób prawnych prowadzące zakłady aktywności zawodowej i centra integracji społecznej",
    "Invalidska podjetja in zaposlitveni centri za usposabljanje in zaposlovanje težje zaposljivih oseb",
    "Konstantynopolitańczykowianeczkówna-Przedsiębiorczyńska",
    "NGO",
)
_YEARS = tuple(str(year) for year in range(2016, 2026))


def _chart(kind: str, title: str, unit: str, categories: tuple[str, ...], *series: Series, note: str = "") -> Chart:
    return Chart(kind, title, unit, categories, series, _("Invented sample"), _ON, note)


def _row(*values: float | None, name: str = "", marks: tuple[str, ...] = ()) -> Series:
    return Series(name or _("Organisations"), values, marks)


def chart_samples() -> list[tuple[str, list[Chart]]]:
    """Headings with their charts: each kind whole, long, negative, with gaps, of one value, of none."""
    return [(_("Bars"), _bars()), (_("Shares of a whole"), _stacked()), (_("Lines over time"), _lines()),
            (_("One among many"), _dots()), (_("From one day to another"), _waterfalls()), (_("Webs"), _webs())]  # fmt: skip


def _bars() -> list[Chart]:
    unit = _("organisations")
    kinds = (_("Foundations"), _("Social co-operatives"), _("Work integration units"), _("Associations"))
    return [
        _chart("bars", _("Organisations by legal form"), unit, kinds, _row(412, 126, None, 1038, marks=("", "own", "", ""))),
        _chart("bars", _("Long names and two years"), unit, _LONG, _row(63, 21, 4, 0, name="2024"), _row(68, None, 7, 1, name="2025")),
        _chart("bars", _("Change over a year"), "%", kinds, _row(4.25, -12.5, 0, -1.75)),
        _chart("bars", _("One bar"), unit, kinds[:1], _row(7)),
        _chart("bars", _("Bars of nothing"), unit, kinds[:2], _row(None, None)),
    ]


def _stacked() -> list[Chart]:
    names = (_("Public contracts"), _("Sales"), _("Grants"), _("Membership fees"), _("Donations"), _("Other"))
    parts = ((40, 10, 33), (30, 55, None), (15, 25, 33), (6, 5, 0), (5, 3, 20), (4, 2, -3))
    series = tuple(Series(name, values) for name, values in zip(names, parts, strict=True))
    return [
        _chart("stacked", _("Where the money comes from"), _("thousand euro"), (_LONG[0], _("Foundations"), _("Associations")), *series,
               note=_("What is below zero or not known has no share.")),
        _chart("stacked", _("One kind of money"), _("thousand euro"), (_("Foundations"), _("Associations")), _row(5, None, name=names[0]), _row(0, None, name=names[1])),
        _chart("stacked", _("Shares of nothing"), "", ()),
    ]  # fmt: skip


def _lines() -> list[Chart]:
    jobs = (310.0, 322.0, None, 351.0, 340.0, 402.0, 418.0, 431.0, 450.0, 473.0)
    others = tuple(value and value * 0.9 + 20 for value in jobs)
    return [
        _chart("lines", _("Jobs over the years"), _("full-time jobs"), _YEARS, _row(*jobs, name=_("Jobs"), marks=("",) * 5 + ("b",))),
        _chart("lines", _("Regions side by side"), "%", _YEARS, _row(*jobs, name="Pomorskie"), _row(*others, name="Podravska statistična regija"),
               _row(*(360.0,) * 8, None, None, name="Kujawsko-pomorskie")),
        _chart("lines", _("Above and below zero"), "%", _YEARS[:5], _row(2.5, 0.5, -1.25, -3, 0.75, name=_("Balance"))),
        _chart("lines", _("One year"), "", _YEARS[:1], _row(5)),
        _chart("lines", _("Years of nothing"), "", _YEARS[:3], _row(None, None, None)),
    ]  # fmt: skip


def _dots() -> list[Chart]:
    names = (*(f"PL{number}" for number in range(21, 45)), "Pomorskie")
    one = tuple(round(3 + (place * 7 % 25) * 0.31, 2) for place in range(25))
    own = ("",) * 24 + ("own",)
    return [
        _chart("dots", _("Employment in the social economy among regions"), "%", names, _row(*one, marks=own)),
        _chart("dots", _("Two indicators, distance from the average"), _("standard deviations"), names,
               _row(*(value - 6.7 for value in one), name=_("People at risk of poverty"), marks=own),
               _row(*(-value / 3 + 2 for value in one[:24]), None, name=_LONG[0], marks=own)),
        _chart("dots", _("One region"), "%", names[-1:], _row(4, marks=("own",))),
        _chart("dots", _("Dots of nothing"), "%", names[:2], _row(None, None)),
    ]  # fmt: skip


def _waterfalls() -> list[Chart]:
    steps = ("31.12.2024", _("New"), _("Came from elsewhere"), _("Closed"), _("Changed their type"), "31.12.2025")
    unit = _("organisations")
    return [
        _chart("waterfall", _("Why the number changed"), unit, steps, _row(58, 9, 2, -4, -2, None)),
        _chart("waterfall", _("From nothing to less"), unit, (_LONG[0], *steps[1:4], _LONG[1]), _row(0, 3, 0, -8, None)),
        _chart("waterfall", _("A day and nothing else"), unit, steps[:1], _row(12)),
        _chart("waterfall", _("Steps of nothing"), unit, steps[:2], _row(None, None)),
    ]


def _webs() -> list[Chart]:
    names = (_("Purpose"), _("Ecosystem"), _("Portfolio of activities"), _("Cross-sectoral mobilisation"), _("Resource allocation and funding"),
             _("Operational model"), _("Coordinating body"), _("Membership model"))  # fmt: skip
    everybody = _row(3, 2, 4, 3, 2, 1, 2, 3, name=_("Everybody"))
    return [
        Chart("radar", _("A cluster in eight dimensions"), "", names, (
            _row(2, 2, 3, 2, 1, 1, 2, 2, name=_("The round before"), marks=("ghost",)), _row(4, 4, 4, 4, 3, 3, 4, 4, name=_("Target"), marks=("target",)), everybody,
            _row(4, 2, 3, 3, 2, 1, None, 4, name=_("Public sector")), _row(2, 2, 4, 2, 3, 1, 2, 2.5, name=_("Business"))), _("Invented sample"), _ON, top=5),
        Chart("radar", _("Where half of the voices lie"), "", names, (
            _row(2, 1, 3, 2, 1.5, 1, 1, 2, name=_("Lower quartile"), marks=("low",)), _row(4, 3, 4.5, 4, 3, 2, 4, 4, name=_("Upper quartile"), marks=("high",)), everybody),
            _("Invented sample"), _ON, top=5),
        Chart("radar", _("Two dimensions make no web"), "", names[:2], (_row(3, 2),), _("Invented sample"), _ON, top=5),
        Chart("radar", _("A web of nothing"), "", names, (_row(*(None,) * 8),), _("Invented sample"), _ON, top=5),
    ]  # fmt: skip
