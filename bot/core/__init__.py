"""Decisions: pure functions, without I/O, clock or async. Time comes in as an argument."""
