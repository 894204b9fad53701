"""Every field of every table is of one class of privacy; export, erasure and scrubbed copies follow the classes.

A model says so in ``class Privacy``: ``public = (...)``, ``internal = (...)``, ``personal = (...)``,
``sensitive = (...)``, each a tuple of field names. Keys and links to other rows count as internal unless named.
"""

CLASSES = ("public", "internal", "personal", "sensitive")


def class_of(model, name):
    """The class of one field; None when nobody has said."""
    found = [kind for kind in CLASSES if name in getattr(model.Privacy, kind, ())] if hasattr(model, "Privacy") else []
    if found:
        return found[0]
    field = model._meta.get_field(name)
    return "internal" if field.primary_key or field.is_relation else None


def unclassed(model):
    """Names of the model's own fields that have no class, and of classed names that are no field."""
    own = {field.name for field in model._meta.local_fields}
    missing = [name for name in sorted(own) if class_of(model, name) is None]
    said = {name for kind in CLASSES for name in getattr(getattr(model, "Privacy", None), kind, ())}
    return missing + sorted(said - own)
