"""Short addresses lead to the full ones, and keep the query."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("/g/GA-1.1", "/goal?goal=GA-1.1"),
        ("/g/ga-1.1/de?lang=fi&view=table", "/goal?goal=GA-1.1&area=DE&lang=fi&view=table"),
        ("/g/GA-1.1/EU?goal=GA-2", "/goal?goal=GA-1.1&area=EU27_2020"),
        ("/s/gr", "/state?area=EL"),
        ("/s/Finland?lang=en", "/state?area=FI&lang=en"),
        ("/g/GA-9.9/XX", "/goal?goal=GA-9.9&area=XX"),
    ],
)
def test_a_short_address_leads_to_the_full_one(client: FlaskClient, short: str, full: str) -> None:
    answer = client.get(short)
    assert answer.status_code == 302
    assert answer.headers["Location"] == full
