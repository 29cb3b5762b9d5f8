"""Every component id, in one module for each view or part of the page. No other may spell one.

An id has one name wherever it is meant, ``ids.NAME``, also in the browser's half: so names are
told apart by themselves, and are not declared twice (``tests/contract/test_spelt.py``).
"""

from gmm_dash.ids.all_rows import *
from gmm_dash.ids.chains import *
from gmm_dash.ids.colors import *
from gmm_dash.ids.compare import *
from gmm_dash.ids.density import *
from gmm_dash.ids.digits import *
from gmm_dash.ids.draw import *
from gmm_dash.ids.export import *
from gmm_dash.ids.groups import *
from gmm_dash.ids.lessons import *
from gmm_dash.ids.page import *
from gmm_dash.ids.panel import *
from gmm_dash.ids.pins import *
from gmm_dash.ids.plots import *
from gmm_dash.ids.reading import *
from gmm_dash.ids.restarts import *
from gmm_dash.ids.rows import *
from gmm_dash.ids.select import *
from gmm_dash.ids.steps import *
from gmm_dash.ids.sure import *
from gmm_dash.ids.tables import *
from gmm_dash.ids.teach import *
from gmm_dash.ids.upload import *
from gmm_dash.ids.whole import *
