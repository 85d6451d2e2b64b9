"""How public facts are written for others: one module a format, pure, each with a golden file in the tests."""
