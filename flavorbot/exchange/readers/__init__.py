"""Recipes brought along: one file for each format that others write."""
