"""What is true of the groups of two fits, and worth saying of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gmm_dash.results.claim import Claim

if TYPE_CHECKING:
    from gmm_dash.results.profile import Profile, Profiles

NAMED: Final = 3  # columns named for each group
FEWEST: Final = 5  # rows, below which a standard deviation says little
WORTH_A_WORD: Final = 0.5  # standard deviations
SURE: Final = 0.995  # from here on a posterior is one in the eyes of a reader
CLEARLY_LESS: Final = 0.8
WRITTEN: Final = 8  # groups whose means can be written into the picture
SHOWN: Final = 20  # columns in the picture


def group_claims(found: Profiles) -> tuple[Claim, ...]:
    """Return what the groups of both methods say at first sight."""
    if found.kmeans.k == 1:
        return (Claim("groups.single"),)
    told = [claim for one in found.both.values() if one.k > 1 for claim in _telling(one)]
    return (*told, _doubt(found)) if found.gmm.k > 1 else tuple(told)


def apart_claims(profile: Profile) -> tuple[Claim, ...]:
    """Return what sets each group of a fit apart, in the order of the groups."""
    return tuple(_apart(profile, group) for group in range(profile.k))


def size_claims(found: Profiles) -> tuple[Claim, ...]:
    """Return which groups have too few rows for what is said of them."""
    claims = []
    for profile in found.both.values():
        if empty := tuple(group for group, rows in _sized(profile) if rows == 0):
            claims.append(Claim("groups.empty", {"method": profile.method, "groups": empty}))
        if tiny := tuple(one for one in _sized(profile) if 0 < one[1] < FEWEST):
            facts = {"method": profile.method, "groups": tiny, "needed": FEWEST}
            claims.append(Claim("groups.tiny", facts))
    d = found.d
    few = tuple(one for one in _sized(found.gmm) if FEWEST <= one[1] <= d)
    if few and found.own_shapes:
        claims.append(Claim("groups.few", {"groups": few, "d": d, "reduced": found.reduced}))
    if found.weighted:
        claims.append(Claim("groups.weights", {"n": found.gmm.n}))
    if found.gmm.loose:
        claims.append(Claim("groups.background", {"rows": found.gmm.loose, "n": found.gmm.n}))
    return tuple(claims)


def _sized(profile: Profile) -> list[tuple[str, int]]:
    """Return what a sentence calls every group, with the number of its rows."""
    return list(zip(profile.spoken, profile.counts.tolist(), strict=True))


def picture_claims(profile: Profile) -> tuple[Claim, ...]:
    """Return how the picture of the groups is read."""
    d = len(profile.columns)
    legend = Claim("groups.legend", {"written": profile.k <= WRITTEN})
    return (legend, Claim("groups.bounded", {"shown": SHOWN, "d": d})) if d > SHOWN else (legend,)


def _telling(profile: Profile) -> list[Claim]:
    """Return the columns that the groups differ most and least in."""
    order = profile.telling().tolist()
    first, last = order[0], order[-1]
    if not profile.explained[first] > 0:
        return []
    facts: dict[str, Any] = {
        "method": profile.method,
        "most": profile.columns[first],
        "share": float(profile.explained[first]),
        "least": "",
        "lowest": float(profile.explained[last]),
    }
    if facts["lowest"] < CLEARLY_LESS * facts["share"]:
        facts["least"] = profile.columns[last]
    return [Claim("groups.telling", facts)]


def _apart(profile: Profile, group: int) -> Claim:
    rows = int(profile.counts[group])
    facts: dict[str, Any] = {"method": profile.method, "group": profile.spoken[group], "rows": rows}
    others = profile.n - rows
    if rows == 0 or others == 0:
        return Claim("groups.alone", facts)
    chosen = profile.sets_apart(group, NAMED, WORTH_A_WORD)
    if not chosen:
        return Claim("groups.ordinary", facts | {"least": WORTH_A_WORD})
    mean = profile.means[group]
    rest = mean - profile.differences[group] * profile.spread
    columns = tuple((profile.columns[j], float(mean[j]), float(rest[j])) for j in chosen)
    return Claim("groups.apart", facts | {"columns": columns})


def _doubt(found: Profiles) -> Claim:
    """Return the row that the mixture is least sure of, and the two groups it lies between."""
    doubtful = found.least_sure
    if doubtful is None or doubtful.share > SURE:
        return Claim("groups.sure", {"least": SURE})
    called = (*found.gmm.spoken, "")  # -1 is the background
    facts = {
        "row": found.rows[doubtful.row],
        "own": called[doubtful.own],
        "share": doubtful.share,
        "other": called[doubtful.other],
        "next": doubtful.next,
    }
    return Claim("groups.doubtful", facts)
