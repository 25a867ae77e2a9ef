"""What links in mails do, in the embedded store."""

from __future__ import annotations

from flavorbot.model import MailToken
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import mail_token_of, mail_token_record
from flavorbot.storage.sqlite_database import Part


class SQLiteMailTokens(Part):
    """`IMailTokens` over the table `mail_tokens`."""

    def put_mail_token(self, token: MailToken) -> None:
        row = mail_token_record(token)
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with self.db.write("put_mail_token") as connection:
            connection.execute(f"INSERT OR REPLACE INTO mail_tokens ({names}) VALUES ({values})", row)  # noqa: S608

    def mail_token(self, token_hash: str) -> MailToken | None:
        if not is_key(token_hash):
            return None
        with self.db.read("mail_token") as connection:
            row = connection.execute(
                "SELECT * FROM mail_tokens WHERE token_hash = ? AND expires > ?", [token_hash, self.db.moment()]
            ).fetchone()
        return None if row is None else mail_token_of(row)

    def take_mail_token(self, token: MailToken) -> bool:
        with self.db.write("take_mail_token") as connection:
            taken = connection.execute(
                "DELETE FROM mail_tokens WHERE token_hash = ? AND expires > ?", [token.token_hash, self.db.moment()]
            )
            return taken.rowcount > 0
