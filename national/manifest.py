"""What a national quarter was made from: enough to make it again, and to recompute every expected figure."""

import hashlib
import json
import platform

import numpy as np
import pyarrow as pa

FORMAT = 1


def write(out, path, scheme_path, scheme, evidence, found, places, started, finished):
    """Writes manifest.json into ``out``."""
    content = {
        "format": FORMAT,
        "period": evidence.period,
        "counties": evidence.counties(),
        "communities": places,
        "scheme": {"name": scheme.name, "version": scheme.version},
        "inputs": {each.name: _digest(each) for each in (path, scheme_path)},
        "draws": 0,
        "coefficients": [
            {
                "rate": one.rate,
                "source": one.source,
                "b": one.level,
                "beta": dict(zip(scheme.complexity.covariates, one.coefficients.tolist(), strict=False)),
                "covariance": one.covariance.tolist(),
                "tau_scale": one.tau_scale,
            }
            for one in found.values()
        ],
        "started": started.isoformat(),
        "finished": finished.isoformat(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pyarrow": pa.__version__,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    (out / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
