"""What mkdocs calls while it builds the site: it puts into the pages what is made from the code.

`<!-- picture: NAME -->` becomes a picture where it has been taken, `<!-- layers -->` the drawing
of the layers, `<!-- decisions -->` the list of decisions. Read without a site, they are not seen.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.files import File

from handbook.layers import drawing
from handbook.pictures import PICTURES

if TYPE_CHECKING:
    from mkdocs.structure.files import Files

_ROOT: Final = Path(__file__).parents[1]
# Pages that are kept beside the code, and belong to the site as well.
BESIDE: Final = ("CONTRIBUTING.md", "CHANGELOG.md", "THIRD_PARTY.md")
_PICTURE: Final = re.compile(r"<!-- picture: (\w+) -->")
_ABOVE: Final = re.compile(rf"\]\(\.\./({'|'.join(map(re.escape, BESIDE))})\)")
_LINK: Final = re.compile(r"\[([^]]*)\]\((?!https?:|#)([^)]*)\)")


def on_files(files: Files, config: Any) -> Files:
    """Take in the pages beside the code."""
    for name in BESIDE:
        text = _LINK.sub(_from_root, (_ROOT / name).read_text(encoding="utf-8"))
        files.append(File.generated(config, name, content=text))
    return files


def _from_root(link: re.Match[str]) -> str:
    """Let links of such a page lead to pages of the site; of a link to a file its words stay."""
    words, place = link.groups()
    return f"[{words}]({place.removeprefix('docs/')})" if place.startswith("docs/") else words


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Put in pictures, the layers and the list of decisions."""
    del config
    markdown = _ABOVE.sub(r"](\1)", markdown)
    markdown = _PICTURE.sub(lambda mark: _figure(mark[1], files), markdown)
    markdown = markdown.replace("<!-- layers -->", drawing())
    if page.file.src_uri == "adr/README.md":
        markdown += _decisions(files)
    return markdown


def _figure(name: str, files: Files) -> str:
    """Return a picture that has been taken; an unknown name is an error of the page."""
    picture = PICTURES[name]
    place = f"pictures/{name}.png"
    if files.get_file_from_path(place) is None:
        return ""
    return f'![{picture.says}]({place}){{ width="{picture.size[0]}" loading="lazy" }}'


def _decisions(files: Files) -> str:
    listed = []
    for file in files.documentation_pages():
        if re.fullmatch(r"adr/\d{4}-[\w-]+\.md", file.src_uri):
            title = file.content_string.partition("\n")[0].lstrip("# ")
            listed.append(f"- [{title}]({Path(file.src_uri).name})")
    return "\n\n" + "\n".join(sorted(listed, key=lambda line: line[line.index("](") :])) + "\n"
