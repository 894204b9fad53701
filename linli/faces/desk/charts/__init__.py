"""Charts drawn on the server: figures and translated words in, SVG text out. No script, no database, no language.

Every chart gives one ``<svg role="img">`` with a title and a description, coloured by classes of linli.css. Widths are
shares of the page and heights pixels, so that letters keep their size from a phone to a wide screen. What is not known
(None or nan) is never drawn as 0: it is a gap, a hatch or a word.
"""
