"""What a bureau's scheme asks of the ground floor: which facts of a place, how many days of a leader.

Schemes are kept above; the room that keeps them says here how to find one. Where nobody does, nothing is asked.
"""

_SAYS = []


def says(function):
    """Registers ``function(bureau, day)``: the ``heng.scheme.Scheme`` in force on that day, or None."""
    if function not in _SAYS:
        _SAYS.append(function)
    return function


def scheme_on(bureau, day):
    """The bureau's ``heng.scheme.Scheme`` in force on a day, or None where there is none or nobody says."""
    for function in _SAYS:
        found = function(bureau, day)
        if found is not None:
            return found
    return None


def covariates_on(bureau, day):
    """Names of the place facts that the scheme in force adjusts for, in its order."""
    scheme = scheme_on(bureau, day)
    return scheme.complexity.covariates if scheme else ()
