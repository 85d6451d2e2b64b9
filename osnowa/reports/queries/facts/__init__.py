"""Facts of the rooms below as parts of a document; every number as the public pages tell it."""
