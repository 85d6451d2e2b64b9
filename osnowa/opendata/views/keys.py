"""The keys with which a person's programs write in her name: make one, see them, end one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from osnowa.kit.doors import signed_in
from osnowa.opendata import access, actions
from osnowa.opendata.forms.keys import KeyForm
from osnowa.opendata.models import ApiKey
from osnowa.opendata.queries.keys import keys_of
from osnowa.ui.forms import refusals, status_of


@never_cache
@sensitive_variables("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in()
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of the person; the one just made is shown here once and never again."""
    person: Any = request.user
    form, made, secret = KeyForm(request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            words = form.cleaned_data
            made, secret = actions.make_key(by=person, name=words["name"], expires_on=words["expires_on"])
    today = timezone.localdate()
    rows = [row | {"is_over": bool(row["ended_at"]) or row["expires_on"] < today} for row in keys_of(person)]
    context = {"form": KeyForm() if made else form, "made": made, "secret": secret, "rows": rows}
    return render(request, "opendata/keys.html", context, status=status_of(form))


@require_POST
@signed_in(find=access.find_key)
def end_key(request: HttpRequest, key: ApiKey) -> HttpResponse:
    actions.end_key(by=request.user, key=key)
    messages.success(request, _("The key has ended: whoever sends it is refused from now on."))
    return redirect("opendata:keys")
