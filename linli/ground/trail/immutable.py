"""Rows that are written once: the model refuses a second save, the database refuses the rest by a trigger."""

from django.db import migrations, models


class Written(Exception):
    """Somebody tried to change or remove what must stay as it was written."""


class WrittenOnceQuerySet(models.QuerySet):
    """A queryset that adds and reads, and neither updates nor deletes."""

    def update(self, **values):
        raise Written(f"{self.model.__name__} is written once")

    def delete(self):
        raise Written(f"{self.model.__name__} is never deleted")

    def bulk_update(self, *args, **kwargs):
        raise Written(f"{self.model.__name__} is written once")


class WrittenOnce(models.Model):
    """Base of tables whose rows never change; the migration adds ``protect(table)``."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk and not self._state.adding:
            raise Written(f"{type(self).__name__} {self.pk} is written once")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Written(f"{type(self).__name__} {self.pk} is never deleted")


def _sqlite(table):
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
        )


def _postgresql(table):
    yield (
        f"CREATE FUNCTION {table}_written_once() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is written once'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_written_once()"
    )


def protect(table):
    """A migration operation: the database itself refuses to change or remove rows of ``table``."""

    def add(apps, schema_editor):
        statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
        for statement in statements(table):
            schema_editor.execute(statement.replace("%", "%%"), params=None)

    return migrations.RunPython(add, migrations.RunPython.noop)
