"""The queue's database: SQLite in the home folder, or PostgreSQL by NAVIGATOR_DATABASE_URL; migrated when opened."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from catalog.errors import NavigatorError, SettingsError
from catalog.settings import Settings

BUSY_SECONDS = 30
LOCK = 7_226_001
"""Number of the lock that lets one process migrate at a time on PostgreSQL."""


class DeskError(NavigatorError):
    """The queue can't do what was asked of it; the text says why."""


def open_engine(settings: Settings) -> Engine:
    """Return the engine of the queue, its tables up to date.

    Raises SettingsError for an address that is not usable, DeskError when the database does not answer.
    """
    engine = _postgresql(settings.database_url) if settings.database_url else _sqlite(settings.home_folder)
    try:
        with engine.begin() as connection:
            migrate(connection)
    except OperationalError as error:
        engine.dispose()
        raise DeskError(
            f"The queue's database does not answer: {str(error.orig).strip().splitlines()[0]}. "
            "Start it, or correct NAVIGATOR_DATABASE_URL; unset it to use SQLite in NAVIGATOR_HOME."
        ) from None
    return engine


def migrate(connection: Connection) -> None:
    """Bring the tables up to date, one process at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with warnings.catch_warnings():
        # Alembic warns of settings files, of which there are none here.
        warnings.simplefilter("ignore", DeprecationWarning)
        command.upgrade(config, "head")


def _postgresql(address: str) -> Engine:
    try:
        url = make_url(address)
    except ArgumentError:
        raise SettingsError(
            "NAVIGATOR_DATABASE_URL is no address of a database; write postgresql://user@host/name."
        ) from None
    if url.get_backend_name() != "postgresql":
        raise SettingsError("NAVIGATOR_DATABASE_URL has to begin with postgresql://; unset it to use SQLite.")
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def _sqlite(home: Path) -> Engine:
    home.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{home / 'desk.sqlite'}", connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        # Transactions are begun by us, below.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A transaction that reads first and writes later may find that another one has written in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
