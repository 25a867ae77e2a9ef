"""What FlavorBot knows about food: the food table, reading what people type, and the checker over both."""
