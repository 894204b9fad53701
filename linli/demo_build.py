"""Builds the demo in an empty database: ``python -m linli.demo_build``. Through actions only, as people would."""

import sys
from time import perf_counter


def build(told=print):
    """Tables, county, six quarters; the clock stands in the third quarter's objection period afterwards."""
    from django.conf import settings
    from django.db import transaction

    from linli import server

    begun = perf_counter()
    server.prepare()
    settings.PASSWORD_HASHERS = ["linli.faces.demo.hasher.Quick"]
    server.migrate()
    from linli.faces.demo import quarters
    from linli.faces.demo.county import laid_down
    from linli.ground.trail import clock

    clock.start_at(None)
    with transaction.atomic():  # one commit at the end: quicker, and nothing half built
        quarters.play(laid_down())
    clock.start_at(quarters.NOW)
    told(f"the invented county was built in {perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    build(lambda text: print(text, file=sys.stderr))
