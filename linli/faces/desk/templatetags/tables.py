"""Rows of ``parts/table.html``, written in Python: a page of sixty rows would spend most of its time on includes."""

from django import template
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

register = template.Library()
OWN = ' class="own"'
MISSING = '<span class="missing">—</span>'


@register.simple_tag(takes_context=True)
def table_row(context, columns, cells, own=False):
    """One row: the first cell names it, the others carry their column's label for the phone.

    A cell is text, None, or a mapping (or object) of text with url, tag, note. Everything is escaped.
    """
    parts = [_first(context, cells[0])] if cells else []
    parts += [_cell(context, column, cell) for column, cell in zip(columns[1:], cells[1:], strict=False)]
    return mark_safe(f"<tr{OWN if own else ''}>{''.join(parts)}</tr>")


def _first(context, cell):
    return f'<th scope="row">{_inside(context, cell)}</th>'


def _cell(context, column, cell):
    kind = ' class="num"' if _of(column, "number") else _short(cell)
    return f'<td data-label="{conditional_escape(_of(column, "label"))}"{kind}>{_inside(context, cell)}</td>'


def _short(cell):
    """A date, a quarter, a word: not to be broken, as Chinese could be anywhere."""
    text = _of(cell, "text") if isinstance(cell, dict) else cell
    return ' class="short"' if isinstance(text, str) and len(text) <= 12 else ""


def _inside(context, cell):
    if cell is None or cell == "":
        return MISSING
    text, tag = _of(cell, "text"), _of(cell, "tag")
    if not text and not tag:
        return MISSING if isinstance(cell, dict) else render_value_in_context(cell, context)
    said, url, note = conditional_escape(text), _of(cell, "url"), _of(cell, "note")
    if tag:
        said = f'<span class="tag {conditional_escape(tag)}">{said}</span>'
    elif url:
        said = f'<a href="{conditional_escape(url)}">{said}</a>'
    below = f'<br><small class="muted">{conditional_escape(note)}</small>' if note else ""
    return f"<span>{said}{below}</span>"


def _of(thing, name):
    """A part of a mapping or an object; None of plain text."""
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
