"""CVs of before 2020 of an invented fish worker, in both generations of the format."""

from html import escape

_CEDEFOP = "http://europass.cedefop.europa.eu/Europass"
_TASKS = escape("<p>Zmiana nocna:</p><ul><li>filetowanie</li><li>pakowanie &amp; etykiety</li></ul>")


def _preferences(fields: int) -> str:
    line = (
        '<Field name="LearnerInfo.WorkExperience[0].Employer.ContactInfo.Address" show="false" format="s, p-z m (c)"/>'
    )
    return f'<PrintingPreferences><Document type="ECV">{line * fields}</Document></PrintingPreferences>'


def _address(code: str, label: str, town: str) -> str:
    country = f"<Country><Code>{code}</Code><Label>{label}</Label></Country>"
    place = f"<AddressLine>Ulica 1</AddressLine><Municipality>{town}</Municipality>"
    return f"<ContactInfo><Address><Contact>{place}{country}</Contact></Address></ContactInfo>"


def passport(version: str = "3.3", work: str = "", fields: int = 600) -> str:
    """A CV of schema 3, whose preferences of printing have so many fields; `work` are more jobs."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<SkillsPassport xmlns="{_CEDEFOP}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="{_CEDEFOP} http://europass.cedefop.europa.eu/xml/v{version}.0/EuropassSchema.xsd" locale="pl">
<DocumentInfo><DocumentType>ECV_ESP</DocumentType><XSDVersion>V{version}</XSDVersion><Generator>EWA</Generator>
</DocumentInfo>{_preferences(fields)}
<LearnerInfo>
<Identification><PersonName><FirstName>Dorota</FirstName><Surname>Testesen</Surname></PersonName>
<ContactInfo><Email><Contact>dorota@example.no</Contact></Email></ContactInfo>
<Demographics><Birthdate year="1979" month="--11" day="---02"/></Demographics>
<Photo><MimeType>image/jpeg</MimeType><Data>{"QUJD" * 20_000}</Data></Photo></Identification>
<Headline><Type><Code>preferred_job</Code><Label>PREFERRED JOB</Label></Type>
<Description><Label>kucharz</Label></Description></Headline>
<WorkExperienceList>
<WorkExperience><Period><From year="2011" month="--03" day="---15"/><To year="2014" month="--08"/></Period>
<Position><Code>82711</Code><Label>pracownik przetwórstwa ryb</Label></Position><Activities>{_TASKS}</Activities>
<Employer><Name>Bałtyk Ryby</Name>{_address("PL", "Polska", "Ustka")}
<Sector><Code>C</Code><Label>Przemysł</Label></Sector></Employer></WorkExperience>
<WorkExperience><Period><From year="2015"/><Current>true</Current></Period>
<Position><Label>sprzątaczka</Label></Position>
<Employer>{_address("UK", "United Kingdom", "Hull")}</Employer></WorkExperience>{work}
</WorkExperienceList>
<EducationList><Education><Period><From year="1994"/><To year="1998" month="--06" day="---20"/></Period>
<Title>technik żywienia</Title><Activities>{escape("<p>gastronomia</p>")}</Activities>
<Organisation><Name>Technikum w Ustce</Name>{_address("PL", "Polska", "Ustka")}</Organisation>
<Level><Code>4</Code><Label>EQF 4</Label></Level><Field><Code>81</Code><Label>Usługi</Label></Field></Education>
</EducationList>
<Skills><Linguistic><MotherTongueList><MotherTongue><Description><Code>pl</Code><Label>polski</Label></Description>
</MotherTongue><MotherTongue><Description><Label>Elvish</Label></Description></MotherTongue></MotherTongueList>
<ForeignLanguageList><ForeignLanguage><Description><Code>no</Code><Label>norweski</Label></Description>
<ProficiencyLevel><Listening>B1</Listening><Reading>B1</Reading><SpokenInteraction>A2</SpokenInteraction>
<SpokenProduction/><Writing>A1</Writing></ProficiencyLevel>
<VerifiedBy><Certificate><Title>Norskprøve A2</Title></Certificate></VerifiedBy></ForeignLanguage>
</ForeignLanguageList></Linguistic>
<JobRelated><Description>{escape("<p>jazda wózkiem widłowym</p>")}</Description></JobRelated>
<Computer><Description>Word</Description><ProficiencyLevel><Information>B</Information>
<Communication>A</Communication></ProficiencyLevel></Computer>
<Driving><Description><Licence>B</Licence><Licence>Z9</Licence></Description></Driving></Skills>
<AchievementList><Achievement><Title><Code>courses</Code><Label>Kursy</Label></Title>
<Description>{escape("<ul><li>HACCP 2013</li><li>BHP</li></ul>")}</Description></Achievement>
<Achievement><Title><Code>references</Code><Label>Referencje</Label></Title>
<Description>Szef Szefowski</Description></Achievement></AchievementList>
</LearnerInfo>
<AttachmentList><Attachment id="ATT_1"><Name>swiadectwo.pdf</Name><Data>{"QUJD" * 30_000}</Data></Attachment>
</AttachmentList></SkillsPassport>
"""


def learner_info() -> str:
    """A CV of schema 2."""
    period = "<period><from><year>2003</year><month>--05</month></from><to><year>2007</year></to></period>"
    address = (
        "<address><municipality>Ustka</municipality><country><code>PL</code><label>Polska</label></country></address>"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<europass:learnerinfo xmlns:europass="{_CEDEFOP}/V2.0"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" locale="pl">
<docinfo><issuedate>2009-03-10T10:00:00+01:00</issuedate><xsdversion>V2.0</xsdversion></docinfo>
<prefs><field name="step1.photo" keep="false"/></prefs>
<identification><firstname>Dorota</firstname><lastname>Testesen</lastname>
<contactinfo><address><addressLine>Ulica 1</addressLine></address><email>dorota@example.no</email></contactinfo>
<demographics><birthdate>1979-11-02</birthdate></demographics>
<photo type="JPEG">{"QUJD" * 2_000}</photo></identification>
<application><label>kucharz</label></application>
<workexperiencelist><workexperience>{period}<position><label>pomoc kuchenna</label></position>
<activities>zmywanie</activities><employer><name>Bar Mewa</name>{address}<sector/></employer></workexperience>
</workexperiencelist>
<educationlist><education><period><from/><to><year>1998</year></to></period><title>szkoła średnia</title>
<skills>gastronomia</skills><organisation><name>Liceum</name>{address}<type/></organisation>
<level><code>3</code><label>ISCED 3</label></level><educationalfield><code>62</code></educationalfield></education>
</educationlist>
<languagelist><language xsi:type="europass:mother"><label>polsk, litauisk</label></language>
<language xsi:type="europass:foreign"><code>en</code><label>angielski</label>
<level><listening>b2</listening><spokeninteraction>b1</spokeninteraction></level></language></languagelist>
<skilllist><skill type="technical">wózek widłowy</skill>
<structured-skill xsi:type="europass:driving"><drivinglicence>B</drivinglicence></structured-skill></skilllist>
<misclist><misc type="additional">Lubi morze</misc><misc type="annexes">dyplom.pdf</misc></misclist>
</europass:learnerinfo>
"""
