"""Office files that are the same bytes every time: no clock in the archive and none in its properties."""

import io
import re
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name
_MOMENTS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def repacked(archive, day):
    """The same .xlsx or .docx with every time in it set to ``day`` (an ISO day), its parts in their order."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _MOMENTS.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<3>", content)
            steady = zipfile.ZipInfo(part.filename, _EPOCH)
            steady.compress_type, steady.create_system, steady.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(steady, content)
    return found.getvalue()
