"""How Osnowa behaves with as many organisations as Europe has: server time, sizes, loading, beside the limit and the usual way."""
