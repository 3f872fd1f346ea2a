"""A published figure is cited by publisher and publication, and who quotes it is named."""

import pytest

from dashboard.components.citations import citation, cited
from dashboard.components.goal.data_tables import note_cell
from dashboard.texts import texts
from metrics.messages import languages
from tests.dashboard.reading import of_type, words

EN = texts("en")
OWN = {"source": "IWF", "reference": "Annual report 2023", "address": "https://www.iwf.org.uk/a"}
RELAYED = OWN | {"address": "https://brusselstimes.com/b",
                 "remark": "reports; relayed by the publication named"}  # fmt: skip
ANOTHERS = OWN | {"source": "INHOPE", "address": "https://www.safeline.gr/report/"}
SHORT = OWN | {"source": "Stopline (Austria)", "address": "http://dst.at/Mjk5Mzk1"}
FILE = OWN | {"source": "NCMEC", "address": "https://github.com/someone/data/c.csv"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (OWN, "IWF: Annual report 2023"),
        (RELAYED, "IWF, as quoted by brusselstimes.com: Annual report 2023"),
        (ANOTHERS, "INHOPE, as quoted by safeline.gr: Annual report 2023"),
        (SHORT, "Stopline (Austria), as quoted by Der Standard: Annual report 2023"),
        (FILE, "NCMEC, from a data file at github.com: Annual report 2023"),
        (OWN | {"remark": RELAYED["remark"]}, "IWF: Annual report 2023"),
        (OWN | {"reference": ""}, "IWF"),
        ({"reference": "File of the ministry", "address": ""}, "File of the ministry"),
        ({}, ""),
    ],
)
def test_the_publication_that_is_linked_is_named(row: dict[str, str], said: str) -> None:
    assert "".join(citation(row, EN)) == said


@pytest.mark.parametrize("language", languages())
def test_the_link_of_a_table_leads_to_the_page_that_it_names(language: str) -> None:
    (link,) = of_type(note_cell(RELAYED | {"value": 5.0}, texts(language)), "Link")
    assert link.href == RELAYED["address"]
    assert "brusselstimes.com" in words(link)
    assert RELAYED["reference"] in words(link)


@pytest.mark.parametrize("language", languages())
def test_the_name_beside_a_data_file_of_others_leads_to_the_page_of_the_publisher(
    language: str,
) -> None:
    own, file = of_type(cited(FILE, texts(language)), "Link")

    assert (words(own), own.href) == ("NCMEC", "https://www.ncmec.org/cybertiplinedata")
    assert file.href == FILE["address"]
    assert "github.com" in words(file)


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "see the report"])
def test_what_is_no_address_is_no_link(address: str) -> None:
    drawn = cited(OWN | {"address": address}, EN)

    assert not of_type(drawn, "Link")
    assert words(drawn) == "IWF: Annual report 2023"


def test_remarks_are_joined_by_one_full_stop() -> None:
    row = {"value": 5.0, "observation_status": "E", "remark": "Counted twice.", "late": True}
    said = words(note_cell(row, EN))
    assert "Counted twice" in said
    assert ".." not in said
