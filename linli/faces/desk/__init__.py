"""The desk: what everybody sees after logging in. It holds the look of every page (tokens, parts, charts drawn as SVG)
and the pages that bring several rooms together: a home per role, the county at a glance, the officer's own file. It
owns no figures and gives nothing upward."""
