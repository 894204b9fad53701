"""The quarter over many bureaus (全國): Arrow tables in and out, ``heng`` in between. No Django, no database."""
