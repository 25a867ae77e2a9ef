"""Moving in: what databases and folders of elsewhere keep, read, mapped to values of ours, and stored by the many."""
