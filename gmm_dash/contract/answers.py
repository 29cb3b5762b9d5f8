"""The shapes of what the server answers and scripts read; the others are read by Dash alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict


class Picture(TypedDict):
    """A plot: what to draw, for which axes, what a point's card says, and all of it in words.

    ``of`` are the settings under a hand that it was made with.
    """

    name: str
    figure: dict[str, Any]
    frame: str
    of: NotRequired[dict[str, Any]]
    hover: NotRequired[dict[str, Any] | None]
    words: NotRequired[str]


class ColumnTransforms(TypedDict):
    """The columns that may be transformed: kinds as value and words, and each column's, if any."""

    columns: list[str]
    kinds: list[list[str]]
    chosen: dict[str, str]
    locked: bool


class DataPanel(TypedDict):
    """What the panel says of the data: properties of components by their ids.

    ``line`` says that there is one column: what has no meaning of it is hidden; see own.css.
    """

    parts: Sequence[tuple[str | dict[str, str], dict[str, Any]]]
    transforms: ColumnTransforms
    line: bool


class GroupName(TypedDict):
    """A group of the mixture that can be named: ``number`` is its lowest component's, from 1."""

    number: int
    called: str
    colour: str
    name: str


class RowRecord(TypedDict):
    """One row in full: the user's cells, results, the groups' posteriors with their colours.

    It is number ``row``, from 0, ``of`` so many; ``at`` is where the plots have it, or empty.
    """

    row: int
    of: int
    at: Sequence[float]
    name: str
    place: str
    cells: Sequence[tuple[str, str]]
    results: Sequence[tuple[str, str]]
    shares: Sequence[tuple[str, float, str]]
    said: str


class StoredTable(TypedDict):
    """A table was read and stored; ``doubts`` counts the questions about it.

    Its points have ``d`` columns, unless others are chosen.
    """

    key: str
    columns: list[str]
    d: NotRequired[int]
    sentence: NotRequired[str]
    doubts: NotRequired[int]


class StoredImage(TypedDict):
    """An image was read and stored."""

    key: str
    sentence: str


class Applied(TypedDict):
    """What a saved model says of the data on the page."""

    applied: str


class Refused(TypedDict):
    """A file was refused; ``account`` is the key of a table that cannot be clustered.

    ``ways`` are there when it may be read otherwise: what each is called, and its reading options.
    """

    message: str
    account: NotRequired[str]
    ways: NotRequired[Sequence[Sequence[str | dict[str, Any]]]]


class Busy(TypedDict):
    """When to ask again; ``ahead`` counts those before, where a place in the queue is kept."""

    message: str
    ahead: int | None
    seconds: float


class ShortLink(TypedDict):
    """A short link was made: its key, its picture, how long it is kept; or why not."""

    key: NotRequired[str]
    rows: NotRequired[Sequence[str]]
    days: NotRequired[int]
    message: NotRequired[str]


class KeptNames(TypedDict):
    """What a link has for the names of groups from now on; or why one is not kept."""

    names: NotRequired[list[str]]
    message: NotRequired[str]


class Pieces(TypedDict):
    """How long work is cut: estimated seconds and things counted, by piece."""

    seconds: Sequence[float]
    models: Sequence[int]
    unit: str


class Piece(TypedDict):
    """One piece of long work, or the question whether to begin, or why it cannot be had.

    ``name`` is what the page says when it means these rows; ``needless`` are the numbers of later
    pieces that bring nothing, as what they would go on with has ended.
    """

    pieces: NotRequired[Pieces]
    notes: NotRequired[Sequence[str]]
    condensed: NotRequired[Mapping[str, Mapping[str, Any]]]
    wait: NotRequired[float | None]
    rows: NotRequired[Mapping[str, list[dict[str, Any]]]]
    name: NotRequired[str]
    needless: NotRequired[Sequence[int]]
    error: NotRequired[str]


class SplitRows(TypedDict):
    """Rows of a chain as the page gives them back: the names of the values once, then values."""

    columns: Sequence[str]
    data: Sequence[Sequence[Any]]


class Gathered(TypedDict):
    """What a chain has gathered, for the part of the server that draws.

    Pieces are named. ``rows`` are only there where the server lacked some, or there are too many:
    then they are what all of ``names`` name. What was ``reached`` in a table in many files stands
    instead of both.
    """

    request: Mapping[str, Any]
    reached: NotRequired[str]
    names: Sequence[str]
    rows: NotRequired[Mapping[str, Sequence[SplitRows]]]
    notes: Sequence[str]
    finished: bool
    waiting: bool


class KeptUnder(TypedDict):
    """Rows that the page gave again have one name ``instead`` of these."""

    name: str
    instead: Sequence[str]


