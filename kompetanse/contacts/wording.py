"""How a person is asked about one vacancy of a neighbour, in her language and in plain words. Pure.

The texts are the product's own. Bokmål is the one that counts; the others say the same. Whoever reads them is shown
which municipality asks, what it would see, for how long, and that no has no consequence (GDPR art. 7 (2) to (4), 13).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kompetanse.codes.consent import ShareSection

VERSION = "2026-1"

LANGUAGES = ("nb", "nn", "en", "pl", "lt", "uk", "ar")
"""The languages of the texts (BCP 47)."""

_OF_CODE = {"nor": "nb", "nob": "nb", "nno": "nn", "eng": "en", "pol": "pl", "lit": "lt", "ukr": "uk", "ara": "ar"}


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of the question and its answers, with `%(name)s` where something is filled in."""

    name: str
    heading: str
    asks: str
    sees: str
    always: str
    until: str
    free: str
    choose: str
    yes: str
    no: str
    said_yes: str
    said_no: str
    read_at: str
    not_read: str
    take_back: str
    taken_back: str
    copies: str
    over: str
    answer_by: str
    calls: str
    sections: tuple[str, str, str, str, str, str]
    right_to_left: bool = False


_TEXTS: Mapping[str, Texts] = {
    "nb": Texts(
        name="Bokmål",
        heading="Vil du snakke med %(who)s om en jobb?",
        asks="%(who)s kommune har en ledig jobb som kan passe for deg: %(title)s.",
        sees="Hvis du sier ja, får %(who)s kommune se:",
        always="navnet ditt og hvordan de kan nå deg",
        until="De kan bare bruke det til denne jobben, og må slette det senest %(day)s.",
        free="Du bestemmer. Sier du nei, får de ikke vite hvem du er, og det skjer ingenting.",
        choose="Velg hva de får se",
        yes="Ja, de kan kontakte meg",
        no="Nei",
        said_yes="Du har sagt ja.",
        said_no="Du har sagt nei. Ingen får vite hvem du er.",
        read_at="%(who)s kommune åpnet det %(day)s.",
        not_read="%(who)s kommune har ikke åpnet det ennå.",
        take_back="Trekk tilbake",
        taken_back="Du har trukket det tilbake. %(who)s kommune ser det ikke lenger, og skal slette det.",
        copies="Det de alt har lest eller skrevet ned, kan vi ikke hente tilbake.",
        over="Denne lenken gjelder ikke lenger.",
        answer_by="Svar innen %(day)s.",
        calls="Den som tar kontakt, er %(name)s.",
        sections=("Arbeidserfaring", "Språk", "Utdanning", "Ferdigheter", "Førerkort og bevis", "Hva du ønsker"),
    ),
    "nn": Texts(
        name="Nynorsk",
        heading="Vil du snakke med %(who)s om ein jobb?",
        asks="%(who)s kommune har ein ledig jobb som kan passe for deg: %(title)s.",
        sees="Viss du seier ja, får %(who)s kommune sjå:",
        always="namnet ditt og korleis dei kan nå deg",
        until="Dei kan berre bruke det til denne jobben, og må slette det seinast %(day)s.",
        free="Du bestemmer. Seier du nei, får dei ikkje vite kven du er, og det skjer ingenting.",
        choose="Vel kva dei får sjå",
        yes="Ja, dei kan kontakte meg",
        no="Nei",
        said_yes="Du har sagt ja.",
        said_no="Du har sagt nei. Ingen får vite kven du er.",
        read_at="%(who)s kommune opna det %(day)s.",
        not_read="%(who)s kommune har ikkje opna det enno.",
        take_back="Trekk tilbake",
        taken_back="Du har trekt det tilbake. %(who)s kommune ser det ikkje lenger, og skal slette det.",
        copies="Det dei alt har lese eller skrive ned, kan vi ikkje hente tilbake.",
        over="Denne lenkja gjeld ikkje lenger.",
        answer_by="Svar innan %(day)s.",
        calls="Den som tek kontakt, er %(name)s.",
        sections=("Arbeidserfaring", "Språk", "Utdanning", "Ferdigheiter", "Førarkort og bevis", "Kva du ønskjer"),
    ),
    "en": Texts(
        name="English",
        heading="Do you want to talk with %(who)s about a job?",
        asks="%(who)s municipality has a job that may fit you: %(title)s.",
        sees="If you say yes, %(who)s municipality will see:",
        always="your name and how they can reach you",
        until="They may use it for this job only, and must delete it by %(day)s.",
        free="You decide. If you say no, they will not know who you are, and nothing happens.",
        choose="Choose what they may see",
        yes="Yes, they may contact me",
        no="No",
        said_yes="You have said yes.",
        said_no="You have said no. Nobody will know who you are.",
        read_at="%(who)s municipality opened it on %(day)s.",
        not_read="%(who)s municipality has not opened it yet.",
        take_back="Take it back",
        taken_back="You have taken it back. %(who)s municipality no longer sees it, and must delete it.",
        copies="What they have already read or written down, we cannot get back.",
        over="This link is no longer valid.",
        answer_by="Please answer by %(day)s.",
        calls="%(name)s will contact you.",
        sections=("Work experience", "Languages", "Education", "Skills", "Licences", "What you want"),
    ),
    "pl": Texts(
        name="Polski",
        heading="Czy chcesz porozmawiać z gminą %(who)s o pracy?",
        asks="Gmina %(who)s ma wolne miejsce pracy, które może Ci odpowiadać: %(title)s.",
        sees="Jeśli powiesz „tak”, gmina %(who)s zobaczy:",
        always="Twoje imię i nazwisko oraz jak można się z Tobą skontaktować",
        until="Mogą użyć tych danych tylko w sprawie tej pracy i muszą je usunąć najpóźniej %(day)s.",
        free="Decyzja należy do Ciebie. Jeśli powiesz „nie”, nie dowiedzą się, kim jesteś, i nic się nie stanie.",
        choose="Wybierz, co mogą zobaczyć",
        yes="Tak, mogą się ze mną skontaktować",
        no="Nie",
        said_yes="Odpowiedź: tak.",
        said_no="Odpowiedź: nie. Nikt nie dowie się, kim jesteś.",
        read_at="Gmina %(who)s otworzyła dane %(day)s.",
        not_read="Gmina %(who)s jeszcze nie otworzyła danych.",
        take_back="Wycofaj zgodę",
        taken_back="Zgoda została wycofana. Gmina %(who)s nie widzi już danych i musi je usunąć.",
        copies="Nie możemy odzyskać tego, co już przeczytano lub zapisano.",
        over="Ten link jest już nieważny.",
        answer_by="Odpowiedz do %(day)s.",
        calls="Skontaktuje się z Tobą: %(name)s.",
        sections=(
            "Doświadczenie zawodowe", "Języki", "Wykształcenie", "Umiejętności", "Prawo jazdy i uprawnienia",
            "Twoje życzenia",
        ),
    ),
    "lt": Texts(
        name="Lietuvių",
        heading="Ar norite pasikalbėti su %(who)s savivaldybe apie darbą?",
        asks="%(who)s savivaldybė turi laisvą darbo vietą, kuri Jums gali tikti: %(title)s.",
        sees="Jei sutiksite, %(who)s savivaldybė matys:",
        always="Jūsų vardą, pavardę ir kaip su Jumis susisiekti",
        until="Duomenis galima naudoti tik dėl šio darbo, ir jie turi būti ištrinti iki %(day)s.",
        free="Sprendžiate Jūs. Jei nesutiksite, jie nesužinos, kas Jūs, ir nieko neįvyks.",
        choose="Pasirinkite, ką jie gali matyti",
        yes="Taip, gali su manimi susisiekti",
        no="Ne",
        said_yes="Jūs sutikote.",
        said_no="Jūs nesutikote. Niekas nesužinos, kas Jūs.",
        read_at="%(who)s savivaldybė atidarė duomenis %(day)s.",
        not_read="%(who)s savivaldybė duomenų dar neatidarė.",
        take_back="Atšaukti sutikimą",
        taken_back="Sutikimas atšauktas. %(who)s savivaldybė duomenų nebemato ir turi juos ištrinti.",
        copies="To, kas jau perskaityta ar užsirašyta, susigrąžinti negalime.",
        over="Ši nuoroda nebegalioja.",
        answer_by="Atsakykite iki %(day)s.",
        calls="Su Jumis susisieks %(name)s.",
        sections=(
            "Darbo patirtis", "Kalbos", "Išsilavinimas", "Įgūdžiai", "Vairuotojo ir kiti pažymėjimai",
            "Jūsų pageidavimai",
        ),
    ),
    "uk": Texts(
        name="Українська",
        heading="Хочете поговорити з %(who)s про роботу?",
        asks="Муніципалітет %(who)s має вільне робоче місце, яке може вам підійти: %(title)s.",
        sees="Якщо ви скажете «так», муніципалітет %(who)s побачить:",
        always="ваше ім’я та як з вами зв’язатися",
        until="Дані можна використати лише для цієї роботи, і їх треба видалити до %(day)s.",
        free="Вирішуєте ви. Якщо ви скажете «ні», вони не дізнаються, хто ви, і нічого не станеться.",
        choose="Виберіть, що вони можуть побачити",
        yes="Так, можна зі мною зв’язатися",
        no="Ні",
        said_yes="Ви сказали «так».",
        said_no="Ви сказали «ні». Ніхто не дізнається, хто ви.",
        read_at="Муніципалітет %(who)s відкрив дані %(day)s.",
        not_read="Муніципалітет %(who)s ще не відкрив даних.",
        take_back="Відкликати згоду",
        taken_back="Ви відкликали згоду. Муніципалітет %(who)s більше не бачить даних і має їх видалити.",
        copies="Те, що вже прочитали чи записали, ми не можемо повернути.",
        over="Це посилання більше не діє.",
        answer_by="Дайте відповідь до %(day)s.",
        calls="З вами зв’яжеться %(name)s.",
        sections=("Досвід роботи", "Мови", "Освіта", "Навички", "Посвідчення водія та інші", "Ваші побажання"),
    ),
    "ar": Texts(
        name="العربية",
        heading="هل تريد التحدث مع بلدية %(who)s عن عمل؟",
        asks="لدى بلدية %(who)s وظيفة شاغرة قد تناسبك: %(title)s.",
        sees="إذا قلت نعم، فسترى بلدية %(who)s:",
        always="اسمك وكيف يمكنهم الاتصال بك",
        until="يجوز لهم استخدامها لهذه الوظيفة فقط، ويجب حذفها في موعد أقصاه %(day)s.",
        free="القرار لك. إذا قلت لا، فلن يعرفوا من أنت، ولن يحدث أي شيء.",
        choose="اختر ما يمكنهم رؤيته",
        yes="نعم، يمكنهم الاتصال بي",
        no="لا",
        said_yes="لقد قلت نعم.",
        said_no="لقد قلت لا. لن يعرف أحد من أنت.",
        read_at="فتحت بلدية %(who)s البيانات في %(day)s.",
        not_read="لم تفتح بلدية %(who)s البيانات بعد.",
        take_back="سحب الموافقة",
        taken_back="لقد سحبت موافقتك. لم تعد بلدية %(who)s ترى البيانات، ويجب عليها حذفها.",
        copies="لا يمكننا استعادة ما قرؤوه أو كتبوه من قبل.",
        over="هذا الرابط لم يعد صالحًا.",
        answer_by="يرجى الرد قبل %(day)s.",
        calls="سيتصل بك %(name)s.",
        sections=("الخبرة المهنية", "اللغات", "التعليم", "المهارات", "رخص القيادة والشهادات", "رغباتك"),
        right_to_left=True,
    ),
}  # fmt: skip


