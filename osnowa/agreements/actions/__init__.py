"""Verbs of agreements. What is forgotten when a person is erased is known from the start (`people.apps`)."""

from osnowa.agreements.actions.keeping import close_agreements, remind_of_agreements
from osnowa.agreements.actions.signatories import remind_of_signing
from osnowa.agreements.actions.signing_keeping import erase_signers

__all__ = ["close_agreements", "erase_signers", "remind_of_agreements", "remind_of_signing"]
