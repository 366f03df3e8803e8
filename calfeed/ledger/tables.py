"""The tables of a ledger, the same on every database; times are whole UTC seconds."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

SCHEMA = 1
"""The number of the tables below; a program reads no ledger with another one."""

ONE = 1
"""The key of the only record of ``ledger`` and of ``site``."""

METADATA = MetaData()


def _version() -> Column[int]:
    """Return the column that says which publication wrote a record: what is newer is read anew."""
    return Column("version", ForeignKey("versions.number"), nullable=False, index=True)


ledger = Table(
    "ledger",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("schema", Integer, nullable=False),
    Column("id", Text, nullable=False),
    Column("namespace", Text),
    Column("version", Integer, nullable=False),
)

versions = Table(
    "versions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("sources", Text, nullable=False, index=True),
    Column("edition", Integer, nullable=False),
)

site = Table(
    "site",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("facts", LargeBinary, nullable=False),
    Column("changed", BigInteger, nullable=False),
    _version(),
)

initiatives = Table(
    "initiatives",
    METADATA,
    Column("slug", Text, primary_key=True),
    Column("facts", LargeBinary, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("retired", BigInteger),
    Column("left", BigInteger),
    _version(),
)

revisions = Table(
    "revisions",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("facts", LargeBinary, nullable=False),
    Column("framed", LargeBinary, nullable=False),
    Column("initiatives", Text, nullable=False),
    Column("last_day", Text),
    Column("withdrawn", BigInteger),
    _version(),
)

pins = Table(
    "pins",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("uid", Text, nullable=False),
    _version(),
)

slugs = Table(
    "slugs",
    METADATA,
    Column("former", Text, primary_key=True),
    Column("present", Text, nullable=False),
    _version(),
)

languages = Table(
    "languages",
    METADATA,
    Column("code", Text, primary_key=True),
    _version(),
)

floors = Table(
    "floors",
    METADATA,
    Column("uid", Text, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    _version(),
)

pictures = Table(
    "pictures",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("extension", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _version(),
)

changes = Table(
    "changes",
    METADATA,
    # AUTOINCREMENT and identity: a serial is never given twice, not even the last one's
    Column("serial", BigInteger().with_variant(Integer, "sqlite"), Identity(), primary_key=True),
    Column("uid", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("stamp", BigInteger, nullable=False),
    Column("dated", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("initiative", Text),
    Column("given", Text, nullable=False),
    _version(),
    sqlite_autoincrement=True,
)
