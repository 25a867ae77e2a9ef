"""The whole store kept elsewhere: backed up into a file, put back, and copied from one engine to the other."""
