"""Every page somebody can walk to: from the first page along the menu and the links, each kind of page once."""

from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve

_FILES = (".csv", ".docx", ".xlsx", ".zip", ".json", ".css", ".js", ".svg", ".pdf", ".toml", ".png", ".jpg")
_NO_PAGES = ("account_logout", "desk:export-book", "payments:sign_off")
_LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"


def walk(person, most=1, start="/"):
    """Yields (name of the pattern, path, status) while the page is open, never more than ``most`` pages of a name."""
    waiting, met, seen = [start], {start}, {}
    while waiting:
        path = waiting.pop(0)
        name = _name(urlsplit(path).path)
        if seen.get(name, 0) >= most:
            continue
        seen[name] = seen.get(name, 0) + 1
        status = person.go(path)
        yield name, path, status
        for link in person.page.evaluate(_LINKS):
            on = _path(link, person.url)
            if on and on not in met:
                met.add(on)
                waiting.append(on)


def _path(link, home):
    """The link's address within Linli, or None: another site, a file, the door out."""
    address = urldefrag(link).url
    if not address.startswith(home + "/"):
        return None
    split = urlsplit(address)
    file = split.path.endswith(_FILES) or "format=" in split.query
    name = None if file else _name(split.path)
    return None if name is None or name in _NO_PAGES else address.removeprefix(home)


def _name(path):
    """The name of the address's pattern; None for what is no page of Linli."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
