"""Files of unknown origin, whatever is in them: what they may cost, and where they are kept.

A file is read by a child process within :mod:`limits`; what came out of it is kept on a
:mod:`shelf` under a key that the server's :mod:`secret` signs. What a file holds is for
``tables`` and ``images`` to know.
"""
