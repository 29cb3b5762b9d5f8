"""``python -m gmm_dash.contract`` writes what the browser gets of the contract."""

from gmm_dash.contract.files import write

write()
