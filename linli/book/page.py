"""A self-contained HTML page, built as a tree so that whatever stands in a name is text and never markup."""

import base64
import hashlib
from xml.etree import ElementTree as ET


def el(tag, *children, **attributes):
    """An element. Children are elements or text; ``None`` and "" are left out; ``cls`` is the class.

    >>> ET.tostring(el("p", "<b>", el("em", "文"), cls="own"), encoding="unicode")
    '<p class="own">&lt;b&gt;<em>文</em></p>'
    """
    named = {("class" if name == "cls" else name.replace("_", "-")): str(v) for name, v in attributes.items()}
    made = ET.Element(tag, named)
    for child in children:
        if child is None or child == "":
            continue
        if isinstance(child, ET.Element):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + str(child)
        else:
            made.text = (made.text or "") + str(child)
    return made


def document(lang, title, css, *body):
    """The whole page as bytes: no script, no address; the one style sheet is let in by its hash."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", title),
        el("style", css),
    )
    page = el("html", head, el("body", *body), lang=lang)
    return b"<!doctype html>\n" + ET.tostring(page, encoding="utf-8", method="html") + b"\n"
