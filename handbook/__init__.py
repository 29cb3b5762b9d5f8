"""The documentation's site: what of it is made from the code (`make site`).

`docs/` holds the words, and reads well without a site. `pictures` takes its pictures from the
running dashboard, `layers` draws the layers that the linter checks, and `hooks` puts both into
the pages.
"""
