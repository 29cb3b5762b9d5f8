"""What both halves of the program know: said once here, handed to the browser as data.

Ids, URL keys, defaults, bounds and choices are read from ``ids`` and ``state``; whatever else
Python and JavaScript must agree on has its module here. ``python -m gmm_dash.contract`` writes
``browser/src/contract.ts``; a test says when it is old.
"""