def texts(language: str) -> Texts:
    """The texts in a language; bokmål where it is none of `LANGUAGES`."""
    return _TEXTS.get(language, _TEXTS["nb"])


def language_for(codes: Collection[str] | None) -> str:
    """The language of the texts for somebody who speaks some languages (ISO 639-3), the first that there is."""
    return next((_OF_CODE[one] for one in codes or () if one in _OF_CODE), "nb")


@dataclass(frozen=True, slots=True)
class Question:
    """The question as it is read: heading, paragraphs, what would be seen."""

    heading: str
    paragraphs: tuple[str, ...]
    seen: tuple[str, ...]

    @property
    def wording(self) -> str:
        """All of it as one text, to be kept beside the answer."""
        return "\n".join((self.heading, *self.paragraphs, *(f"- {one}" for one in self.seen)))


def question(
    language: str,
    *,
    who: str,
    title: str,
    contact: str,
    sections: Collection[ShareSection],
    until: date,
    answer_by: date,
) -> Question:
    """The question about one vacancy, in a language. Dates are written day.month.year, as in Norway."""
    said = texts(language)
    filled = {"who": who, "title": title, "name": contact}
    days = {name: day.strftime("%d.%m.%Y") for name, day in (("until", until), ("answer_by", answer_by))}
    return Question(
        said.heading % filled,
        (
            said.asks % filled,
            said.calls % filled,
            said.sees % filled,
            said.until % {"day": days["until"]},
            said.free,
            said.answer_by % {"day": days["answer_by"]},
        ),
        (said.always, *(section_name(language, one) for one in ShareSection if one in sections)),
    )


def section_name(language: str, section: ShareSection) -> str:
    """What a part of the profile is called."""
    return texts(language).sections[tuple(ShareSection).index(section)]
