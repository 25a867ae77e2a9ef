"""The chef, who answers questions about a recipe."""
