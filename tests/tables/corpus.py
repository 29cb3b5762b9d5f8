"""Files that mean harm, or were only saved by the wrong program; all made here, all small."""
# ruff: noqa: E501  (one file a line reads best)

import io
import json
import struct
import zipfile
import zlib

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
WORKBOOK = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}<sheetData>{}</sheetData></worksheet>'
ODS_HEAD = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">'
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def zipped(members):
    """Return a zip archive of the members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def raw_xlsx(rows, *, before="", doctype="", extra=None):
    """Return a workbook whose sheet's XML is given."""
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELS.format("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": WORKBOOK,
            "xl/_rels/workbook.xml.rels": RELS.format("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": doctype + SHEET.format(before, rows),
            **(extra or {}),
        }
    )


def raw_ods(rows):
    """Return a spreadsheet whose table's XML is given."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS_HEAD + rows + ODS_TAIL,
        }
    )


def xlsx(sheets):
    """Return a workbook with the rows of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parquet(table, **options):
    """Return a pyarrow table as Parquet bytes."""
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def stata(table, version=118, **options):
    buffer = io.BytesIO()
    table.to_stata(buffer, version=version, write_index=False, **options)
    return buffer.getvalue()


def feather(table, **options):
    """Return a pyarrow table as Feather bytes."""
    buffer = io.BytesIO()
    pyarrow.feather.write_feather(table, buffer, **options)
    return buffer.getvalue()


def frame():
    """Return the table that honest files hold."""
    return pd.DataFrame({"x": [1.5, 2.25, -3.0], "y": [1, 2, 3], "name": ["a", "b", "c"]})


def cell(reference, value=1):
    """Return one numeric cell of a sheet."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{reference}"><v>{value}</v></c></row>'


def _png(side):
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * (side + 1) * 10)
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _many_rows():
    """Return 200 million rows in a small Parquet file, in one page's worth of bytes."""
    chunk = pa.table({"x": pa.array(np.zeros(1_000_000))})
    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, chunk.schema, compression="zstd") as writer:
        for _ in range(200):
            writer.write_table(chunk)
    return buffer.getvalue()


def _lying_zip():
    """Return an archive whose directory understates the size of a member."""
    data = bytearray(raw_xlsx("<row><c><v>1</v></c></row>" * 20_000))
    place = data.rfind(b"PK\x01\x02")
    while place >= 0:
        name_length = struct.unpack("<H", data[place + 28 : place + 30])[0]
        if data[place + 46 : place + 46 + name_length].endswith(b"sheet1.xml"):
            data[place + 24 : place + 28] = struct.pack("<I", 300)
        place = data.rfind(b"PK\x01\x02", 0, place)
    return bytes(data)


def _dictionary_bomb():
    """Return a Parquet file of a few kB whose texts take 10 GB once they are spread out."""
    words = pa.array(["x" * 1_000_000])
    codes = pa.array(np.zeros(10_000, dtype=np.int32))
    return parquet(pa.table({"s": pa.DictionaryArray.from_arrays(codes, words)}))


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REPEATED = (
    '<table:table-row table:number-rows-repeated="{}"><table:table-cell '
    'table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
    "</table:table-row>"
)

