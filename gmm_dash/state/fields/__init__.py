"""The kinds of settings, and how a group declares some: what a link may say, and what it means."""

from gmm_dash.state.fields.closed import Choice, Flags, choice, flags
from gmm_dash.state.fields.declared import Declared, Spec, specs
from gmm_dash.state.fields.frames import LAST, Frame, frame
from gmm_dash.state.fields.free import Names, Text, names, text
from gmm_dash.state.fields.keeping import Kept, kept
from gmm_dash.state.fields.lists import REFERENCE, is_reference, join_list, split_list
from gmm_dash.state.fields.numeric import Number, Numbers, integer, numbers, real
from gmm_dash.state.fields.of_each import Called, Treatments, called, treatments

__all__ = [
    "LAST",
    "REFERENCE",
    "Called",
    "Choice",
    "Declared",
    "Flags",
    "Frame",
    "Kept",
    "Names",
    "Number",
    "Numbers",
    "Spec",
    "Text",
    "Treatments",
    "called",
    "choice",
    "flags",
    "frame",
    "integer",
    "is_reference",
    "join_list",
    "kept",
    "names",
    "numbers",
    "real",
    "specs",
    "split_list",
    "text",
    "treatments",
]
