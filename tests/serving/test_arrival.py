"""A request is whole at its last byte, however it is cut; what is odd is not waited for."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gmm_dash.serving.arrival import BYTES_PER_SECOND, SMALL_BODY, Arrival, Patience

PATIENCE = Patience(silent=75.0, head=10.0, body=30.0)
LIMIT = 1_000_000
HEAD = b"POST /tables HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
REQUESTS = [
    b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    HEAD + b"Content-Length: 0\r\n\r\n",
    HEAD + b"content-length:  11 \r\n\r\na,b\r\n\r\n1,2\n",
    CHUNKED + b"0\r\n\r\n",
    CHUNKED + b"3\r\n\r\n0\r\nA;name=\"v\"\r\n0\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n",
    CHUNKED + b"1\r\nx\r\n00\r\nOne: 1\r\nTwo: 2\r\n\r\n",
]  # fmt: skip


def arrived(*pieces, limit=LIMIT):
    arrival = Arrival(limit, PATIENCE, 0.0)
    for piece in pieces:
        arrival.add(piece, 0.0)
    return arrival


@given(st.sampled_from(REQUESTS), st.sets(st.integers(1, 120)))
def test_a_request_is_whole_at_its_last_byte(request_, cuts):
    arrival = Arrival(LIMIT, PATIENCE, 0.0)
    at = sorted({0, len(request_) - 1, *(cut for cut in cuts if cut < len(request_))})
    for start, end in zip(at, [*at[1:], len(request_)], strict=True):
        assert not arrival.whole
        arrival.add(request_[start:end], 0.0)
    assert arrival.whole
    assert not arrival.too_large
    assert bytes(arrival.data) == request_


@pytest.mark.parametrize("request_", REQUESTS)
def test_the_beginning_of_the_next_request_is_kept(request_):
    arrival = arrived(request_ + b"GET /next")
    assert arrival.whole
    assert bytes(arrival.data) == request_ + b"GET /next"


@pytest.mark.parametrize(
    "odd",
    [
        HEAD + b"Content-Length: five\r\n\r\n",
        HEAD + b"Content-Length: -5\r\n\r\n",
        HEAD + b"Content-Length: \xb2\r\n\r\n",
        HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        HEAD + b"Transfer-Encoding: gzip\r\n\r\n",
        HEAD + b"Content-Length: 1000001\r\n\r\n",
        b"GET / HTTP/1.1\nHost: x\n\n",
        b"\r\n\r\n",
        CHUNKED + b"zz\r\n",
        CHUNKED + b"-1\r\n",
        CHUNKED + b"\r\n",
        CHUNKED + b"fffffffffff\r\n",
        CHUNKED + b"5;" + b"x" * 9000,
        CHUNKED + b"0\r\na: b\n\n",
    ],
)
def test_what_is_odd_or_too_long_is_not_waited_for(odd):
    assert arrived(odd).whole


@given(st.lists(st.sampled_from([b"\r\n", b"\n", b"0", b"5", b";", b"x", b": ", CHUNKED, HEAD])))
@example([CHUNKED, b"5", b"\r\n", b"0"])
def test_any_bytes_are_taken(pieces):
    arrival = arrived(*pieces)
    assert bytes(arrival.data) == b"".join(pieces)
    assert not arrival.late(9.9)


def test_a_head_has_an_end():
    assert arrived(HEAD + b"A: " + b"x" * 70_000).too_large
    assert not arrived(HEAD + b"Content-Length: 90000\r\n\r\n", b"x" * 80_000).too_large


def test_only_large_bodies_need_room():
    assert arrived(HEAD + b"Content-Length: 2000\r\n\r\n").reserves == 0
    assert arrived(HEAD + b"Content-Length: 500000\r\n\r\n").reserves == 500_000 > SMALL_BODY
    assert arrived(CHUNKED).reserves == LIMIT


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (HEAD + b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", True),
        (HEAD + b"expect:100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n", True),
        (b"PUT / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", False),
        (HEAD + b"Content-Length: 5\r\n\r\n", False),
        (HEAD + b"Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n", False),
    ],
)  # fmt: skip
def test_an_invitation_is_for_those_who_wait_for_one(head, wanted):
    assert arrived(head).expects_invitation is wanted


def test_nobody_has_all_the_time_there_is():
    silent, head, body = (
        arrived(*pieces) for pieces in ([], [b"GET"], [HEAD + b"Content-Length: 9\r\n\r\n"])
    )
    assert [a.late(9.9) for a in (silent, head, body)] == [False, False, False]
    assert [a.late(10.1) for a in (silent, head, body)] == [False, True, False]
    assert [a.late(30.1) for a in (silent, head, body)] == [False, True, True]
    assert silent.late(75.1)


def test_a_long_body_may_take_its_time_while_it_comes():
    arrival = arrived(HEAD + b"Content-Length: 900000\r\n\r\n", limit=10 * LIMIT)
    for second in range(1, 40):
        arrival.add(b"x" * (BYTES_PER_SECOND + 100), float(second))
        assert not arrival.late(float(second))
    assert arrival.late(60.1), "nothing has come for twenty seconds"
