"""What leads to a person beside a word that says so: where one lives, drives, writes; a case."""

import pytest

from metrics.intake.workbook import Sheet
from tests.intake.rules.test_identifying import around, holding, kinds
from tests.tables import workbook

FOUND = {
    "postal_address": [
        "Lives at Hämeentie 12 B 34, 00500 Helsinki", "Kotiosoite: Mannerheimintie 5 A 12",
        "home address: 14 Elm Street, Dublin 4",
        "address of the victim: 221B Baker Street, London NW1 6XE",
        "wohnhaft Lindenstraße 17, 10969 Berlin", "Wohnanschrift: Am Markt 3, 04109 Leipzig",
        "domicilié 12 rue des Lilas, 69003 Lyon",
        "demeurant au 5 bis avenue Victor Hugo, 75016 Paris",
        "residente in via Garibaldi 24, 20121 Milano",
        "domicilio: Calle Mayor 15, 3º B, 28013 Madrid",
        "morada: Rua das Flores 21, 1200-195 Lisboa",
        "zamieszkały ul. Kwiatowa 8/12, 00-950 Warszawa", "bydliště: Dlouhá 12, 110 00 Praha 1",
        "κάτοικος Οδός Ερμού 15, 10563 Αθήνα", "lakcím: Petőfi utca 5, 1052 Budapest",
        "bostadsadress Storgatan 12, 111 22 Stockholm",
        "woonachtig Kerkstraat 22, 1017 GM Amsterdam",
        "Hauptstraße 12, 10115 Berlin (suspect's flat)",
    ],
    "vehicle_plate": [
        "registration plate ABC-123", "vehicle number plate B-AB 1234", "Kennzeichen B AB 1234",
        "rekisteritunnus ABC-123", "plaque d'immatriculation AB-123-CD", "matrícula 1234 BCD",
        "targa AB 123 CD", "numer rejestracyjny WA 12345", "αριθμός κυκλοφορίας ΙΚΑ 1234",
        "SPZ 1AB 2345", "kenteken AB-123-C", "car licence plate 05-D-12345",
    ],
    "user_account": [
        "username: dark_fox88", "user name darkfox88", "@darkfox_88",
        "contacted on Telegram @darkfox88", "Instagram: sunny.girl_07", "Snapchat sunnygirl07",
        "Skype ID live:sunny.girl", "Discord sunnygirl#1234", "nickname sunny_girl07",
        "Telegram handle darkfox88", "Kik: darkfox88", "käyttäjätunnus darkfox88",
        "Benutzername: darkfox88", "t.me/darkfox88", "tiktok.com/@sunny",
        "user dark_wolf77", "käyttäjä pikkususi88", "χρήστης lykos77", "потребител vulk77",
    ],
    "case_number": [
        "case number 2024/12345", "case no. R-2024-004512", "Az. 123 Js 4567/24",
        "Aktenzeichen: 3 Js 1234/24", "asianumero 5530/R/12345/24",
        "rikosilmoitus 5500/R/0012345/23", "dossier n° 2024-004512", "ärende 0201-K123456-24",
        "υπόθεση ΑΒΜ Δ2024/1234", "procedimento penale 12345/24 RGNR", "sag 0100-73111-00123-24",
        "Дело № 123/2024 г.", "case 2024/1234-5", "sygn. akt II K 123/24",
        "spisová značka 2 T 12/2024", "procedimento n. 2024/1234", "αρ. υπόθεσης 2024/1234",
    ],
    "national_number": [
        "passport no. P1234567", "Passnummer C01X00T47", "passeport 12AB34567",
        "identity card AB123456", "ID card no. 123456789", "osobní průkaz 123456789",
        "dowód osobisty ABC123456", "Personalausweis L01X00T47",
        "permis de conduire 123456789012", "driving licence MORGA657054SM9IJ",
        "IMEI 490154203237518", "IMEI: 49-015420-323751-8", "IMSI 244051234567890",
    ],
    "person_named": [
        "Παπαδόπουλος Γεώργιος του Ιωάννη", "Иван Петров", "Петров Иван Сергеевич",
        "Ольга Иванова", "Дмитрий Соколов", "王小明", "victim 王小明", "李娜", "張偉", "김철수", "محمد علي",
    ],
}  # fmt: skip
# Offices, laws, documents, projects, platforms, and what is counted.
HARMLESS = [
    "user group EU27", "user training2025", "users per month: 2025", "case studies 2024/2025",
    "cases reported in 2024/12", "Hauptstraße 12, 10115 Berlin (child helpline office)",
    "@EU_Eurostat", "Twitter: @StatFin_2024", "Rue de la Loi 155, 1040 Bruxelles",
    "Ministry of the Interior, Kirkkokatu 12, 00170 Helsinki",
    "Europol, Eisenhowerlaan 73, 2517 KK The Hague",
    "Bundeskriminalamt, Thaerstraße 11, 65193 Wiesbaden",
    "Hellenic Police, P. Kanellopoulou 4, 101 77 Athens",
    "Statistics Finland, Työpajankatu 13, Helsinki", "Regulation (EU) 2021/1232",
    "Directive 2011/93/EU", "Directive 2011/36/EU, Article 3",
    "Council Decision 2005/387/JHA", "§ 176a StGB", "Art. 218 sec. 2 of the Penal Code",
    "Law 4267/2014 (A 137)", "Chapter 17, Section 18 of the Criminal Code (39/1889)",
    "Lei n.º 103/2015", "Décret n° 2011-863", "D.Lgs. 39/2014", "BGBl. I 2021 S. 1810",
    "Case No. 2024/1234 of the Supreme Court", "Korkeimman oikeuden tapaus 2024/12345",
    "Bundesgerichtshof, Fall 2024/1234", "Άρειος Πάγος, υπόθεση 2024/1234",
    "sprawa 2024/1234, Sąd Najwyższy", "ECLI:EU:C:2014:317", "COM(2022) 209 final", "project 101074048 EMPACT CSE 2024",
    "grant agreement 101073949", "HOME-2023-ISFP-EMPACT", "OP-2024-017 Operation Blue",
    "EMPACT OA 3.2", "ISO 3166-1", "ICCS 02021", "form EMP-2025", "table 12.4",
    "code ABC-123", "series FI-1234", "model AB 123 CD", "action AB-2024-12", "room 12",
    "Ref. Ares(2024)1234567", "ref. 2024/12345", "document 12345/24",
    "Council document 8821/24", "10563/24 JAI 712", "decision no. 2024/5",
    "case numbers are counted once", "cases 2024/2025", "number of cases 12345",
    "12345 cases in 2024", "files 2023/2024: 412", "case 3 of the guidelines",
    "user names are not collected", "users of Telegram", "platform: Instagram",
    "Instagram 120", "Telegram, Signal", "Telegram 45 %", "Snapchat and Kik",
    "reports by Facebook", "@ 5 % level", "Discord, Twitch, Roblox", "passport offences 2024",
    "identity card fraud: 120", "vehicle thefts 1234", "vehicle category M1 1234",
    "plate readers 120", "registration 2024", "matrícula 2024", "Athens 105 62",
    "1040 Bruxelles", "00170 Helsinki", "Street children 12", "Avenue of escape",
    "High Street 2024 survey", "Operation Elm Street 2", "version 10.2.3.4",
    "police district 12, Turku", "5th Avenue campaign", "Straßenkriminalität 2024",
    "North Street Police Station 2024", "Sofia 1000", "中国", "王国", "李宁体育", "학교", "이용자", "서비스",
    "عدد الضحايا", "المجموع الكلي", "北京市", "Китай", "Република България",
    "Министерство на вътрешните работи", "Ελληνική Αστυνομία", "Υπουργείο Δικαιοσύνης",
    "Москва", "IMEI blocking requests 120", "IBAN fraud 2024", "IP addresses reported 12345",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in FOUND.items() for text in texts]
)
def test_what_leads_to_a_person_is_found(kind: str, text: str) -> None:
    assert kind in kinds(around("A heading", None, text))


