"""Running numbers of a register within a year: 2026-0031."""

from linli.ground.places.models import Bureau


def _next_number(rows, bureau, year):
    """The next number of a register; whoever else asks for one waits until this transaction ends."""
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)
    last = rows.filter(bureau=bureau, number__startswith=f"{year}-").order_by("-pk").first()
    return f"{year}-{int(last.number.partition('-')[2]) + 1 if last else 1:04d}"
