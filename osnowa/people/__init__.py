"""Who acts: accounts, sign-in, language, consent, erasure."""
