"""Organisations as the linkage engine takes them: texts by role."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from osnowa.register.models import Activity, Contact, Identifier, Organisation

_FIELDS = (
    "pk", "legal_name", "short_name", "other_names", "country", "postal_code", "locality", "street", "founded_on",
    "legal_form", "links", "municipality__parent__name",
)  # fmt: skip


def records_of(organisations: QuerySet[Organisation]) -> Iterator[tuple[int, dict[str, str]]]:
    """(key, {role: text}) of each organisation in the order of keys; four queries, however many they are."""
    ours = organisations.order_by().values("pk")
    extra: dict[int, dict[str, str]] = defaultdict(dict)
    for pk, scheme, value in Identifier.objects.filter(organisation__in=ours).values_list("organisation_id", "scheme", "value"):
        extra[pk][f"number:{scheme}"] = value
    for pk, nace in Activity.objects.filter(organisation__in=ours, is_main=True).values_list("organisation_id", "nace"):
        extra[pk]["activity"] = nace
    for pk, email, phone in Contact.objects.filter(organisation__in=ours).values_list("organisation_id", "email", "phone"):
        extra[pk].setdefault("email", email)
        extra[pk].setdefault("phone", phone)
    for pk, name, short, others, country, code, locality, street, founded, form, links, area in (
        organisations.order_by("pk").values_list(*_FIELDS)
    ):  # fmt: skip
        roles = {
            "name": name, "country": country, "postcode": code, "locality": locality, "street": street,
            "founded": founded.isoformat() if founded else "", "legal_form": form, "area": area or "",
            "website": next((one.get("url", "") for one in links), ""),
        }  # fmt: skip
        for number, other in enumerate([one for one in (short, *others) if one and one != name], start=1):
            roles["other_name" if number == 1 else f"other_name:{number}"] = other
        yield pk, {role: text for role, text in (roles | extra.get(pk, {})).items() if text}
