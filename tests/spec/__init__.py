"""The report's rules as readable tables: tests, and the page docs/methods/rules.md, from one text."""
