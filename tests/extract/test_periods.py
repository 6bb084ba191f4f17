import pytest

from extract.attributes import VALUES
from extract.dates import parse_when
from extract.indicators.periods import period_of
from tests.extract.test_labels import quantities, span_of, tagged


def test_the_period_is_the_date_beside_the_value():
    doc = tagged("In/IN 2023/CD it/PRP had/VBD 40/CD firms/NNS ,/, in/IN 2024/CD 50/CD ./.")
    dates = [span_of(doc, "2023"), span_of(doc, "2024")]
    doc.spans[VALUES] = [doc.char_span(d.start_char, d.end_char, label="DATE") for d in dates]
    assert period_of(span_of(doc, "50"), parse_when(None)) == "2024"
    assert period_of(span_of(doc, "40"), parse_when(None)) in {"2023", "2024"}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("In [2024|D], the port handled [5 million tonnes|Q] of ore.", ["2024"]),
        ("The port handled [5 million tonnes|Q] of ore in [the first half of 2025|D].", ["2025-H1"]),
        ("The port, founded in [1998|D], employs [700|Q] people.", [None]),
        ("Exports rose [8 percent|Q] [last year|D].", ["2024"]),
        ("Exports were [6 percent|Q] higher than in [2023|D].", [None]),
        ("By [2035|D], it is to build [20|Q] plants.", ["2035"]),
        ("It has trained [300|Q] nurses since [2021|D].", ["2021/2025"]),
        ("On [May 20, 2025|D], the bureau issued [12|Q] measures.", [None]),
        ("Li Wen said on [May 20, 2025|D] that the bureau has [12|Q] offices.", [None]),
        ("In [2024|D] it opened a road [18 kilometers|Q] long.", [None]),
    ],
)
def test_the_period_is_of_the_same_clause(text, periods):
    assert [period_of(span, parse_when("2025-06-30")) for span in quantities(text)] == periods
