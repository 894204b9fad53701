"""What somebody with the database's password could do: rewrite rows behind the application's back."""

from django.db import connection

from linli.ground.trail import chain
from linli.ground.trail.models import Entry


def unprotect():
    """Takes the triggers away, as only the owner of the database can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER trail_entry_written_once ON trail_entry")
        else:
            cursor.execute("DROP TRIGGER trail_entry_no_update")
            cursor.execute("DROP TRIGGER trail_entry_no_delete")


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def rewritten(first):
    """Hashes of every entry from ``first`` on made anew, and the head with them: a chain that holds in itself."""
    previous = Entry.objects.get(number=first - 1).hash if first > 1 else ""
    last = (first - 1, previous)
    for entry in Entry.objects.filter(number__gte=first).order_by("number"):
        entry.previous = previous
        previous = chain.hash_of(entry)
        sql("UPDATE trail_entry SET previous = %s, hash = %s WHERE number = %s", entry.previous, previous, entry.number)
        last = (entry.number, previous)
    sql("UPDATE trail_head SET number = %s, hash = %s", *last)
