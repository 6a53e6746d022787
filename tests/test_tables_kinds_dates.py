"""Kinds of cells: dates and periods."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cells import read, said

DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2068, 12, 31))
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
    "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip
WAYS = (
    lambda d: d,
    lambda d: datetime(d.year, d.month, d.day, 23, 59, tzinfo=UTC),
    lambda d: d.isoformat(),
    lambda d: f"{d.isoformat()}T10:00:00Z",
    lambda d: f"{d.isoformat()}T00:00:00.000+01:00",
    lambda d: f"{d.isoformat()} 10:00",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d.day}-{d.month}-{d.year}",
    lambda d: f"{d:%d/%m/%Y} à 8h30",
    lambda d: f"{d.day}{'er' if d.day == 1 else ''} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"Le {d.day} {MONTHS[d.month - 1].upper()} {d.year}",
    lambda d: f"lundi {d.day:02} {MONTHS[d.month - 1][:5]}. {d.year}",
)


@given(DAYS, st.sampled_from(WAYS))
def test_a_day_reads_back_however_it_was_written(day: date, way: Any) -> None:
    text = f"{day.isoformat()}^^date"

    assert read("date", way(day)) == (
        [("", text), (".debut", text), (".fin", text)],
        [],
    )


@given(DAYS)
def test_a_year_of_two_digits_is_told(day: date) -> None:
    terms, rules = read("date", f"{day:%d/%m/%y}")

    assert terms[0] == ("", f"{day.isoformat()}^^date")
    assert rules == ["short-year"]


@pytest.mark.parametrize(
    ("value", "text", "first", "last"),
    [
        ("2021", "2021", "2021-01-01", "2021-12-31"),
        (2021, "2021", "2021-01-01", "2021-12-31"),
        (2021.0, "2021", "2021-01-01", "2021-12-31"),
        ("2018-02", "2018-02", "2018-02-01", "2018-02-28"),
        ("02/2020", "2020-02", "2020-02-01", "2020-02-29"),
        ("mars 2021", "2021-03", "2021-03-01", "2021-03-31"),
        ("Févr. 2021", "2021-02", "2021-02-01", "2021-02-28"),
        ("T1 2022", "2022-01/2022-03", "2022-01-01", "2022-03-31"),
        ("2022-T4", "2022-10/2022-12", "2022-10-01", "2022-12-31"),
        ("1er trimestre 2022", "2022-01/2022-03", "2022-01-01", "2022-03-31"),
        ("3e trimestre de 2022", "2022-07/2022-09", "2022-07-01", "2022-09-30"),
        ("2ème semestre 2022", "2022-07/2022-12", "2022-07-01", "2022-12-31"),
        ("S1 2022", "2022-01/2022-06", "2022-01-01", "2022-06-30"),
    ],
)
def test_imprecise_dates_are_widened(
    value: Any, text: str, first: str, last: str
) -> None:
    assert read("date", value) == (
        [("", text), (".debut", f"{first}^^date"), (".fin", f"{last}^^date")],
        [],
    )


@pytest.mark.parametrize(
    ("value", "order", "day"),
    [
        ("03/04/2021", "dmy", "2021-04-03"),
        ("03/04/2021", "mdy", "2021-03-04"),
        ("21/03/04", "ymd", "2021-03-04"),
        ("2021/03/04", "dmy", "2021-03-04"),
        ("03/04/2021", "autre", "2021-04-03"),
    ],
)
def test_the_order_of_a_field_is_followed(value: str, order: str, day: str) -> None:
    assert read("date", value, order=order)[0][0] == ("", f"{day}^^date")


@pytest.mark.parametrize(
    "value",
    [
        "31/02/2021", "32/01/2021", "12/13/2021", "00/01/2021", "2021-13", "0021",
        "9999", "44197", "44197.5", "mars", "j 2021", "ju 2021", "1 2021",
        "5e trimestre 2021", "3e semestre 2021", "S3 2021", "le 1er", "demain",
        "2021 ?", "../2021",
        "1/2/2021/3", "1/2/2", "012/1/2021", "2021-02-30T10:00", True,
    ],
)  # fmt: skip
def test_what_is_no_date_is_told(value: Any) -> None:
    assert read("date", value) == ([], ["!not-a-date"])


def test_the_message_follows_the_order_of_the_field() -> None:
    assert said("date", "31/12/2021", order="mdy") == [
        (
            "« 31/12/2021 » n'est pas une date, ou une date impossible. Écrire par "
            "exemple 12/31/2021 ou 2021-12-31.",
            "'31/12/2021' is no date, or an impossible one. Write for example "
            "12/31/2021 or 2021-12-31.",
        )
    ]


@pytest.mark.parametrize(
    ("value", "text", "first", "last"),
    [
        ("2018-02/2033", "2018-02/2033", "2018-02-01", "2033-12-31"),
        ("2018-02/..", "2018-02/..", "2018-02-01", None),
        ("2018-02/", "2018-02/..", "2018-02-01", None),
        ("../2022", "../2022", None, "2022-12-31"),
        ("2014-2020", "2014/2020", "2014-01-01", "2020-12-31"),
        ("2014 – 2020", "2014/2020", "2014-01-01", "2020-12-31"),
        ("2021", "2021/2021", "2021-01-01", "2021-12-31"),
        ("T1 2022", "2022-01/2022-03", "2022-01-01", "2022-03-31"),
        (
            "du 01/03/2020 au 31/12/2021",
            "2020-03-01/2021-12-31",
            "2020-03-01",
            "2021-12-31",
        ),
        (
            "01/03/2020 - 31/12/2021",
            "2020-03-01/2021-12-31",
            "2020-03-01",
            "2021-12-31",
        ),
        (
            "2017-03-14T00:00:00+01:00/2017-04-01T00:00:00Z",
            "2017-03-14/2017-04-01",
            "2017-03-14",
            "2017-04-01",
        ),
        ("entre mars 2020 et 2021", "2020-03/2021", "2020-03-01", "2021-12-31"),
        ("depuis 2019", "2019/..", "2019-01-01", None),
        ("À partir de mars 2019", "2019-03/..", "2019-03-01", None),
        ("jusqu'en 2022", "../2022", None, "2022-12-31"),
    ],
)
def test_periods_are_read(
    value: Any, text: str, first: str | None, last: str | None
) -> None:
    bounds = [(".debut", first), (".fin", last)]
    days = [(suffix, f"{day}^^date") for suffix, day in bounds if day]

    assert read("periode", value) == ([("", text), *days], [])


@pytest.mark.parametrize(
    ("value", "rules"),
    [
        ("2021/2020", ["!period-reversed"]),
        ("2017-03-02/2017-30-05", ["!not-a-period"]),
        ("du 1er janvier au 31 mars 2021", ["!not-a-period"]),
        ("depuis toujours", ["!not-a-period"]),
        ("jusqu'à demain", ["!not-a-period"]),
        ("..", ["!not-a-period"]),
        ("../..", ["!not-a-period"]),
        ("2020/2021/2022", ["!not-a-period"]),
    ],
)
def test_what_is_no_period_is_told(value: str, rules: list[str]) -> None:
    assert read("periode", value) == ([], rules)


def test_short_years_of_a_period_are_told() -> None:
    assert read("periode", "01/03/20 - 31/12/21")[1] == ["short-year", "short-year"]
    assert read("periode", "01/03/20")[1] == ["short-year"]
