"""Finding recipes in one person's box: words, typos, filters with counts, and the order of what was found."""
