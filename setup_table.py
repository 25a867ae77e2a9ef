"""Makes the store ready without loading Flask; the same as `flask db-setup`."""

from __future__ import annotations

import sys

from flavorbot.storage.ready import main

if __name__ == "__main__":
    sys.exit(main())
