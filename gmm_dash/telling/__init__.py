"""What a view says and gives away without a page, one file each: its words, and its program."""

from gmm_dash.telling._telling import TELLINGS, Telling

__all__ = ["TELLINGS", "Telling"]
