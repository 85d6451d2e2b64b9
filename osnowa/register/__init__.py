"""Who exists: organisations and their units, yearly figures, sources, statuses, contacts, offers and needs."""
