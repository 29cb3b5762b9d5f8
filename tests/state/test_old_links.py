"""Links as they stand in handouts. Add to this list; never change what is in it."""

import pytest

from gmm_dash.state import from_query

OLD_LINKS = [
    (
        "?data=stretched&n=400&noise=0.6&centers=4&dseed=0&table=&cols=&label=&scale=none&k=4"
        "&cov=full&init=mixed&n_init=5&seed=0&tol=1e-06&max_iter=500&reg=1e-06"
        "&kinit=k-means%2B%2B&view=compare&x=&y=&step=last"
        "&show=size%2Cellipses%2Ccircles%2Ccenters&hide=&lock=&lesson=&part=0",
        {"data": "stretched", "kinit": "k-means++", "k": 4},
    ),
    (
        "?data=blobs&n=400&noise=0.6&centers=4&dseed=0&k=4&cov=full",
        {"data": "blobs", "noise": 0.6, "k": 4},
    ),
    ("?data=moons&n=200&noise=0.05&dseed=0&k=16", {"data": "moons", "noise": 0.05, "k": 16}),
    (
        "?data=iris&cols=petal+length+%28cm%29%2Cpetal+width+%28cm%29&scale=none&k=3",
        {"cols": ["petal length (cm)", "petal width (cm)"], "scale": "none"},
    ),
    (
        "?data=mouse&k=3&hide=init,kinit,tol,max_iter,reg&lock=k,cov",
        {"hide": ["init", "tol", "max_iter", "reg", "kinit"], "lock": ["k", "cov"]},
    ),
    (
        "?data=bars&cov=tied&k=2&init=kmeans&n_init=1&tol=0.001&max_iter=100",
        {"tol": 0.001, "init": "kmeans", "n_init": 1},
    ),
    (
        "?data=aniso&n=1500&dseed=170&k=3&lesson=stretched&part=1",
        {"lesson": "stretched", "part": 1},
    ),
    ("?data=upload&table=abc123&label=kind&x=a&y=b", {"table": "abc123", "label": "kind"}),
    ("?view=density&data=moons&k=16&draw=400&drawseed=42", {"view": "density", "draw": 400}),
    ("?view=colors&image=china&colors=16", {"view": "colors", "colors": 16}),
    ("?data=moons&present=1", {"present": 1}),
    (
        "?data=mouse&k=3&hide=notice,scores,k&clean=1",
        {"hide": ["k", "notice", "scores"], "clean": 1},
    ),
    (
        "?data=blobs&n=200&noise=1.6&centers=4&dseed=10&k=4&orient=own&span=15&show=centers,sources",
        {"orient": "own", "span": 15.0, "show": ["centers", "sources"]},
    ),
    ("?data=blobs&n=200&noise=1.6&dseed=10", {"orient": "swapped", "span": 0.0}),
    (
        "?data=iris&scale=none&transform=log:petal length (cm)",
        {"transform": ["log:petal length (cm)"]},
    ),
    ("?data=iris&scale=standard", {"transform": [], "scale": "standard", "pcs": 0.0}),
    ("?view=compare&open=posteriors", {"open": ["posteriors"]}),
    ("?view=digits&open=sweep,posteriors", {"open": ["posteriors", "sweep"]}),
    (
        "?view=select&chart=criteria&together=aic,bic&ctype=diag",
        {"chart": "criteria", "together": ["bic", "aic"], "ctype": "diag"},
    ),
    ("?data=moons&k=6&tab=groups&merge=3", {"merge": 3, "k": 6, "tab": "groups"}),
    ("?data=moons&k=6&tab=groups", {"merge": 0, "names": []}),
    ("?k=2&names=7:<b>late</b>,1:heavy%252C%20slow", {"names": ["1:heavy, slow", "7:<b>late</b>"]}),
    ("?data=moons&k=4&tab=pinned&pin=k:3,cov:tied", {"pin": ["k:3", "cov:tied"], "k": 4}),
    (
        "?data=iris&pin=cols:a%25252Cb%252Cc,transform:log:c",
        {"pin": ["cols:a%2Cb,c", "transform:log:c"]},
    ),
    ("?data=iris&tab=rows", {"pin": []}),
    (
        "?view=select&criterion=aic&types=full,diag&chart=bars",
        {"chart": "bars", "criterion": "aic"},
    ),
]


@pytest.mark.parametrize(("link", "means"), OLD_LINKS, ids=range(len(OLD_LINKS)))
def test_an_old_link_opens_and_means_what_it_meant(link, means):
    state, problems = from_query(link)
    assert problems == ()
    flat = state.to_flat()
    assert {key: flat[key] for key in means} == means
