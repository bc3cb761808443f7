import pytest

from sitthi import frames

FACTS = {
    "sex": ("code", ["male", "female"]),
    "birth_date": ("date", None),
    "home_province": ("province", None),
    "job.province": ("province", None),
    "job.for_wages": ("yes_no", None),
    "job.monthly_wage": ("money", None),
}


def test_a_survey_file_is_mapped():
    found = frames.resolve(
        ["SEX", "CWT", "YOB", "STATUS", "job.monthly_wage", "WGT", "X"],
        FACTS,
        {
            "SEX": ("sex", {1: "male", 2: "female", 9: None}),
            "CWT": ["home_province", "job.province"],
            "YOB": ("birth_date", "be_year"),
            "STATUS": ("job.for_wages", {4: True, 6: True, ...: False}),
        },
        carry=["WGT"],
    )
    assert [(t.column, t.fact, t.reader) for t in found.targets] == [
        ("SEX", "sex", None), ("CWT", "home_province", "province"), ("CWT", "job.province", "province"),
        ("YOB", "birth_date", "be_year"), ("STATUS", "job.for_wages", None), ("job.monthly_wage", "job.monthly_wage", None),
    ]
    assert found.carried == ("WGT",) and found.ignored == ("X",)
    sex, status = found.targets[0], found.targets[4]
    assert [sex.map(v) for v in (1, 2, 9, None)] == ["male", "female", None, None]
    assert [status.map(v) for v in (4, 1, None)] == [True, False, None]
    with pytest.raises(frames.UnmappedValueError, match="`SEX`.*`3`"):
        sex.map(3)


def test_columns_named_after_facts_need_no_mapping():
    found = frames.resolve(["birth_date", "note"], FACTS, constants={"job.for_wages": True}, carry=True)
    assert [(t.fact, t.reader) for t in found.targets] == [("birth_date", "any")]
    assert found.constants == {"job.for_wages": True} and found.carried == ("note",)


@pytest.mark.parametrize(
    ("columns", "kind", "message"),
    [
        ({"SEXX": "sex"}, frames.UnknownColumnError, "`SEXX`; did you mean `SEX`"),
        ({"SEX": "sexx"}, frames.UnknownFactError, "`sexx`; did you mean `sex`"),
        ({"SEX": ("sex", {1: "mail"})}, frames.UnknownCodeError, "`mail`; did you mean `male`"),
        ({"SEX": ("job.for_wages", {1: "yes"})}, frames.UnknownCodeError, "True, False or None"),
        ({"SEX": ("birth_date", "be_yaer")}, frames.FrameError, "expected one of: any"),
        ({"SEX": ("sex", {1: "7"})}, frames.UnknownCodeError, "no code `7`$"),
        ({"SEX": ("sex", "be_year")}, frames.FrameError, "takes no reader"),
        ({"SEX": "sex", "S2": "sex"}, frames.FrameError, "filled twice, from `SEX` and from `S2`"),
        ({"SEX": 3}, frames.FrameError, "`SEX`"),
    ],
)
def test_what_does_not_fit_is_named(columns, kind, message):
    with pytest.raises(kind, match=message) as caught:
        frames.resolve(["SEX", "S2"], FACTS, columns)
    assert caught.value.code != "frame" and caught.value.field and caught.value.expected
    assert f"`{caught.value.nearest}`" in str(caught.value) if "did you mean" in str(caught.value) else caught.value.nearest is None


def test_constants_are_checked():
    with pytest.raises(frames.FrameError, match="constant and by the column `sex`"):
        frames.resolve(["sex"], FACTS, constants={"sex": "male"})
    with pytest.raises(frames.UnknownCodeError):
        frames.resolve([], FACTS, constants={"sex": "men"})
    with pytest.raises(frames.UnknownColumnError, match="carry"):
        frames.resolve(["sex"], FACTS, carry=["weight"])
