"""CVs of an invented bookkeeper, in the forms that people send."""

import io
import json
import zipfile
from html import escape

from pypdf import PdfWriter

NAMESPACES = (
    'xmlns="http://www.europass.eu/1.0" xmlns:hr="http://www.hr-xml.org/3" '
    'xmlns:oa="http://www.openapplications.org/oagis/9" xmlns:eures="http://www.europass_eures.eu/1.0"'
)


def _when(name: str, day: str) -> str:
    return f"<{name}><hr:FormattedDateTime>{day}</hr:FormattedDateTime></{name}>"


def _level(dimension: str, level: str) -> str:
    return (
        f"<eures:CompetencyDimension><hr:CompetencyDimensionTypeCode>{dimension}</hr:CompetencyDimensionTypeCode>"
        f"<eures:Score><hr:ScoreText>{level}</hr:ScoreText></eures:Score></eures:CompetencyDimension>"
    )


EUROPASS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Candidate {NAMESPACES}>
<CandidatePerson><PersonName><oa:GivenName>Beata</oa:GivenName><hr:FamilyName>Testesen</hr:FamilyName></PersonName>
<hr:BirthDate>1984-05-03</hr:BirthDate><PrimaryLanguageCode name="NORMAL">pol</PrimaryLanguageCode></CandidatePerson>
<CandidateProfile languageCode="pl">
<hr:ExecutiveSummary>{escape("<p>Chętnie śpiewam w chórze.</p>")}</hr:ExecutiveSummary>
<EmploymentHistory><EmployerHistory><hr:OrganizationName>Biuro Bałtyk</hr:OrganizationName><PositionHistory>
<PositionTitle typeCode="FREETEXT">księgowa</PositionTitle>
<eures:EmploymentPeriod>{_when("eures:StartDate", "2012-03")}{_when("eures:EndDate", "2019-08")}
<hr:CurrentIndicator>false</hr:CurrentIndicator></eures:EmploymentPeriod>
<oa:Description>{escape("<ul><li>listy płac</li><li>VAT &amp; CIT</li></ul><script>alert(1)</script>")}</oa:Description>
<City>Gdynia</City><Country>pl</Country></PositionHistory></EmployerHistory></EmploymentHistory>
<EducationHistory><EducationOrganizationAttendance><hr:OrganizationName>Uniwersytet Gdański</hr:OrganizationName>
<AttendancePeriod>{_when("StartDate", "2005")}{_when("EndDate", "2010-06-30")}<Ongoing>false</Ongoing>
</AttendancePeriod>
<EducationDegree><hr:DegreeName>magister</hr:DegreeName><FieldOfStudy typeCode="URI"><MainFieldOfStudy>
<ProgramConcentration>http://data.europa.eu/snb/isced-f/0411</ProgramConcentration></MainFieldOfStudy></FieldOfStudy>
</EducationDegree><EducationLevelCode>7</EducationLevelCode></EducationOrganizationAttendance></EducationHistory>
<eures:Licenses><eures:License><hr:LicenseTypeCode>B</hr:LicenseTypeCode></eures:License>
<eures:License><hr:LicenseTypeCode>Z9</hr:LicenseTypeCode></eures:License></eures:Licenses>
<PersonQualifications><PersonCompetency><CompetencyID schemeName="NORMAL">nor</CompetencyID>
<hr:TaxonomyID>language</hr:TaxonomyID>{_level("CEF-Speaking-Interaction", "B1")}
{_level("CEF-Writing-Production", "A2")}
</PersonCompetency><PersonCompetency><CompetencyID schemeName="NORMAL">ger</CompetencyID>
<hr:TaxonomyID>language</hr:TaxonomyID></PersonCompetency></PersonQualifications>
<Skills><PersonCompetency><hr:TaxonomyID>Digital_Skill</hr:TaxonomyID>
<hr:CompetencyName>arkusze kalkulacyjne</hr:CompetencyName></PersonCompetency></Skills>
<eures:Attachment><oa:EmbeddedData>{"QUJD" * 30_000}</oa:EmbeddedData></eures:Attachment>
</CandidateProfile></Candidate>
"""

JSON_RESUME = json.dumps(
    {
        "basics": {"name": "Beata Testesen", "email": "beata@example.no", "summary": "Loves the sea."},
        "work": [
            {
                "name": "Baltic Office",
                "position": "accountant",
                "location": "Gdynia, Poland",
                "startDate": "2012-03",
                "summary": "Payroll",
                "highlights": ["VAT returns"],
            },
            {"name": "Kasa", "position": "cashier", "startDate": "2005-01-01", "endDate": "2006"},
            "not an entry",
        ],
        "volunteer": [{"organization": "Coop", "position": "teacher", "startDate": "2010", "endDate": "2011"}],
        "education": [{"institution": "University of Gdańsk", "studyType": "Bachelor", "area": "Economics"}],
        "skills": [{"name": "accounting", "keywords": ["spreadsheets", 7]}],
        "languages": [
            {"language": "Norwegian", "fluency": "B1 (spoken)"},
            {"language": "Polish", "fluency": "Native speaker"},
            {"language": "Klingon", "fluency": "Fluent"},
        ],
        "certificates": [{"name": "Payroll certificate", "issuer": "Guild", "date": "2014-02-30"}],
        "interests": [{"name": "Choir", "keywords": ["Alto"]}],
        "references": [{"name": "Somebody Else", "reference": "A pleasure"}],
    }
)


def pdf(attachments: dict[str, bytes] | None = None, lines: tuple[str, ...] = (), pages: int = 1) -> bytes:
    """A PDF of lines of ASCII, with files in it."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(600, 800)
    for name, content in (attachments or {}).items():
        writer.add_attachment(name, content)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue() if not lines else _written(lines)


def _written(lines: tuple[str, ...]) -> bytes:
    """The smallest PDF with text, by hand: pypdf writes none."""
    text = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {text} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)


def docx(*paragraphs: str, body: str | None = None) -> bytes:
    """A Word document of paragraphs."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    told = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    document = body or f'<w:document xmlns:w="{word}"><w:body>{told}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return made.getvalue()
