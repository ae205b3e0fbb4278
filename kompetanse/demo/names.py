"""Thirty countries of origin with common names; any likeness to a living person is chance."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A country, how many of a thousand newcomers come from it, its language, and names to draw from."""

    country: str
    share: int
    language: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _origin(country: str, share: int, language: str, women: str, men: str, families: str) -> Origin:
    return Origin(country, share, language, tuple(women.split()), tuple(men.split()), tuple(families.split()))


ORIGINS: tuple[Origin, ...] = (
    _origin(
        "PL",
        240,
        "pol",
        "Agnieszka Katarzyna Małgorzata Grażyna Ewa Joanna Zofia Monika",
        "Piotr Krzysztof Wojciech Tomasz Paweł Marcin Łukasz Jakub",
        "Nowak Kowalczyk Wiśniewski Wójcik Lewandowski Zieliński Szymański Dąbrowski Mazur",
    ),
    _origin(
        "LT",
        190,
        "lit",
        "Rasa Eglė Giedrė Jurgita Daiva Ingrida Rūta Aistė",
        "Jonas Mindaugas Vytautas Darius Tomas Gintaras Marius Saulius",
        "Kazlauskas Jankauskas Petrauskas Stankevičius Žukauskas Butkus Paulauskas",
    ),
    _origin(
        "UA",
        130,
        "ukr",
        "Olena Oksana Iryna Natalia Tetiana Svitlana Halyna Yuliia",
        "Oleksandr Andrii Serhii Mykola Dmytro Volodymyr Taras Ihor",
        "Shevchenko Bondarenko Kovalenko Tkachenko Kravchenko Melnyk Boiko Lysenko",
    ),
    _origin(
        "RO",
        70,
        "ron",
        "Ioana Elena Maria Andreea Mihaela Gabriela",
        "Mihai Andrei Ștefan Ion Cristian Vlad",
        "Popescu Ionescu Țurcanu Dumitru Stan Radu",
    ),
    _origin(
        "LV",
        45,
        "lav",
        "Inese Kristīne Ilze Līga Anna",
        "Jānis Andris Juris Edgars Māris",
        "Bērziņš Kalniņš Ozoliņš Jansons Liepiņš",
    ),
    _origin(
        "SY",
        40,
        "ara",
        "Fatima Amal Rana Hiba Nour",
        "Khaled Omar Ahmad Yousef Samir",
        "Haddad Khoury Darwish Nassar Sabbagh",
    ),
    _origin(
        "ER",
        35,
        "tir",
        "Rahwa Selam Saba Feven Miriam",
        "Dawit Yonas Filmon Samuel Tesfay",
        "Kidane Tesfamariam Ghebremedhin Habte Mehari",
    ),
    _origin(
        "PH",
        35,
        "tgl",
        "Maricel Jocelyn Rowena Grace Liza",
        "Jose Ramon Noel Arnel Rodel",
        "Santos Reyes Cruz Bautista Garcia",
    ),
    _origin("EE", 22, "est", "Kadri Liis Triin Maarika", "Tanel Rait Margus Indrek", "Tamm Saar Kask Mägi Rebane"),
    _origin("SE", 18, "swe", "Anna Karin Emma Sara", "Erik Lars Johan Oskar", "Andersson Lindgren Nyström Ek"),
    _origin("DE", 15, "deu", "Sabine Julia Katrin Anja", "Stefan Jens Uwe Matthias", "Schmidt Weber Krüger Vogel"),
    _origin(
        "BG",
        15,
        "bul",
        "Desislava Elena Ivanka Mariya",
        "Georgi Ivan Dimitar Nikolay",
        "Ivanov Georgiev Petrov Todorov",
    ),
    _origin("SO", 14, "som", "Hodan Amina Sahra Ifrah", "Abdi Mohamed Ali Hassan", "Warsame Jama Farah Hersi"),
    _origin("AF", 14, "prs", "Zahra Maryam Laila Parwana", "Reza Ali Farid Hamid", "Ahmadi Karimi Hosseini Rahimi"),
    _origin(
        "TH", 12, "tha", "Malee Siriporn Ratana Nok", "Somchai Anan Prasit Wichai", "Srisai Thongdee Boonmee Chaiyo"
    ),
    _origin("SK", 10, "slk", "Zuzana Jana Katarína", "Peter Martin Juraj", "Kováč Horváth Novotný"),
    _origin("CZ", 9, "ces", "Lenka Petra Hana", "Jiří Pavel Tomáš", "Svoboda Dvořák Černý"),
    _origin("HU", 9, "hun", "Katalin Ildikó Zsófia", "Gábor László Péter", "Nagy Szabó Tóth"),
    _origin("ES", 9, "spa", "Carmen Lucía Marta", "Javier Carlos Álvaro", "García Fernández Moreno"),
    _origin("PT", 8, "por", "Catarina Sofia Inês", "João Rui Tiago", "Silva Ferreira Carvalho"),
    _origin("IT", 7, "ita", "Chiara Giulia Paola", "Marco Luca Davide", "Rossi Ricci Greco"),
    _origin("HR", 7, "hrv", "Ana Ivana Petra", "Marko Ivan Luka", "Horvat Babić Marić"),
    _origin("RS", 6, "srp", "Jelena Milica Ana", "Nikola Stefan Miloš", "Jovanović Petrović Ilić"),
    _origin("RU", 6, "rus", "Elena Olga Marina", "Sergey Alexey Dmitry", "Smirnov Volkov Morozov"),
    _origin("TR", 6, "tur", "Ayşe Elif Zeynep", "Mehmet Mustafa Emre", "Yılmaz Kaya Demir"),
    _origin("IQ", 6, "ckb", "Shirin Zara Nasrin", "Hiwa Karwan Soran", "Aziz Rashid Hama"),
    _origin("ET", 6, "amh", "Hana Meron Sara", "Abebe Dawit Yared", "Tadesse Bekele Alemu"),
    _origin("IN", 6, "hin", "Priya Anita Deepa", "Rahul Amit Sanjay", "Sharma Patel Nair"),
    _origin("VN", 5, "vie", "Linh Thao Mai", "Minh Tuan Huy", "Nguyen Tran Pham"),
    _origin("CD", 5, "swa", "Furaha Grace Esperance", "Jean Patrick Emmanuel", "Kabongo Mbuyi Ilunga"),
)
