"""FlavorBot: recipes you can trust, from what you have."""
