"""Speed against limits of the house, in the same run. Not part of the tests."""
