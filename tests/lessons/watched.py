"""A run that remembers what it was asked for, and in which states."""

SHOWN = ("selection", "restarts", "from_one_start", "steps", "shapes")


class Watched:
    """Stands for a run; ``asked`` holds the view, and whether the four types show, by name."""

    def __init__(self, run, asked=None, states=None):
        self._run = run
        self.asked = {} if asked is None else asked
        self.states = [] if states is None else states
        self.states.append(run.state)

    def __getattr__(self, name):
        if name in SHOWN:
            view = self._run.state.view
            self.asked[name] = (view.view, "shapes" in view.show)
        return getattr(self._run, name)

    def but(self, **flat):
        """Return other settings' run, watched by the same list."""
        return Watched(self._run.but(**flat), self.asked, self.states)
