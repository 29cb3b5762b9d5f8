"""A run that remembers what it was asked for, and in which states."""

SHOWN = ("selection", "restarts", "from_one_start", "steps", "shapes")


class Watched:
    """Stands for a run.

    ``asked`` holds the view, and whether the four types show, by name; ``states`` all states that
    were looked at, ``methods`` those of which restarts were.
    """

    def __init__(self, run, before=None):
        self._run = run
        self.asked = {} if before is None else before.asked
        self.states = [] if before is None else before.states
        self.methods = set() if before is None else before.methods
        self.states.append(run.state)

    def __getattr__(self, name):
        if name in SHOWN:
            view = self._run.state.view
            self.asked[name] = (view.view, "shapes" in view.show)
        return getattr(self._run, name)

    def restarts(self, method):
        """Return the restarts of one method, and remember which."""
        self.methods.add(method)
        return self.__getattr__("restarts")(method)

    def but(self, **flat):
        """Return other settings' run, watched by the same lists."""
        return Watched(self._run.but(**flat), self)
