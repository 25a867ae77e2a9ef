"""What FlavorBot knows about food: ingredients, allergens, diets, units, nutrition, hazards, and the checker over them."""