class LiveFrame(TypedDict):
    """What Compare shows under a hand, or why it cannot be had; by panel, and texts as shown.

    The points of a figure are numbers of points; where these lie is told when it is asked for.
    ``ranges`` is where the axes of the settled picture end: left and right, bottom and top.
    """

    pictures: NotRequired[Mapping[str, Any]]
    points: NotRequired[Mapping[str, Any]]
    ranges: NotRequired[Sequence[Sequence[float]]]
    notice: NotRequired[str]
    notes: NotRequired[Sequence[str]]
    captions: NotRequired[Mapping[str, str]]
    badges: NotRequired[Mapping[str, str]]
    numbers: NotRequired[Mapping[str, Mapping[str, str]]]
    error: NotRequired[str]


class StepsFrame(TypedDict):
    """Both runs of Step by step under a hand, or why they cannot be had.

    ``trace`` is as the player has it; of edited points less what is of other half steps and not
    drawn at the end. Badges and captions are by method; notes come with another setting.
    """

    trace: NotRequired[dict[str, Any]]
    notes: NotRequired[str]
    badges: NotRequired[Mapping[str, str]]
    captions: NotRequired[Mapping[str, str]]
    error: NotRequired[str]


class AllRows(TypedDict):
    """Rows that the page has only a sample of, in words; ``work`` fits them, where that can be.

    Of a table ``elsewhere`` the plots stay with the sample, and what is found stands below.
    """

    says: str
    work: dict[str, Any] | None
    elsewhere: bool


class AllRowsPiece(TypedDict):
    """How far a fit to all rows is, under which name, and which share of the present pass."""

    reached: NotRequired[str]
    finished: NotRequired[bool]
    share: NotRequired[float]
    said: NotRequired[str]
    error: NotRequired[str]


class WrittenPiece(TypedDict):
    """How far the labels of all rows are written, and under which name that is known."""

    written: NotRequired[str]
    finished: NotRequired[bool]
    said: NotRequired[str]
    error: NotRequired[str]


class Shown(TypedDict):
    """What fills a view that the browser fills by itself; by panel, and texts as shown.

    ``notes`` and ``offers`` are components of plain markup, as Dash writes them.
    """

    notice: str
    notes: Sequence[Any]
    offers: NotRequired[Sequence[Any]]
    all_rows: NotRequired[AllRows | None]
    pictures: Mapping[str, Picture]
    captions: Mapping[str, str]
    badges: Mapping[str, str]
    numbers: Mapping[str, Mapping[str, str]]


class SweepPlan(TypedDict):
    """What the sweep of Digits is about, and its empty chart."""

    sizes: list[int]
    request: dict[str, Any]
    figure: dict[str, Any]
    offer: str


class SweepRow(TypedDict):
    """One mixture of that sweep."""

    size: int
    aic: float
    bic: float
    degenerate: bool


class Drawing(TypedDict):
    """A stored drawing, point by point, or why it cannot be opened."""

    key: str
    points: list[tuple[float, float, str]]
    problem: str


class Reading(TypedDict):
    """What the reading dialog shows: the table's key, how it was read, and its columns."""

    key: str
    options: dict[str, Any]
    names: list[str]
    usual: list[str]


class ClassQuestion(TypedDict):
    """What a class is asked; ``x`` and ``y`` bound numbers and points, starts are of ``base``."""

    kind: str
    prompt: str
    options: list[str]
    x: list[float]
    y: list[float]
    whole: bool
    base: str


class ClassBest(TypedDict):
    """Links to the best starts of a class, by method."""

    kmeans: NotRequired[str]
    gmm: NotRequired[str]


class ClassTally(TypedDict):
    """What answers come to: of options their counts, of numbers each with its count, or points.

    Of starts: where each ends by method, and 1 if its centres were dragged.
    """

    n: int
    counts: NotRequired[list[int]]
    values: NotRequired[list[list[float]]]
    points: NotRequired[list[list[float]]]
    kmeans: NotRequired[list[list[float]]]
    gmm: NotRequired[list[list[float]]]
    best: NotRequired[ClassBest]


class ClassBoard(TypedDict):
    """What everybody in a class sees; a later ``version`` or ``shown`` is greater as a text."""

    version: str
    link: str
    shown: str
    asked: str
    question: ClassQuestion | None
    tally: ClassTally | None
    why: str
    closed: bool


class ClassDesk(ClassBoard):
    """What the teacher sees of it: ``tally`` also before it is revealed."""

    revealed: bool
    explains: bool
    following: int
    joined: int
    size: int


ANSWERS = (
    Picture, ColumnTransforms, DataPanel, GroupName, RowRecord, StoredTable, StoredImage, Applied,
    Refused, Busy, ShortLink, KeptNames, Pieces, Piece, SplitRows, Gathered, KeptUnder, LiveFrame,
    StepsFrame, AllRows, AllRowsPiece, WrittenPiece, Shown, SweepPlan, SweepRow, Drawing, Reading,
    ClassQuestion, ClassBest, ClassTally, ClassBoard, ClassDesk,
)  # fmt: skip
