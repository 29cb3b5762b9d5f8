"""Classes: a teacher's state that others follow, and questions that they answer.

A room lives in the store of the deployment, so that any process may serve it. What happens in it
is a log of small objects, each written once; an answer is an object of its own. Nothing is read
to be written again, so nothing that was answered can be lost to somebody else's answer. Of people
the store holds counts and digests of random tokens.
"""

from gmm_dash.rooms.questions import Question
from gmm_dash.rooms.rooms import Rooms, WrongCodeError
from gmm_dash.rooms.tries import Tries

__all__ = ["Question", "Rooms", "Tries", "WrongCodeError"]
