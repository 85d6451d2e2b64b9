"""The index of the register: by which words, places and activities an organisation is found.

`index_many` is the one way in and `osnowa.register.queries.search` the one way out; `engine` knows SQLite and PostgreSQL.
"""

from osnowa.register.search.indexing import Told, Words, index_many, index_new, is_outdated, rebuild, words_told

__all__ = ["Told", "Words", "index_many", "index_new", "is_outdated", "rebuild", "words_told"]
