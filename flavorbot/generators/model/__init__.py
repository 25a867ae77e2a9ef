"""A language model as the cook, under the kitchen's discipline; loaded only where one is configured."""
