"""A plain table is used at once; a doubtful one is a question."""

import io

import openpyxl
import pytest

from gmm_dash.tables import ReadOptions, doubts, read_table

ROWS = [f"{i * 0.37:.2f},{(i * 7) % 5 + 0.5}" for i in range(12)]
PLAIN = "x,y\n" + "\n".join(ROWS)


def _asked(text, **options):
    data = text if isinstance(text, bytes) else text.encode()
    return " ".join(
        one.text for one in doubts(read_table(data, options=ReadOptions(**options)).report)
    )


def test_few_complete_rows_can_lose_columns_or_rows():
    rows = [f"{i}.5,{'' if i % 5 else i},{(i * 7) % 4}.25,u" for i in range(20)]
    (one,) = doubts(read_table("\n".join(["a,b,c,d", *rows]).encode()).report)[:1]
    assert one.code == "few_complete_rows"
    assert [(way.label, way.options["columns"]) for way in one.ways] == [
        ("Leave out b: 20 of 20 rows", ["a", "c"]),
        ("Leave out the rows with gaps: 4 stay", ["a", "b", "c"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\n".join(ROWS),
        PLAIN.replace(",", ";").replace(".", ","),
        PLAIN.replace(",", "\t"),
        "x,y,kind\n" + "\n".join(f"{row},a" for row in ROWS),
        "x\n1.5\n2.5\n2.1",
        "x,name\n1.5,a\n2.5,b\n2.1,c",
    ],
    ids=[
        "plain",
        "no names",
        "decimal commas",
        "tabs",
        "a text column",
        "one column",
        "one of numbers",
    ],
)
def test_nothing_is_asked_about_a_plain_table(text):
    assert _asked(text) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PLAIN + "\n1,2,3", "skipped lines"),
        ("A title\n\n" + PLAIN, "rows above the table"),
        (PLAIN.replace("x,y\n", "x,y\ncm,kg\n"), "units, and not data"),
        (PLAIN.replace("1.5", "much", 1), "Should y be numbers?"),
        (
            "x,y,z\n" + "\n".join(f"{row}," for row in ROWS[:9]) + "\n1,2,3.5\n2,3,4.5",
            "Do you need z",
        ),
        (PLAIN + "\n-9999,1\n-9999,2", "-9999 occurs 2 times"),
        (PLAIN.replace("x", "Größe").encode("cp1252"), "Größe,y (Windows, Western)"),
        (PLAIN + "\nTotal,7.5", 'Does "Total" (line 14) sum up'),
        (
            "x,y,z\n" + "\n".join(f"{r},{'' if i % 3 else i / 7}" for i, r in enumerate(ROWS)),
            "only 4 of 12 rows",
        ),
        ("first,last\nAda,Lovelace\nAlan,Turing", "No column holds numbers"),
    ],
)
def test_a_doubtful_guess_is_a_question(text, words):
    assert words in _asked(text)


def test_a_second_sheet_is_a_question():
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Other")):
        for row in [["x", "y"], [1.5, 2], [2.5, 4], [3, 1]]:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    assert "right sheet? The workbook has 2." in _asked(data.getvalue())
