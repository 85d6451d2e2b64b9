"""Reads of documents: their kinds, the facts of their sections, what people wrote, editions and what differs between two."""
