"""A problem that the child process found, as bytes for the process that asked it."""

from __future__ import annotations

import json

from gmm_dash.errors import ImportProblem, ReadingProblem

MARK = b"!"  # neither a table nor an image starts like this


def pack_problem(problem: ImportProblem) -> bytes:
    """Return a problem as bytes."""
    said: list[object] = [str(problem), problem.hint]
    if isinstance(problem, ReadingProblem):
        said.append(problem.ways)
    return MARK + json.dumps(said).encode()


def unpack_problem(answer: bytes) -> ImportProblem | None:
    """Return the problem in an answer, or None when it holds something better.

    Raises
    ------
    ValueError, TypeError, RecursionError
        When the answer is marked as a problem and is none.
    """
    if not answer.startswith(MARK):
        return None
    message, hint, *more = json.loads(answer[len(MARK) :])
    if not more:
        return ImportProblem(str(message), hint=str(hint))
    (ways,) = more
    return ReadingProblem(str(message), hint=str(hint), ways=[(str(n), dict(w)) for n, w in ways])
