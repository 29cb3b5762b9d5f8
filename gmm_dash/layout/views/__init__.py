"""The views, one file each. Add one by adding a module here, and its wiring in callbacks."""

from gmm_dash.layout.views._view import VIEWS, View

__all__ = ["VIEWS", "View"]