@pytest.mark.parametrize("text", HARMLESS)
def test_offices_laws_documents_and_counts_are_let_through(text: str) -> None:
    assert kinds(around(text)) <= {"office_contact"}


@pytest.mark.parametrize(
    ("kind", "label", "value"),
    [
        ("postal_address", "Home address", "Hämeentie 12 B 34"),
        ("postal_address", "Wohnanschrift", "Lindenstraße 17"),
        ("vehicle_plate", "Number plate", "ABC-123"),
        ("user_account", "Handle", "darkfox88"),
    ],
)
def test_a_label_or_a_heading_says_what_a_cell_holds(kind: str, label: str, value: str) -> None:
    beside = Sheet("Notes", [[f"{label}:", value]])
    below = Sheet("Notes", [[label, "Victims"], [value, 1.0], [value, 2.0]])

    assert kind in kinds(holding(workbook(beside)))
    assert kind in kinds(holding(workbook(below)))


@pytest.mark.parametrize(
    ("label", "value"),
    [("Home address", "known"), ("Number plate", "12"), ("Handle", "not collected"),
     ("Home address", "12 victims"), ("Platform", "Telegram"), ("Registration number", 2024.0)],
)  # fmt: skip
def test_a_count_below_such_a_heading_is_none(label: str, value: object) -> None:
    sheet = Sheet("Notes", [[label, "Victims"], [value, 1.0]])
    assert kinds(holding(workbook(sheet))) == set()
