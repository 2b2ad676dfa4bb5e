"""Leases: another copy takes the work over after the lease has expired, and not before."""

from datetime import timedelta

from assistant.database import leases
from assistant.database.session import Database
from tests.database.records import NOW


async def acquire(database: Database, holder: str, after_seconds: float) -> bool:
    async with database.writing() as session:
        return await leases.acquire(session, "background", holder, NOW + timedelta(seconds=after_seconds), seconds=30)


async def test_a_free_lease_is_given(database: Database) -> None:
    assert await acquire(database, "first", after_seconds=0)


async def test_another_copy_is_refused_until_the_lease_expires(database: Database) -> None:
    await acquire(database, "first", after_seconds=0)
    assert not await acquire(database, "second", after_seconds=29.9)
    assert await acquire(database, "second", after_seconds=30)


async def test_the_holder_prolongs_its_own_lease(database: Database) -> None:
    await acquire(database, "first", after_seconds=0)
    assert await acquire(database, "first", after_seconds=20)
    assert not await acquire(database, "second", after_seconds=45)


async def test_a_holder_that_was_replaced_does_not_get_the_lease_back(database: Database) -> None:
    await acquire(database, "first", after_seconds=0)
    await acquire(database, "second", after_seconds=31)
    assert not await acquire(database, "first", after_seconds=32)


async def test_a_released_lease_is_free_at_once(database: Database) -> None:
    await acquire(database, "first", after_seconds=0)
    async with database.writing() as session:
        await leases.release(session, "background", "first")
    assert await acquire(database, "second", after_seconds=1)


async def test_nobody_releases_the_lease_of_another(database: Database) -> None:
    await acquire(database, "first", after_seconds=0)
    async with database.writing() as session:
        await leases.release(session, "background", "second")
    assert not await acquire(database, "second", after_seconds=1)


async def test_leases_of_different_work_do_not_touch(database: Database) -> None:
    await acquire(database, "first", after_seconds=0)
    async with database.writing() as session:
        assert await leases.acquire(session, "feeds", "second", NOW, seconds=30)
