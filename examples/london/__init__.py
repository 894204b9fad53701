"""Real London as a county book: the 32 boroughs of the Metropolitan Police, from published files.

`published` reads the files, `survey`, `hours` and `offences` each turn one kind of figure into evidence with its doubt,
`make_book` writes the six sheets. `page` recomputes `docs/start/london.md`. The data stay outside the repository, in
the folder that LINLI_DATA names.
"""
