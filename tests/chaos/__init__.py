"""FlavorBot as shipped while things break around it; `make chaos` runs all of it, `make test` the sharpest."""