# name -> (bytes, words that the sentence must hold)
REFUSED = {
    "empty": (lambda: b"", "empty"),
    "blank lines": (lambda: b"\n\n  \n", "no"),
    "binary": (lambda: bytes(range(256)) * 40, "binary|characters"),
    "random": (lambda: np.random.default_rng(1).bytes(50_000), "binary|characters"),
    "nuls": (lambda: b"\0" * 5_000, "binary|no"),
    "html named .xls": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "html in utf-16": (lambda: "<html><body>x".encode("utf-16"), "web page"),
    "xml": (lambda: b'<?xml version="1.0"?><a/>', "web page or XML"),
    "png named .csv": (lambda: _png(30_000), "PNG"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0" + b"x" * 99, "JPEG"),
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj", "PDF"),
    "gzip of R": (lambda: zlib.compress(b"X\n\0\0\0\2" + b"x" * 50, wbits=31), "R"),
    "gzip cut": (lambda: zlib.compress(b"a,b\n1,2\n" * 50, wbits=31)[:-9], "cut short"),
    "gzip bomb": (lambda: zlib.compress(b"1,2\n" * 50_000_000, wbits=31), "more than 100 MB"),
    "gzip in gzip": (lambda: zlib.compress(zlib.compress(b"a,b\n1,2\n", wbits=31), wbits=31), "no text"),
    "empty gzip": (lambda: zlib.compress(b"", wbits=31), "empty"),
    "sparse arff": (lambda: b"@relation r\n@attribute a real\n@data\n{0 1}\n", "sparse"),
    "pickle": (lambda: b"\x80\x04\x95" + b"x" * 50, "pickle"),
    "old xls": (lambda: OLE, ".xls"),
    "encrypted xlsx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "word document": (lambda: zipped({"word/document.xml": "<x/>"}), "Word"),
    "binary workbook": (lambda: zipped({"xl/workbook.bin": "x"}), "xlsb"),
    "plain zip": (lambda: zipped({"a.csv": "x,y\n1,2\n", "b.csv": "x,y\n1,2\n"}), "zip archive"),
    "picture in a zip": (lambda: zipped({"a.png": _png(9)}), "PNG"),
    "truncated xlsx": (lambda: xlsx({"a": [[1, 2], [3, 4]]})[:-300], "damaged"),
    "corrupt xlsx": (lambda: xlsx({"a": [[1, 2]]}).replace(b"PK\x03\x04", b"PK\x03\x05"), "damaged|characters"),
    "empty workbook": (lambda: xlsx({"a": []}), "no sheet with values"),
    "zip bomb": (lambda: zipped({"xl/workbook.xml": b"0" * 60_000_000}), "unpacked"),
    "many members": (lambda: zipped({"xl/workbook.xml": "", **{f"m{i}": "" for i in range(2100)}}), "parts"),
    "lying zip": (_lying_zip, "damaged"),
    "far cell": (lambda: raw_xlsx(cell("A1") + cell("XFD1048576")), "XFD1048576"),
    "far row": (lambda: raw_xlsx(cell("A1") + cell("A1048576")), "A1048576"),
    "far column": (lambda: raw_xlsx(cell("A1") + cell("XFD2")), "XFD2"),
    "entities in xlsx": (lambda: raw_xlsx(cell("A1", "&b;"), doctype=ENTITY), "damaged"),
    "formulas without results": (lambda: raw_xlsx('<row r="1"><c r="A1"><f>1+1</f></c></row>'), "formulas only"),
    "ods repeats": (lambda: raw_ods(REPEATED.format(10**9, 10**9)), "columns|rows"),
    "ods repeats rows": (lambda: raw_ods(REPEATED.format(10**9, 2)), "rows"),
    "ods broken": (lambda: raw_ods("<broken"), "damaged"),
    "ods no values": (lambda: raw_ods(""), "no sheet with values"),
    "parquet of 200 million rows": (_many_rows, "rows"),
    "parquet truncated": (lambda: parquet(pa.table({"x": [1, 2]}))[:-20], "damaged"),
    "parquet without rows": (lambda: parquet(pa.table({"x": pa.array([], pa.int64())})), "no rows"),
    "parquet lists only": (lambda: parquet(pa.table({"x": [[1], [2]]})), "lists"),
    "parquet dictionary bomb": (_dictionary_bomb, "memory|unpacks"),
    "stata truncated": (lambda: stata(pd.DataFrame({"x": [1.5, 2.5]}))[:-400], "damaged"),
    "stata of many rows": (lambda: stata(pd.DataFrame({"x": [1.5]})).replace(b"<N>\x01", b"<N>\x01\0\0\x01"), "damaged"),
    "stata of version 114, cut": (lambda: stata(pd.DataFrame({"x": [1.5, 2.5]}), 114)[:200], "damaged"),
    "spss": (lambda: b"$FL2@(#) SPSS DATA FILE" + b" " * 99, "SPSS as .csv or as Stata"),
    "feather truncated": (lambda: feather(pa.table({"x": [1, 2]}))[:-40], "damaged"),
    "feather bomb": (lambda: feather(pa.table({"x": np.zeros(30_000_000)}), compression="zstd", chunksize=30_000_000), "rows"),
    "json broken": (lambda: b'[{"a": 1}, {"a": ', "not valid"),
    "json deep": (lambda: b"[" * 100_000, "nested"),
    "json deep objects": (lambda: b'{"a":' * 50_000, "nested"),
    "json scalar list of objects and numbers": (lambda: b'[{"a": 1}, 2]', "mixes"),
    "json huge exponent": (lambda: b'[{"a": 1e999}]', "too large"),
    "json long integer": (lambda: b'[{"a": ' + b"9" * 5_000 + b"}]", "not valid"),
    "json lines broken": (lambda: b'{"a": 1}\n{"a": 2\n', "Line 2"),
    "json uneven lists": (lambda: b'{"a": [1, 2], "b": [1]}', "length"),
    "header only": (lambda: b"x,y\n", "no rows of data"),
    "unclosed quote": (lambda: b'x,y\n1,2\n"3,4\n' + b"5,6\n" * 500, "line 3"),
    "unclosed quote in a large file": (lambda: b'x,y\n"1,2\n' + b"5,6\n" * 500_000, "line 2"),
    "quotes without end": (lambda: b'"' * 300_001, "quotation"),
    "20,000 columns": (lambda: b",".join(b"c%d" % i for i in range(20_000)) + b"\n" + b",".join([b"1"] * 20_000), "20,000 columns"),
    "only separators": (lambda: b"," * 3_000_000, "columns|no"),
    "200 MB": (lambda: b"1,2\n" * 50_000_000, "200.0 MB"),
    "too many rows": (lambda: b"x\n" + b"1\n" * 1_100_000, "rows"),
    "names and rows differ": (lambda: b"x,y\n1,5,2,5\n3,5,4,5\n", "2 cells"),
    "long cell": (lambda: b"x,y\n" + b"a" * 200_000 + b",1\n", "131,072"),
}  # fmt: skip


def text_tables():
    """Return name -> (bytes, columns of the table they hold)."""
    xy = {"x": [1.5, 3.5], "y": [2.5, 4.0]}
    plain = "x,y\n1.5,2.5\n3.5,4\n"
    german = "größe;y\n1,5;2,5\n3,5;4\n"
    return {
        "plain": (plain.encode(), xy),
        "bom": (plain.encode("utf-8-sig"), xy),
        "utf-16 with mark": (plain.encode("utf-16"), xy),
        "utf-16 big with mark": (b"\xfe\xff" + plain.encode("utf-16-be"), xy),
        "utf-16 little without mark": (plain.encode("utf-16-le"), xy),
        "utf-16 big without mark": (plain.encode("utf-16-be"), xy),
        "windows": (german.encode("cp1252"), {"größe": [1.5, 3.5], "y": [2.5, 4.0]}),
        "decimal commas": (german.encode(), {"größe": [1.5, 3.5], "y": [2.5, 4.0]}),
        "decimal commas without names": (b"1,5;2,5\n3,5;4\n", {"column_1": [1.5, 3.5], "column_2": [2.5, 4.0]}),
        "one column of decimal commas": (b"x\n1,5\n2,5\n", {"x": [1.5, 2.5]}),
        "gzip": (zlib.compress(plain.encode(), wbits=31), xy),
        "one file in a zip": (zipped({"folder/": "", "folder/a.csv": plain, "__MACOSX/._a.csv": "x"}), xy),
        "surplus empty cells": (b"x;y;\n1,5;2,5\n3,5;4\n3,5;4;\n3,5;4\n", {"x": [1.5, 3.5, 3.5, 3.5], "y": [2.5, 4.0, 4.0, 4.0]}),
        "runs of tabs": (b"x\ty\n1.5\t\t2.5\n3.5\t4\n1.5\t\t\t2.5\n", {"x": [1.5, 3.5, 1.5], "y": [2.5, 4.0, 2.5]}),
        "blanks in cells": (b"name of it   x    y\nNew York     1.5  2.5\nBonn         3.5  4\n", {"name of it": ["New York", "Bonn"], **xy}),
        "blanks in cells between tabs": (b"name\tx\ny 1  2\t1.5\nz 3  4\t3.5\n", {"name": ["y 1  2", "z 3  4"], "x": [1.5, 3.5]}),
        "totals below": (b"n,x,y\na,1.5,2.5\nb,3.5,4\nc,3.5,4\nTotal,8.5,10.5\n", {"n": ["a", "b", "c"], "x": [1.5, 3.5, 3.5], "y": [2.5, 4.0, 4.0]}),
        "shift jis": ("\u8eab\u9577,\u30c6\u30b9\u30c8\n1.5,2.5\n3.5,4\n".encode("shift_jis"), {"\u8eab\u9577": [1.5, 3.5], "\u30c6\u30b9\u30c8": [2.5, 4.0]}),
        "shift jis without kana": ("\u540d\u524d,\u4f53\u91cd\n1.5,2.5\n3.5,4\n".encode("shift_jis"), {"\u540d\u524d": [1.5, 3.5], "\u4f53\u91cd": [2.5, 4.0]}),
        "korean": ("\ubab8\ubb34\uac8c,\ud0a4\n1.5,2.5\n3.5,4\n".encode("cp949"), {"\ubab8\ubb34\uac8c": [1.5, 3.5], "\ud0a4": [2.5, 4.0]}),
        "polish": ("D\u0142ugo\u015b\u0107,y\n1.5,2.5\n3.5,4\n".encode("cp1250"), {"D\u0142ugo\u015b\u0107": [1.5, 3.5], "y": [2.5, 4.0]}),
        "gb18030": ("\u8eab\u9ad8,\u4f53\u91cd\n1.5,2.5\n3.5,4\n".encode("gb18030"), {"\u8eab\u9ad8": [1.5, 3.5], "\u4f53\u91cd": [2.5, 4.0]}),
        "cyrillic": ("\u0420\u043e\u0441\u0442;\u0412\u0435\u0441\n1,5;2,5\n3,5;4\n".encode("cp1251"), {"\u0420\u043e\u0441\u0442": [1.5, 3.5], "\u0412\u0435\u0441": [2.5, 4.0]}),
        "geojson points": (b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1.5, 2.5]}, "properties": {"n": "a"}}, {"type": "Feature", "geometry": {"type": "Point", "coordinates": [3.5, 4]}, "properties": {"n": "b"}}]}', {"longitude": [1.5, 3.5], "latitude": [2.5, 4.0], "n": ["a", "b"]}),
        "tabs": (plain.replace(",", "\t").encode(), xy),
        "tabs, decimal commas": (b"x\ty\n1,5\t2,5\n3,5\t4\n", xy),
        "bars": (plain.replace(",", "|").encode(), xy),
        "spaces": (b"x   y\n1.5  2.5\n 3.5 4 \n", xy),
        "excel's sep": (b"sep=;\r\nx;y\r\n1,5;2,5\r\n3,5;4\r\n", xy),
        "old mac line ends": (plain.replace("\n", "\r").encode(), xy),
        "no last line end": (plain.rstrip().encode(), xy),
        "dos end of file": (plain.encode() + b"\x1a", xy),
        "comments": (b"# made by hand\n# twice\nx,y\n1.5,2.5\n3.5,4\n", xy),
        "title": (b"Report of May\n\nx,y\n1.5,2.5\n3.5,4\n", xy),
        "excel title": (b"Report of May;;\n;;\nx;y;z\n1,5;2,5;1\n3,5;4;2\n", {**xy, "z": [1, 2]}),
        "units": (b"x,y\ncm,kg\n1.5,2.5\n3.5,4\n", xy),
        "units in brackets": (b"x;y\n[cm];[kg]\n1,5;2,5\n3,5;4\n", xy),
        "numpy savetxt": (b"# x y\n1.5 2.5\n3.5 4\n", xy),
        "R write.table": (b'"x" "y"\n"1" 1.5 2.5\n"2" 3.5 4\n', {"row": [1, 2], **xy}),
        "R write.csv2": (b'"";"x";"y"\n"1";1,5;2,5\n"2";3,5;4\n', {"column_1": [1, 2], **xy}),
        "pandas with index": (b",x,y\n0,1.5,2.5\n1,3.5,4.0\n", {"column_1": [0, 1], **xy}),
        "pandas array": (b"0,1,2\n0.5,0.2,1.5\n0.1,2.5,3.5\n", {"0": [0.5, 0.1], "1": [0.2, 2.5], "2": [1.5, 3.5]}),
        "years as names": (b"land,2019,2020\nA,1,2\nB,3,4\n", {"land": ["A", "B"], "2019": [1, 3], "2020": [2, 4]}),
        "spark escapes": (b'x,name\n1,"he said \\"hi, you\\""\n2,b\n', {"x": [1, 2], "name": ['he said "hi, you"', "b"]}),
        "trailing separators": (b"x,y\n1.5,2.5,\n3.5,4,\n", xy),
        "quoted newline": (b'x,name\n1,"a\nb"\n2,c\n', {"x": [1, 2], "name": ["a\nb", "c"]}),
        "quoted separator": (b'x,name\n1,"a,b"\n2, "c,d"\n', {"x": [1, 2], "name": ["a,b", "c,d"]}),
        "thousands": (b'n,v\nA,"1,234"\nB,"12,345"\nC,999\n', {"n": ["A", "B", "C"], "v": [1234, 12345, 999]}),
        "thousands with decimals": (b"n;v\nA;1.234,5\nB;999\n", {"n": ["A", "B"], "v": [1234.5, 999.0]}),
        "french thousands": ("n;v\nA;1 234,5\nB;12\u202f345,25\n".encode(), {"n": ["A", "B"], "v": [1234.5, 12345.25]}),
        "swiss thousands": (b"n;v\nA;1'234.5\nB;999\n", {"n": ["A", "B"], "v": [1234.5, 999.0]}),
        "minus sign": ("x,y\n\u22121.5,1\n2.5,2\n".encode(), {"x": [-1.5, 2.5], "y": [1, 2]}),
        "signs and exponents": (b"x,y\n+1.5,1e3\n-.5,2E-1\n", {"x": [1.5, -0.5], "y": [1000.0, 0.2]}),
        "missing": (b"x,y\n1.5,NA\n,2\n", {"x": [1.5, None], "y": [None, 2.0]}),
        "blank rows at the end": (b"x;y\n1,5;2,5\n3,5;4\n;\n;\n", xy),
        "html in names": (b"<a href=x>,<b>y</b>\n1,2\n3,4\n", {"<a href=x>": [1, 3], "<b>y</b>": [2, 4]}),
        "formulas": (b"=x,name\n1,=1+1\n2,@a\n", {"=x": [1, 2], "name": ["=1+1", "@a"]}),
        "duplicate names": (b"x,x,x_2\n1,2,3\n4,5,6\n", {"x": [1, 4], "x_3": [2, 5], "x_2": [3, 6]}),
        "blank names": (b"x,,z\n1,2,3\n4,5,6\n", {"x": [1, 4], "column_2": [2, 5], "z": [3, 6]}),
        "right-to-left marks": ("\u202ex\u202c,\u200fy\n1,2\n3,4\n".encode(), {"x": [1, 3], "y": [2, 4]}),
        "long names": (b"n" * 5_000 + b",y\n1,2\n3,4\n", {"n" * 80: [1, 3], "y": [2, 4]}),
        "booleans": (b"x,b\n1,TRUE\n2,false\n", {"x": [1, 2], "b": [True, False]}),
        "wide integers": (b"x,y\n9007199254740993,1\n2,2\n", {"x": [9007199254740993, 2], "y": [1, 2]}),
        "json records": (b'[{"x": 1.5, "y": 2.5}, {"x": 3.5, "y": 4}]', xy),
        "json rows": (b'[["x", "y"], [1.5, 2.5], [3.5, 4]]', xy),
        "json split": (b'{"columns": ["x", "y"], "index": [0, 1], "data": [[1.5, 2.5], [3.5, 4]]}', xy),
        "json columns": (b'{"x": {"0": 1.5, "1": 3.5}, "y": {"0": 2.5, "1": 4}}', xy),
        "json lists": (b'{"x": [1.5, 3.5], "y": [2.5, 4]}', xy),
        "json lines": (b'{"x": 1.5, "y": 2.5}\n{"x": 3.5, "y": 4}\n', xy),
        "json wrapped": (b'{"count": 2, "rows": [{"x": 1.5, "y": 2.5}, {"x": 3.5, "y": 4}]}', xy),
        "json nested": (b'[{"p": {"x": 1.5, "y": 2.5}}, {"p": {"x": 3.5, "y": 4}}]', {"p.x": [1.5, 3.5], "p.y": [2.5, 4.0]}),
        "json nan": (b'[{"x": 1.5, "y": NaN}, {"x": null, "y": 2}]', {"x": [1.5, None], "y": [None, 2.0]}),
        "json in utf-16": ('[{"x": 1.5, "y": 2.5}, {"x": 3.5, "y": 4}]'.encode("utf-16"), xy),
    }  # fmt: skip


