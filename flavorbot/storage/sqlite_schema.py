"""The tables of the embedded store, as numbered steps that only ever add: older code keeps working on a newer file.

Times are whole microseconds since 1970. `owner` is a draft's owner as `user#id` or `guest#id`.
"""

from __future__ import annotations

STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE users (
            id TEXT PRIMARY KEY, email_key TEXT NOT NULL UNIQUE, email TEXT NOT NULL, name TEXT NOT NULL,
            password_hash TEXT NOT NULL, plan TEXT NOT NULL, diets TEXT NOT NULL, allergies TEXT,
            exclude TEXT NOT NULL, units TEXT NOT NULL, theme TEXT NOT NULL,
            created INTEGER NOT NULL, updated INTEGER NOT NULL, version INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE sessions (
            sid TEXT PRIMARY KEY, user_id TEXT, browser TEXT NOT NULL, created INTEGER NOT NULL,
            last_seen INTEGER NOT NULL, expires INTEGER NOT NULL, ends INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX sessions_user ON sessions (user_id) WHERE user_id IS NOT NULL",
        "CREATE INDEX sessions_expires ON sessions (expires)",
        """CREATE TABLE session_values (
            sid TEXT NOT NULL REFERENCES sessions (sid) ON DELETE CASCADE, key TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (sid, key)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE recipes (
            user_id TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, created INTEGER NOT NULL,
            updated INTEGER NOT NULL, made BLOB NOT NULL, body BLOB NOT NULL, card TEXT NOT NULL, gone INTEGER,
            PRIMARY KEY (user_id, id)
        ) STRICT""",
        "CREATE INDEX recipes_card ON recipes (user_id, id, created, card) WHERE gone IS NULL",
        "CREATE INDEX recipes_gone ON recipes (gone) WHERE gone IS NOT NULL",
        """CREATE TABLE recipe_keys (
            user_id TEXT NOT NULL, key TEXT NOT NULL, recipe_id TEXT NOT NULL, made BLOB NOT NULL,
            expires INTEGER NOT NULL, PRIMARY KEY (user_id, key)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX recipe_keys_expires ON recipe_keys (expires)",
        """CREATE TABLE drafts (
            owner TEXT NOT NULL, request_id TEXT NOT NULL, claim TEXT NOT NULL, fingerprint TEXT NOT NULL,
            period TEXT NOT NULL, state TEXT NOT NULL, wish BLOB NOT NULL, result BLOB, created INTEGER NOT NULL,
            lease_ends INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (owner, request_id)
        ) STRICT""",
        "CREATE INDEX drafts_running ON drafts (owner, lease_ends) WHERE state = 'running'",
        "CREATE INDEX drafts_expires ON drafts (expires)",
        """CREATE TABLE usage (
            owner TEXT NOT NULL, period TEXT NOT NULL, recipes_generated INTEGER NOT NULL DEFAULT 0,
            recipe_queries INTEGER NOT NULL DEFAULT 0, expires INTEGER, PRIMARY KEY (owner, period)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX usage_expires ON usage (expires) WHERE expires IS NOT NULL",
        """CREATE TABLE rates (
            action TEXT NOT NULL, subject TEXT NOT NULL, starts INTEGER NOT NULL, window_s INTEGER NOT NULL,
            count INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (action, subject, starts, window_s)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX rates_expires ON rates (expires)",
    ),
    (
        # Costs are in trillionths of a dollar.
        "ALTER TABLE usage ADD COLUMN tokens_in INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE usage ADD COLUMN tokens_out INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE usage ADD COLUMN cost INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE usage_log (
            owner TEXT NOT NULL, id TEXT NOT NULL, action TEXT NOT NULL, at INTEGER NOT NULL, period TEXT NOT NULL,
            outcome TEXT NOT NULL, model TEXT NOT NULL, tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL,
            cost INTEGER, expires INTEGER NOT NULL, PRIMARY KEY (owner, id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX usage_log_expires ON usage_log (expires)",
        """CREATE TABLE model_usage (
            month TEXT PRIMARY KEY, requests INTEGER NOT NULL, unpriced INTEGER NOT NULL, tokens_in INTEGER NOT NULL,
            tokens_out INTEGER NOT NULL, cost INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE questions (
            owner TEXT NOT NULL, request_id TEXT NOT NULL, fingerprint TEXT NOT NULL, period TEXT NOT NULL,
            about TEXT NOT NULL, version INTEGER NOT NULL, question TEXT NOT NULL, reply BLOB NOT NULL,
            created INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (owner, request_id)
        ) STRICT""",
        "CREATE INDEX questions_expires ON questions (expires)",
    ),
    (
        """CREATE TABLE boxes (
            user_id TEXT PRIMARY KEY, changes INTEGER NOT NULL, changed INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE recipe_versions (
            user_id TEXT NOT NULL, recipe_id TEXT NOT NULL, version INTEGER NOT NULL, updated INTEGER NOT NULL,
            body BLOB NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (user_id, recipe_id, version)
        ) STRICT""",
        "CREATE INDEX recipe_versions_expires ON recipe_versions (expires)",
    ),
    (
        # Words of recipes, each behind a sign of whose it is. The table keeps no texts: `words` is what was put in, and
        # what takes it out again, `words_of` the version it was read from. Recipes of before are read when first looked
        # through, and so are those that older code writes beside this one.
        """CREATE VIRTUAL TABLE recipe_search USING fts5 (
            title, tags, ingredients, notes, instructions, content = '', detail = 'column', tokenize = 'ascii'
        )""",
        "CREATE VIRTUAL TABLE recipe_terms USING fts5vocab ('recipe_search', 'row')",
        "CREATE VIRTUAL TABLE recipe_places USING fts5vocab ('recipe_search', 'instance')",
        "ALTER TABLE recipes ADD COLUMN words BLOB",
        "ALTER TABLE recipes ADD COLUMN words_of INTEGER",
        "CREATE INDEX recipes_unread ON recipes (user_id) WHERE gone IS NULL AND words_of IS NOT version",
    ),
    (
        """CREATE TABLE imports (
            user_id TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, name TEXT NOT NULL,
            stopped TEXT NOT NULL, version INTEGER NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL,
            body BLOB NOT NULL, PRIMARY KEY (user_id, id)
        ) STRICT""",
        """CREATE TABLE import_parts (
            user_id TEXT NOT NULL, import_id TEXT NOT NULL, part INTEGER NOT NULL, expires INTEGER NOT NULL,
            body BLOB NOT NULL, PRIMARY KEY (user_id, import_id, part)
        ) STRICT""",
        "CREATE INDEX imports_expires ON imports (expires)",
        "CREATE INDEX import_parts_expires ON import_parts (expires)",
    ),
    (
        """CREATE TABLE shares (
            user_id TEXT NOT NULL, recipe_id TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, nonce TEXT NOT NULL,
            created INTEGER NOT NULL, expires INTEGER NOT NULL, published INTEGER NOT NULL,
            PRIMARY KEY (user_id, recipe_id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX shares_expires ON shares (expires)",
    ),
    (
        """CREATE TABLE collections (
            user_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,
            description TEXT NOT NULL, recipe_ids BLOB NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
            version INTEGER NOT NULL, PRIMARY KEY (user_id, id)
        ) STRICT""",
        "CREATE UNIQUE INDEX collections_name ON collections (user_id, name_key)",
    ),
    (
        """CREATE TABLE access_tokens (
            user_id TEXT NOT NULL, id TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            scope TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, last_used INTEGER,
            PRIMARY KEY (user_id, id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX access_tokens_expires ON access_tokens (expires)",
    ),
    (
        "ALTER TABLE users ADD COLUMN email_confirmed INTEGER",
        "ALTER TABLE users ADD COLUMN disabled INTEGER",
        """CREATE TABLE account_events (
            user_id TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,
            browser TEXT NOT NULL, address TEXT NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (user_id, id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX account_events_expires ON account_events (expires)",
    ),
    (
        """CREATE TABLE mail_tokens (
            user_id TEXT NOT NULL, kind TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, email TEXT NOT NULL,
            bound TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (user_id, kind)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX mail_tokens_expires ON mail_tokens (expires)",
    ),
    (
        """CREATE TABLE passkeys (
            user_id TEXT NOT NULL, id TEXT NOT NULL, credential_id TEXT NOT NULL, public_key BLOB NOT NULL,
            sign_count INTEGER NOT NULL, name TEXT NOT NULL, synced INTEGER NOT NULL, created INTEGER NOT NULL,
            last_used INTEGER, PRIMARY KEY (user_id, id)
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        "ALTER TABLE users ADD COLUMN second_factor INTEGER",
        """CREATE TABLE second_factors (
            user_id TEXT PRIMARY KEY, nonce TEXT NOT NULL, recovery TEXT NOT NULL, last_step INTEGER NOT NULL,
            created INTEGER NOT NULL, version INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        # `person` and not `user_id`: a table with that column, or `owner`, is emptied of whoever is deleted.
        """CREATE TABLE erasures (
            id TEXT PRIMARY KEY, person TEXT NOT NULL, began INTEGER NOT NULL, counts TEXT NOT NULL, done INTEGER,
            closed INTEGER NOT NULL, expires INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE identities (
            issuer TEXT NOT NULL, subject TEXT NOT NULL, user_id TEXT NOT NULL, label TEXT NOT NULL,
            created INTEGER NOT NULL, PRIMARY KEY (issuer, subject)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX identities_user ON identities (user_id)",
    ),
    (
        """CREATE TABLE spending (
            month TEXT NOT NULL, process TEXT NOT NULL, requests INTEGER NOT NULL, calls INTEGER NOT NULL,
            read_halves INTEGER NOT NULL, write_halves INTEGER NOT NULL, people BLOB NOT NULL, expires INTEGER NOT NULL,
            PRIMARY KEY (month, process)
        ) STRICT, WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE records (
            user_id TEXT NOT NULL, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
            created INTEGER NOT NULL, updated INTEGER NOT NULL, expires INTEGER, made BLOB NOT NULL,
            data BLOB NOT NULL, vector BLOB, PRIMARY KEY (user_id, type, id)
        ) STRICT""",
        "CREATE INDEX records_expires ON records (expires) WHERE expires IS NOT NULL",
    ),
)

# What removes what expired before `:before`, a few rows at a time.
SWEEPS = (
    "DELETE FROM sessions WHERE rowid IN (SELECT rowid FROM sessions WHERE expires < :before LIMIT 500)",
    "DELETE FROM recipes WHERE rowid IN (SELECT rowid FROM recipes WHERE gone < :before LIMIT 500)",
    "DELETE FROM recipe_versions WHERE rowid IN (SELECT rowid FROM recipe_versions WHERE expires < :before LIMIT 500)",
    "DELETE FROM recipe_keys WHERE expires < :before",
    "DELETE FROM drafts WHERE rowid IN (SELECT rowid FROM drafts WHERE expires < :before LIMIT 500)"
    " AND (state = 'done' OR owner LIKE 'guest#%')",
    "DELETE FROM questions WHERE rowid IN (SELECT rowid FROM questions WHERE expires < :before LIMIT 500)",
    "DELETE FROM imports WHERE expires < :before",
    "DELETE FROM import_parts WHERE rowid IN (SELECT rowid FROM import_parts WHERE expires < :before LIMIT 100)",
    "DELETE FROM shares WHERE expires < :before",
    "DELETE FROM access_tokens WHERE expires < :before",
    "DELETE FROM mail_tokens WHERE expires < :before",
    "DELETE FROM account_events WHERE expires < :before",
    "DELETE FROM records WHERE rowid IN (SELECT rowid FROM records WHERE expires < :before LIMIT 500)",
    "DELETE FROM usage WHERE expires < :before",
    "DELETE FROM usage_log WHERE expires < :before",
    "DELETE FROM rates WHERE expires < :before",
    "DELETE FROM erasures WHERE expires < :before AND closed",
    "DELETE FROM spending WHERE expires < :before",
)
