"""The language model as a cook."""
