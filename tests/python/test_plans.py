"""Plans: all that one holds, one of a user's own, and what print precision leaves open."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import sitthi
from sitthi.cli import main

ON = "2026-11-30"
OWN = """
[plan]
id = "own"
th = "แผน"
owner = "none"
years = { from = 2567, to = 2570 }
structure = "whole"
checked_on = 2026-11-30

[indicator.members]
th = "สมาชิก"
unit = "persons"
better = "up"
kind = "stock"
year = "fiscal"
over_time = "last"
over_areas = "sum"
owner = "none"
from_series = { csv = "members", column = "members" }

[target.members_2568]
indicator = "members"
period = "FY2568"
value = 2000

[figures]
members = '''
year,period,members,precision
2568,FY,2100,500
'''
"""


def test_all_that_a_plan_holds_is_read():
    book = sitthi.Rulebook.built_in()
    plan = book.plan("p2_informal")
    assert [aim.id for aim in plan.strategies] == ["social_guarantees", "knowledge_and_work", "management"]
    assert [aim.number for aim in plan.objectives] == [4, 5, 6, 7] and plan.vision.title.en.startswith("informal workers")
    assert plan.superseded_by["plan"] == "p2b_informal" and plan.superseded_by["on"] == "2020-10-01"
    assert len(plan.dates) == 6 and all(day["title"]["th"] and day["title"]["en"] and day["cite"] for day in plan.dates)
    points = plan["informal_workers"].lead["points"]
    assert next(point for point in points if point["period"] == "2563-Q3")["value"] == "20364391"
    assert plan["informality_rate"].to_dict()["round"] == "Q3"
    for name in book.plans:
        assert json.loads(book.plan(name).to_json())["id"] == name
    with pytest.raises(sitthi.SitthiError) as caught:
        book.plan("p2_informl")
    assert caught.value.nearest == "p2_informal"


def test_a_plan_of_ones_own_comes_as_text_or_as_a_file(tmp_path: Path):
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    cards = []
    for given in (OWN, file, str(file)):
        book = sitthi.Rulebook.built_in().with_plan(given)
        assert book.plans[-1] == "own" and "own" not in sitthi.Rulebook.built_in().plans
        cards.append(book.on(ON).score("own").to_json())
        sheet = book.plan_sheet("own")
        assert sheet.startswith("<!DOCTYPE html>") and "1,850–2,350" in sheet
    assert len(set(cards)) == 1
    lead = json.loads(cards[0])["rows"][0]["lead"]
    assert (lead["value"], lead["between"], lead["reached"]) == ("2100", ["1850", "2350"], None)
    file.write_text(OWN.replace("members,precision", "memb,precision"), encoding="utf-8")
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.Rulebook.built_in().with_plan(file)
    assert "has no column `members`" in str(caught.value) and "own.toml" in str(caught.value)
    with pytest.raises((sitthi.SitthiError, TypeError)):
        sitthi.Rulebook.built_in().with_plan(5)


def test_the_command_line_takes_a_plan_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "own.toml"
    file.write_text(OWN.replace('csv = "members"', 'csv = "members.csv"'), encoding="utf-8")
    assert main(["plan", str(file), "--on", ON]) != 0
    assert "members.csv" in capsys.readouterr().err
    (tmp_path / "members.csv").write_text("year,period,members\n2568,FY,2100\n", encoding="utf-8")
    assert main(["plan", str(file), "--on", ON, "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["plan"] == "own" and card["rows"][0]["lead"]["reached"] is True


def test_what_print_precision_leaves_open():
    def row(indicator: str, **given: object):
        return sitthi.score("p2_informal", on=ON, **given)[indicator]

    workers = row("informal_workers", given={"year": 2562, "targets": {"informal_workers": 20_390_000}})
    assert workers.lead["reached"] is None and workers.lead["between"] == ["20350000", "20450000"]
    assert row("informality_rate", given={"year": 2561}).trend.direction == "not_told_apart"
    assert row("informal_workers", given={"year": 2564}).trend.change == Decimal(-766_330)
    assert sitthi.score("p2_informal", on="2019-09-30", given={"year": 2562})["informality_rate"].why_no_score == "not_yet_published"


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"values": {"informal_workers": {"value": 5, "area": "narnia"}}}, "values.informal_workers.area", "narnia"),
        ({"areas": ["56", "5601"]}, "areas[1]", "5601"),
        ({"values": {"informal_workers": [{"value": 5, "area": "56"}, {"value": 4, "area": "5601"}]}}, "values.informal_workers[1]", "5601"),
        ({"values": {"informal_workers": -5}}, "values.informal_workers", "-5"),
        ({"values": {"informal_workers": 5.5}}, "values.informal_workers", "5.5"),
        ({"values": {"informality_rate": {"value": 50, "low": 60, "high": 40}}}, "values.informality_rate", "60, 50, 40"),
        ({"weights": {"informality_rate": -1}}, "weights.informality_rate", "-1"),
        ({"targets": {"informal_workers": [5, 6]}}, "targets.informal_workers[1]", "`informal_workers` of the period asked about"),
        ({"values": {"informality_rate": [{"value": 50, "period": "2562"}, {"value": 51, "period": "2562-Q3"}]}}, "values.informality_rate[1]", "`informality_rate` of 2562-Q3"),
    ],
)
def test_what_cannot_be_is_refused(given: dict[str, object], field: str, value: str):
    with pytest.raises(sitthi.SitthiError) as caught:
        sitthi.score("p2_informal", on=ON, given=given)
    assert (caught.value.field, caught.value.value) == (field, value)
