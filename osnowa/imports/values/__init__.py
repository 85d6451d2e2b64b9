"""What each row of a list says: cells to values of the register, and what is wrong in which cell."""

from osnowa.imports.values.rows import Checked, Problem, check_rows

__all__ = ["Checked", "Problem", "check_rows"]
