"""Addresses of clusters. Each part of the room keeps its own list; its first page bears the name of its tab."""

from django.urls import URLPattern, path

from osnowa.clusters.views import (
    bodies,
    canvas,
    clusters,
    ecosystem,
    fees,
    health,
    ledger,
    mandates,
    members,
    members_path,
    money,
    portrait,
    renewals,
    services,
)

app_name = "clusters"
_ONE = "<slug:region>/clusters/<slug:cluster>/"

#: The list, making and changing one, its front page.
_clusters: list[URLPattern] = [
    path("<slug:region>/clusters/", clusters.clusters, name="clusters"),
    path("<slug:region>/clusters/new/", clusters.new, name="new"),
    path(_ONE, clusters.cluster, name="cluster"),
    path(f"{_ONE}edit/", clusters.edit, name="edit"),
]

#: What it is, who acts around it, what is told of it by rule books.
_portrait: list[URLPattern] = [
    path(f"{_ONE}portrait/", portrait.portrait, name="portrait"),
    path(f"{_ONE}portrait/edit/", portrait.edit_portrait, name="edit_portrait"),
    path(f"{_ONE}ecosystem/", ecosystem.ecosystem, name="ecosystem"),
    path(f"{_ONE}ecosystem/add/", ecosystem.add_actor, name="add_actor"),
    path(f"{_ONE}ecosystem/<int:actor>/", ecosystem.actor, name="actor"),
    path(f"{_ONE}ecosystem/<int:actor>/remove/", ecosystem.remove_actor, name="remove_actor"),
    path(f"{_ONE}health/", health.health, name="health"),
    path(f"{_ONE}health/facts/", health.facts, name="facts"),
    path(f"{_ONE}health/pilot/", health.pilot, name="pilot"),
    path(f"{_ONE}health/books/<slug:book>/", health.compare_book, name="compare_book"),
]

#: The eight dimensions: agreed text, versions, points, print. First page: `canvas`.
_DIMENSION = f"{_ONE}canvas/<slug:dimension>/"
_canvas: list[URLPattern] = [
    path(f"{_ONE}canvas/", canvas.canvas, name="canvas"),
    path(f"{_ONE}canvas.<slug:form>", canvas.canvas_file, name="canvas_file"),
    path(_DIMENSION, canvas.dimension, name="dimension"),
    path(f"{_DIMENSION}text/<slug:language>/", canvas.dimension_text, name="dimension_text"),
    path(f"{_DIMENSION}versions/<slug:language>/", canvas.dimension_versions, name="dimension_versions"),
    path(f"{_DIMENSION}add/<slug:kind>/", canvas.add_point, name="add_point"),
    path(f"{_DIMENSION}points/<int:point>/", canvas.point, name="point"),
    path(f"{_DIMENSION}points/<int:point>/remove/", canvas.remove_point, name="remove_point"),
]

#: Memberships, mandates, fees, renewal (first page: `members`); bodies and rules (first page: `bodies`).
_MEMBERS, _BODIES = f"{_ONE}members/", f"{_ONE}bodies/"
_MEMBER = f"{_MEMBERS}<int:member>/"
_members: list[URLPattern] = [
    path(_MEMBERS, members.members, name="members"),
    path(f"{_MEMBERS}register.<slug:form>", members.members_file, name="members_file"),
    path(f"{_MEMBERS}add/", members.add_candidates, name="add_candidates"),
    path(f"{_MEMBERS}signatories/", members.take_signatories, name="take_signatories"),
    path(f"{_MEMBERS}apply/", members.apply, name="apply"),
    path(f"{_MEMBERS}renewals/", renewals.renewals, name="renewals"),
    path(f"{_MEMBERS}mandates/", mandates.mandates, name="mandates"),
    path(f"{_MEMBERS}mandates/<int:mandate>/", mandates.mandate, name="mandate"),
    path(f"{_MEMBERS}mandates/<int:mandate>/end/", mandates.end_mandate, name="end_mandate"),
    path(f"{_MEMBERS}fees/", fees.fees, name="fees"),
    path(f"{_MEMBERS}fees/issue/", fees.issue_fees, name="issue_fees"),
    path(f"{_MEMBERS}fees/simulation/", fees.fee_simulation, name="fee_simulation"),
    path(f"{_MEMBERS}fees/tiers/new/", fees.add_tier, name="add_tier"),
    path(f"{_MEMBERS}fees/tiers/<int:tier>/", fees.tier, name="tier"),
    path(f"{_MEMBERS}fees/tiers/<int:tier>/remove/", fees.remove_tier, name="remove_tier"),
    path(f"{_MEMBERS}fees/<int:fee>/", fees.fee, name="fee"),
    path(_MEMBER, members_path.member, name="member"),
    path(f"{_MEMBER}edit/", members_path.edit_member, name="edit_member"),
    path(f"{_MEMBER}decide/", members_path.decide, name="decide"),
    path(f"{_MEMBER}renew/", members_path.renew, name="renew"),
    path(f"{_MEMBER}end/", members_path.end, name="end_membership"),
    path(f"{_MEMBER}onboarding/", members_path.onboarding, name="onboarding"),
    path(f"{_MEMBER}mandates/new/", mandates.add_mandate, name="add_mandate"),
    path(f"{_MEMBER}fee/", fees.own_fee, name="own_fee"),
    path(_BODIES, bodies.bodies, name="bodies"),
    path(f"{_BODIES}new/", bodies.add_body, name="add_body"),
    path(f"{_BODIES}rules/", bodies.rules, name="rules"),
    path(f"{_BODIES}rules/edit/", bodies.edit_rules, name="edit_rules"),
    path(f"{_BODIES}<int:body>/", bodies.body, name="body"),
    path(f"{_BODIES}<int:body>/remove/", bodies.remove_body, name="remove_body"),
    path(f"{_BODIES}<int:body>/terms/new/", bodies.add_term, name="add_term"),
    path(f"{_BODIES}terms/<int:term>/", bodies.term, name="term"),
    path(f"{_BODIES}terms/<int:term>/end/", bodies.end_term, name="end_term"),
]

#: Services, ledger (first page: `services`); budget (first page: `money`).
_SERVICES, _MONEY = f"{_ONE}services/", f"{_ONE}money/"
_services: list[URLPattern] = [
    path(_SERVICES, services.services, name="services"),
    path(f"{_ONE}services.xlsx", services.services_file, name="services_file"),
    path(f"{_SERVICES}seed/", services.seed, name="seed"),
    path(f"{_SERVICES}new/", services.new_service, name="new_service"),
    path(f"{_SERVICES}usage/", services.usage, name="usage"),
    path(f"{_SERVICES}ledger/", ledger.ledger, name="ledger"),
    path(f"{_SERVICES}ledger/note/", ledger.note_uses, name="note_uses"),
    path(f"{_SERVICES}ledger/<int:use>/reverse/", ledger.reverse_use, name="reverse_use"),
    path(f"{_SERVICES}<int:service>/", services.service, name="service"),
    path(f"{_SERVICES}<int:service>/close/", services.close_service, name="close_service"),
    path(f"{_SERVICES}<int:service>/move/", services.move_service, name="move_service"),
    path(_MONEY, money.money, name="money"),
    path(f"{_ONE}money.xlsx", money.money_file, name="money_file"),
    path(f"{_MONEY}<int:year>/", money.money_year, name="money_year"),
    path(f"{_MONEY}<int:year>/copy/", money.copy_year, name="copy_year"),
]

urlpatterns = [*_clusters, *_portrait, *_canvas, *_members, *_services]
