"""Rules of procedure as settings: what each is called, its kind, its usual value and where that comes from, and as a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.clusters.models import Cluster
from osnowa.kit.codes import CodeList

_TABLES = Path(__file__).parents[1] / "tables"
BODIES = CodeList(_TABLES / "bodies.csv")
ONBOARDING = CodeList(_TABLES / "onboarding.csv")

#: Where usual values come from. The act is of 16 September 1982 (Poland); what it leaves to the statute we only propose.
ACT = gettext_lazy("Polish co-operative law (act of 16 September 1982)")
PROPOSAL = gettext_lazy("proposal of Osnowa; no law asks for it")
MAJORITIES = {
    "simple": gettext_lazy("simple majority (more for than against)"),
    "absolute": gettext_lazy("absolute majority (more than half of the votes cast)"),
    "two_thirds": gettext_lazy("two thirds of all votes cast"),
    "three_quarters": gettext_lazy("three quarters of all votes cast"),
    "consent": gettext_lazy("consent (nobody objects for a weighty reason)"),
}
_ACT_PAGE = "https://isap.sejm.gov.pl/isap.nsf/DocDetails.xsp?id=WDU19820300210"


@dataclass(frozen=True)
class Rule:
    """One setting. `kind`: percent, count, days, months, years, month, choice, yes, codes. `usual` may be None: not laid down."""

    code: str
    heading: str
    label: Any
    kind: str
    usual: Any
    source: Any
    says: Callable[[Any], str]
    most: int = 100
    least: int = 0
    paragraph: str = ""
    link: str = ""
    choices: Mapping[str, Any] | None = None

    @property
    def origin(self) -> str:
        """Where the usual value comes from, with its paragraph."""
        return f"{self.source}, {self.paragraph}" if self.paragraph else str(self.source)

    @property
    def choice_list(self) -> list[tuple[str, str]]:
        """What can be chosen, for rules that name codes."""
        return [(code, str(words)) for code, words in (self.choices or {}).items()]

    def written(self, value: Any) -> str:
        """A value in words, as it stands in a table."""
        if value is None or value == "" or value == []:
            return _("not laid down")
        if self.kind == "yes":
            return _("yes") if value else _("no")
        if self.kind == "choice":
            return str((self.choices or {}).get(value, value))
        if self.kind == "month":
            return str(MONTHS[value])
        if self.kind == "codes":
            return ", ".join(dict(self.choice_list).get(code, code) for code in value)
        return _counted(self.kind, value)


def _counted(kind: str, value: Any) -> str:
    if kind == "percent":
        return f"{value}%"
    if kind == "days":
        return ngettext("%(n)s day", "%(n)s days", value) % {"n": value}
    if kind == "months":
        return ngettext("%(n)s month", "%(n)s months", value) % {"n": value}
    if kind == "years":
        return ngettext("%(n)s year", "%(n)s years", value) % {"n": value}
    return str(value)


HEADINGS = {
    "deciding": gettext_lazy("Deciding"), "meeting": gettext_lazy("Meeting"), "members": gettext_lazy("Members"), "renewal": gettext_lazy("Renewal and mandates"),
}  # fmt: skip

RULES: tuple[Rule, ...] = (
    Rule("one_member_one_vote", "deciding", gettext_lazy("One member, one vote"), "yes", True, ACT, lambda on: _("Every member has one vote, whatever it pays or brings.") if on else _("Votes may be weighted."), paragraph="art. 36", link=_ACT_PAGE),
    Rule("quorum", "deciding", gettext_lazy("Share of those entitled who must be present"), "percent", 50, ACT, lambda n: _("A meeting can decide when at least %(n)s%% of those entitled are present, rounded up.") % {"n": n}, paragraph="art. 41 § 2", link=_ACT_PAGE),
    Rule("majority", "deciding", gettext_lazy("Majority for a decision"), "choice", "simple", ACT, lambda code: _("How decisions are taken: %(majority)s.") % {"majority": MAJORITIES.get(code, code)}, paragraph="art. 41 § 2", link=_ACT_PAGE, choices=MAJORITIES),
    Rule("majority_rules", "deciding", gettext_lazy("Majority for changing these rules"), "choice", "two_thirds", ACT, lambda code: _("How these rules are changed: %(majority)s.") % {"majority": MAJORITIES.get(code, code)}, paragraph="art. 12a § 1", link=_ACT_PAGE, choices=MAJORITIES),
    Rule("agenda_only", "deciding", gettext_lazy("Only what stands on the agenda is decided"), "yes", True, ACT, lambda on: _("Only what stood on the agenda that was sent out is decided.") if on else _("A meeting may decide on what was not announced."), paragraph="art. 41 § 1", link=_ACT_PAGE),
    Rule("proxies", "deciding", gettext_lazy("Members one person may stand for by proxy"), "count", 1, ACT, lambda n: ngettext("One person may stand for %(n)s other member by proxy.", "One person may stand for %(n)s other members by proxy.", n) % {"n": n} if n else _("Nobody votes by proxy."), paragraph="art. 36", link=_ACT_PAGE),
    Rule("notice_days", "meeting", gettext_lazy("Days between invitation and meeting"), "days", 14, PROPOSAL, lambda n: ngettext("Invitation and agenda go out at least %(n)s day before.", "Invitation and agenda go out at least %(n)s days before.", n) % {"n": n}),
    Rule("minutes_days", "meeting", gettext_lazy("Days within which minutes are sent"), "days", 14, PROPOSAL, lambda n: ngettext("Minutes are sent within %(n)s day.", "Minutes are sent within %(n)s days.", n) % {"n": n}),
    Rule("minutes_years", "meeting", gettext_lazy("Years for which minutes are kept"), "years", 10, ACT, lambda n: ngettext("Minutes are kept for %(n)s year.", "Minutes are kept for %(n)s years.", n) % {"n": n}, paragraph="art. 41 § 5", link=_ACT_PAGE),
    Rule("application_days", "members", gettext_lazy("Days to decide on an application"), "days", 30, PROPOSAL, lambda n: ngettext("An application is decided within %(n)s day.", "An application is decided within %(n)s days.", n) % {"n": n}, most=365),
    Rule("natural_persons", "members", gettext_lazy("Natural persons may be members"), "yes", False, PROPOSAL, lambda on: _("Natural persons may be members too.") if on else _("Members are organisations; persons act for them.")),
    Rule("social_economy_share", "members", gettext_lazy("Least share of the social economy among members"), "percent", 50, PROPOSAL, lambda n: _("At least %(n)s%% of members belong to the social economy.") % {"n": n}),
    Rule("silent_months", "members", gettext_lazy("Months after which a member counts as silent"), "months", 12, PROPOSAL, lambda n: ngettext("A member that was not heard of for %(n)s month is asked how it is.", "A member that was not heard of for %(n)s months is asked how it is.", n) % {"n": n}, most=60, least=1),
    Rule("onboarding", "members", gettext_lazy("Steps with which a member is received"), "codes", [row.code for row in ONBOARDING], PROPOSAL, lambda chosen: ngettext("A new member is received in %(n)s step.", "A new member is received in %(n)s steps.", len(chosen)) % {"n": len(chosen)}, choices={row.code: row for row in ONBOARDING}),
    Rule("renewal_months", "renewal", gettext_lazy("Months after which membership is renewed"), "months", 12, PROPOSAL, lambda n: ngettext("Membership is renewed after %(n)s month.", "Membership is renewed after %(n)s months.", n) % {"n": n}, most=120, least=1),
    Rule("renewal_month", "renewal", gettext_lazy("Month in which everybody renews"), "month", None, PROPOSAL, lambda month: _("Everybody renews by the end of the month: %(month)s.") % {"month": MONTHS[month]}, most=12, least=1),
    Rule("mandate_months", "renewal", gettext_lazy("Usual length of a person's mandate, in months"), "months", 24, PROPOSAL, lambda n: ngettext("A mandate usually holds for %(n)s month.", "A mandate usually holds for %(n)s months.", n) % {"n": n}, most=60, least=1),
)  # fmt: skip
BY_CODE = {rule.code: rule for rule in RULES}


def rule(cluster: Cluster, code: str) -> Any:
    """The value of a rule: as the cluster laid it down, else as usual."""
    return cluster.rules[code] if code in cluster.rules else BY_CODE[code].usual


def onboarding_steps(cluster: Cluster) -> list[tuple[str, str]]:
    """The steps with which a member is received: (code, words)."""
    return [(code, ONBOARDING.label(code)) for code in rule(cluster, "onboarding") or []]


@dataclass(frozen=True)
class Told:
    """A rule as it stands: its value in words, its sentence, and whether the cluster laid it down itself."""

    rule: Rule
    value: Any
    is_own: bool

    @property
    def written(self) -> str:
        return self.rule.written(self.value)

    @property
    def usual(self) -> str:
        return self.rule.written(self.rule.usual)

    @property
    def sentence(self) -> str:
        """The rule as one sentence; empty where nothing is laid down."""
        return "" if self.value is None or self.value == [] else self.rule.says(self.value)


def told(cluster: Cluster) -> list[tuple[str, list[Told]]]:
    """All rules under their headings."""
    rows = [Told(one, rule(cluster, one.code), one.code in cluster.rules) for one in RULES]
    return [(str(words), [row for row in rows if row.rule.heading == heading]) for heading, words in HEADINGS.items()]


def sentences(cluster: Cluster) -> list[tuple[str, list[str]]]:
    """The rules as sentences under their headings, for pages and documents."""
    return [(heading, [row.sentence for row in rows if row.sentence]) for heading, rows in told(cluster)]
