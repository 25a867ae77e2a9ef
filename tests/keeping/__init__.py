"""Tests of what keeps the whole store elsewhere."""