def packed_tables():
    """Return name -> (bytes, columns) of workbooks and Arrow files."""
    rows = [["x", "y", "name"], [1.5, 1, "a"], [2.25, 2, "b"], [-3, 3, "c"]]
    expected = frame().to_dict("list")
    nested = pa.table({"p": [{"x": 1.5, "y": 2}, {"x": 2.5, "y": 3}], "l": [[1], [2]]})
    styled = "".join(f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in range(5, 5000))
    return {
        "xlsx": (xlsx({"Data": rows}), expected),
        "xlsx after an empty sheet": (xlsx({"Empty": [], "Data": rows}), expected),
        "xlsx with a title": (xlsx({"Data": [["Report of May"], [], *rows]}), expected),
        "xlsx not in the corner": (xlsx({"D": [[], [], *([None, None, *row] for row in rows)]}), expected),
        "xlsx lying about its size": (raw_xlsx(cell("A1", 1.5) + cell("A2", 2), before='<dimension ref="A1:XFD1048576"/>'), {"column_1": [1.5, 2.0]}),
        "xlsx with formatted empty cells": (raw_xlsx(cell("A1", 1.5) + cell("A2", 2) + styled), {"column_1": [1.5, 2.0]}),
        "ods": (_ods(), expected),
        "parquet": (parquet(pa.Table.from_pandas(frame())), expected),
        "parquet, brotli": (parquet(pa.Table.from_pandas(frame()), compression="brotli"), expected),
        "parquet nested": (parquet(nested), {"p.x": [1.5, 2.5], "p.y": [2, 3]}),
        "feather": (feather(pa.Table.from_pandas(frame())), expected),
        "stata": (stata(frame()), expected),
        "stata with labels": (stata(pd.DataFrame({"x": [1.5, 2.5, 99], "g": [1, 2, 1]}), value_labels={"g": {1: "a", 2: "b"}, "x": {99: "refused"}}), {"x": [1.5, 2.5, 99], "g": ["a", "b", "a"]}),
        "arrow stream": (_stream(), expected),
        "json pandas table": (frame().to_json(orient="table", index=False).encode(), expected),
    }  # fmt: skip


def _ods():
    buffer = io.BytesIO()
    frame().to_excel(buffer, engine="odf", index=False)
    return buffer.getvalue()


def _stream():
    table, sink = pa.Table.from_pandas(frame()), pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def as_json(records):
    """Return records as JSON bytes."""
    return json.dumps(records).encode()
