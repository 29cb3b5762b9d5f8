"""A folder with folders in it, on this machine and elsewhere."""

import uuid

import fsspec
import pytest

from gmm_dash.files.tree import Tree


@pytest.fixture(params=["here", "memory"])
def tree(request, tmp_path):
    return Tree(str(tmp_path / "t") if request.param == "here" else f"memory://{uuid.uuid4()}")


def put(tree, name, data):
    with tree.writing(name) as file:
        file.write(data)


def test_files_are_found_below_in_order_and_read_back(tree):
    assert tree.names() == []
    for name in ("b.x", "a=2/c.x", "_hidden", ".also", "a=2/_log/0.x"):
        put(tree, name, name.encode())
    assert tree.names() == ["a=2/c.x", "b.x"]
    with tree.reading("a=2/c.x") as file:
        assert file.read() == b"a=2/c.x"
    with pytest.raises(FileNotFoundError), tree.reading("nothing"):
        pass
    one = Tree(f"{tree.url}/b.x")
    assert one.names() == [""]
    with one.reading("") as file:
        assert file.read() == b"b.x"


def test_a_file_that_is_not_finished_is_no_file(tree):
    def fail():
        with tree.writing("x") as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert tree.names() == []


def test_what_a_place_holds_is_below_it_by_whole_steps(tree):
    for below in ("", "/", "/labels", "/a=2/b"):
        assert tree.holds(tree.url + below), below
        assert Tree(f"{tree.url}/").holds(tree.url + below), below
    for apart in ("2", "2/labels", "/_labels", "/a/.labels/b"):
        assert not tree.holds(tree.url + apart), apart
    for other in ("memory://elsewhere", "/", tree.url.rpartition("/")[0] + "/another"):
        assert not tree.holds(other)


def test_a_place_that_cannot_be_spoken_to_is_an_os_error():
    with pytest.raises(OSError, match="not known"):
        Tree("nobody://speaks/this").names()
    assert "file" in fsspec.available_protocols()
