"""Letters to members, to the persons who act for them, in their language."""

import logging
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.db import transaction
from django.utils import timezone

from osnowa.clusters.models import Membership
from osnowa.clusters.queries.mandates import addresses
from osnowa.kit import letters

log = logging.getLogger(__name__)


def write(letter: str, it: Membership, **words: Any) -> int:
    """Sends `clusters/mail/<letter>.txt` to everybody who acts for a member; returns how many letters the mail server took."""
    cluster = it.cluster
    region = cluster.region
    sent = 0
    for email, spoken in addresses([it], timezone.localdate()).get(it.pk, []):
        language = letters.spoken(spoken or next(iter(region.languages), "en"))
        page = letters.link("clusters:member", language, region=region.slug, cluster=cluster.slug, member=it.pk)
        try:
            letters.send(f"clusters/mail/{letter}.txt", to=email, language=language, it=it, cluster=cluster, region=region, page=page, **words)
            sent += 1
        except (SMTPException, OSError) as error:
            log.warning("a letter to member %s was not sent", it.pk, exc_info=error)
    return sent


def write_soon(letter: str, it: Membership) -> None:
    """Sends the letter once the deed is done."""
    transaction.on_commit(partial(write, letter, it))
