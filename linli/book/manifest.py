"""The manifest of an appraisal: what went in and by which coefficients, so that anybody can do it again."""

import json
import platform
from importlib import metadata

FORMAT = 1


def as_json(quarter, *, lang, published, inputs, started, finished):
    """The text of manifest.json. inputs: name -> SHA-256 in hex; started, finished: datetimes, or ISO text."""
    scheme = quarter.scheme
    content = {
        "format": FORMAT,
        "linli": version("linli"),
        "period": quarter.period,
        "scheme": {"name": scheme.name, "version": scheme.version},
        "inputs": dict(sorted(inputs.items())),
        "seed": int(quarter.seed),
        "draws": int(quarter.draws),
        "lang": lang,
        "published": bool(published),
        "covariates": _covariates(quarter.covariates),
        "coefficients": [_coefficients(found, quarter.covariates.names) for found in quarter.coefficients],
        "started": _moment(started),
        "finished": _moment(finished),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
    }
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def version(package):
    """Its installed version; "not installed" for a checkout that runs by itself."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _covariates(standardised):
    """How each covariate was standardised: (value − centre) / scale."""
    columns = zip(standardised.names, standardised.centre, standardised.scale, strict=True)
    return {name: {"centre": float(centre), "scale": float(scale)} for name, centre, scale in columns}


def _coefficients(found, names):
    """b and β of one rate, where they come from, and their covariance (intercept first)."""
    return {
        "rate": found.rate,
        "source": found.source,
        "periods": list(found.periods),
        "b": _known(found.level),
        "beta": {name: float(value) for name, value in zip(names, found.coefficients, strict=False)},
        "covariance": [[_known(value) for value in row] for row in found.covariance],
        "tau_scale": _known(found.tau_scale),
    }


def _known(value):
    """The number, None when there is none."""
    return float(value) if value == value else None


def _moment(when):
    return when if isinstance(when, str) else when.isoformat(timespec="seconds")
