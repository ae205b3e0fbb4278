"""What a person is asked when she consents, by purpose and language. Pure; the texts are the product's own.

Bokmål is the one that counts; the others say the same. Each says to whom, what, for how long, and that it can be
withdrawn (GDPR art. 7 (2), (3) and 13). `consents.TEXT_VERSION` is their version.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kompetanse.codes.consent import ConsentPurpose

_SHARE = ConsentPurpose.SHARE_WITH_NEIGHBOURS
_EXPORT = ConsentPurpose.EXPORT_TO_JOB_SERVICE
_AMBASSADOR = ConsentPurpose.AMBASSADOR

LANGUAGES: Mapping[str, str] = MappingProxyType(
    {
        "nob": "Bokmål", "nno": "Nynorsk", "eng": "English", "pol": "Polski", "lit": "Lietuvių", "ukr": "Українська",
        "ara": "العربية",
    }
)  # fmt: skip
"""The languages of the texts (ISO 639-3), by their own names."""

_TEXTS: Mapping[tuple[ConsentPurpose, str], str] = MappingProxyType(
    {
        (_SHARE, "nob"): "Kommunen kan telle deg med når den forteller nabokommuner hva slags kompetanse som finnes her. "
        "Naboen ser grupper på minst fem personer: yrke, norsk og utdanning. Ingen ser navnet ditt. Vil en nabo snakke "
        "med deg om en jobb, spør vi deg først, hver gang. Samtykket gjelder i ett år. Du kan trekke det når du vil, og "
        "si nei til én nabo eller én del. Det har ingen følger å si nei.",
        (_SHARE, "nno"): "Kommunen kan telje deg med når ho fortel nabokommunar kva slags kompetanse som finst her. "
        "Naboen ser grupper på minst fem personar: yrke, norsk og utdanning. Ingen ser namnet ditt. Vil ein nabo snakke "
        "med deg om ein jobb, spør vi deg først, kvar gong. Samtykket gjeld i eitt år. Du kan trekkje det når du vil, "
        "og seie nei til éin nabo eller éin del. Det har ingen følgjer å seie nei.",
        (_SHARE, "eng"): "The municipality may count you when it tells neighbouring municipalities what competence there "
        "is here. A neighbour sees groups of at least five people: occupation, Norwegian and education. Nobody sees your "
        "name. If a neighbour wants to talk with you about a job, we ask you first, every time. Your consent lasts one "
        "year. You can withdraw it at any time, and say no to one neighbour or one part. Saying no has no consequences.",
        (_SHARE, "pol"): "Gmina może uwzględnić Cię, gdy informuje sąsiednie gminy o tym, jakie kompetencje są tutaj "
        "dostępne. Sąsiad widzi grupy co najmniej pięciu osób: zawód, norweski i wykształcenie. Nikt nie widzi Twojego "
        "nazwiska. Jeśli sąsiad chce porozmawiać z Tobą o pracy, za każdym razem najpierw pytamy Ciebie. Zgoda jest ważna "
        "przez rok. Możesz ją wycofać w każdej chwili, także wobec jednej gminy lub jednej części. Odmowa nie ma skutków.",
        (_SHARE, "lit"): "Savivaldybė gali Jus įskaičiuoti, kai pasakoja kaimyninėms savivaldybėms, kokių gebėjimų čia yra. "
        "Kaimynas mato bent penkių žmonių grupes: profesiją, norvegų kalbą ir išsilavinimą. Jūsų vardo niekas nemato. Jei "
        "kaimynas nori su Jumis pasikalbėti apie darbą, kiekvieną kartą pirmiausia klausiame Jūsų. Sutikimas galioja "
        "vienus metus. Jį galite bet kada atšaukti, taip pat vienam kaimynui ar vienai daliai. Nesutikimas pasekmių neturi.",
        (_SHARE, "ukr"): "Муніципалітет може враховувати вас, коли розповідає сусіднім муніципалітетам, які тут є фахівці. "
        "Сусід бачить групи щонайменше з п’яти людей: професію, норвезьку мову та освіту. Ніхто не бачить вашого імені. "
        "Якщо сусід захоче поговорити з вами про роботу, ми щоразу спершу запитаємо вас. Згода діє один рік. Ви можете "
        "відкликати її будь-коли, також для одного сусіда чи однієї частини. Відмова не має наслідків.",
        (_SHARE, "ara"): "يجوز للبلدية أن تحسبك عندما تخبر البلديات المجاورة بالكفاءات الموجودة هنا. ترى البلدية المجاورة "
        "مجموعات من خمسة أشخاص على الأقل: المهنة واللغة النرويجية والتعليم. لا أحد يرى اسمك. وإذا أرادت بلدية مجاورة "
        "التحدث معك عن عمل، فسنسألك أولاً في كل مرة. تسري الموافقة لمدة سنة. يمكنك سحبها متى شئت، أو رفض بلدية واحدة أو "
        "جزء واحد. لا عواقب للرفض.",
        (_EXPORT, "nob"): "Kommunen kan sende det du kan, og det du ønsker, til jobbformidlingen, så de kan hjelpe deg med "
        "å finne arbeid. Samtykket gjelder i ett år, og du kan trekke det når du vil. Det har ingen følger å si nei.",
        (_EXPORT, "eng"): "The municipality may send what you can do and what you want to the job service, so that it can "
        "help you to find work. Your consent lasts one year, and you can withdraw it at any time. Saying no has no "
        "consequences.",
        (_AMBASSADOR, "nob"): "Andre tilflyttere kan få kontakte deg for råd. Kommunen gir dem navnet ditt og hvordan de "
        "når deg. Samtykket gjelder i ett år, og du kan trekke det når du vil.",
        (_AMBASSADOR, "eng"): "Other newcomers may contact you for advice. The municipality gives them your name and how "
        "to reach you. Your consent lasts one year, and you can withdraw it at any time.",
    }
)  # fmt: skip


def text(purpose: ConsentPurpose, language: str) -> str | None:
    """What is asked, in a language; None where there is no text in it yet."""
    return _TEXTS.get((purpose, language))


def texts(purpose: ConsentPurpose) -> dict[str, str]:
    """What is asked, in every language that there is, by its code."""
    return {language: said for (of, language), said in _TEXTS.items() if of is purpose}
