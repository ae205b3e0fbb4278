"""Small spreadsheets made on the spot: CSV of any kind, XLSX and ODS, sound or harmful."""

import base64
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Cells = Sequence[Sequence[str | float]]

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file with these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def xlsx(sheets: Mapping[str, Cells], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of sheets by name, each with its cells from A1."""
    return xlsx_of({name: _rows(cells) for name, cells in sheets.items()}, hidden)


def xlsx_of(sheets: Mapping[str, str], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of sheets by name, each as the XML of its rows."""
    names = list(sheets)
    state = {name: ' state="hidden"' if name in hidden else "" for name in names}
    tags = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"{state[name]}/>' for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
        for n in range(1, len(names) + 1)
    )
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
            f'ContentType="{_SHEET_TYPE}.sheet.main+xml"/>{parts}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{tags}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
            **{
                f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
                for n, rows in enumerate(sheets.values(), 1)
            },
        }
    )


def _rows(cells: Cells) -> str:
    return "".join(
        f'<row r="{r}">{"".join(_cell(f"{chr(64 + c)}{r}", value) for c, value in enumerate(row, 1))}</row>'
        for r, row in enumerate(cells, 1)
    )


def _cell(reference: str, value: str | float) -> str:
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""
    return f'<c r="{reference}"><v>{value}</v></c>'


def ods(rows_xml: str) -> bytes:
    """An OpenDocument spreadsheet with one sheet, given as the XML of its rows."""
    name = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0"/>',
            "content.xml": f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
            f'xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Ark1">{rows_xml}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    """A row of text cells."""
    inner = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


_OLD_WORKBOOK = (
    "c-rk)O=uHA6#i!O+t@Zgwn{6MP_Sw(p|uw)w9(R}2T7=UsEVM8Sz>5NWE%v%Sgk!Of+xjGp&q=ndhrJp^dNW;DtaggLZaZslc3N;"
    "oAu4hrZ!cf0WC!KTjtH1_vXEMyKiQ8cHhi<^V9cR3s{2zSWwjKU|%H@RO-qN4@j@;k}cOxD!Pf9LY<QmX}94?!)u4kq0Dyy3hr57"
    "5CuL`If1i?W;3dP12M=k#Dt8YpQylXk~E@)qw+C5&2%%<IqvzC>3)`6W!g`D^Wr$>gVD~t#w<Rnw6m@e((gmIdC!s_G~<<=#TT!O"
    "QePVmXsKAb#uRPVddz?lI;>_?O}5>*0~atf6o^Cu#|U{eQL<<7UH1du%B%Xh-;{5xT!7?@m2$@)<W5TBTKNsd3QRyh#fxN$mP5!Y"
    "HJflSrsdLVGMUOGmoUmZw^2g5oT_DF=Q1=y!dd3XCcK!)*?>qko=Vd;aO89DjH+3Hm*XmF2URUeRWy|zr+L)d6X@O(=;`b0c1f4K"
    "iFhhDkp^B|^+XeJGw<ak=ApY-y8HEQBt8;6$&v|vag<&!+vVLr$0cb&#*M78FqN84w%E<|GJD;|d@Iu?n*UUHj5Hfec#`{EVQmME"
    ")5~}l+_8$^N&M88Lyy{~J_UCXKRaBw&@{UcoJKo6tOVK1YZ6_eOWe9C@i<tng|QWVVA}G_w&YYiM(n!r4s~N$E<}QtX{jZjj#z0a"
    "#<ME5EYz|XzQk{Q3HD_*`V00&dBih{O^_cSt`($g-&|^|g}o^3wbF~iUhIaKQobB3Eg6x_(tzT_1KE`}*`IL1gb5QSOqeiX!bFWg"
    "@Nu(r#Fj@$n{j-182@#asT9rMB>ycABTH9~J}N`VP_5y7Rr6;HY@+N-tkb6azffY7M%OTgIL9$o_57vJFR}W5)@|tddrPR=@r%{O"
    "`H#o{0n04ulm"
)


def xls() -> bytes:
    """A workbook of Excel 97 to 2003 (made once by xlwt): a birth that is a number, and one that the calendar lacks."""
    return zlib.decompress(base64.b85decode(_OLD_WORKBOOK))
