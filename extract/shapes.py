"""What a line is, seen from its shape alone: headline, byline, caption, section name, date, page furniture."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from extract.wordlists import any_of, entries, lowered

Kind = Literal["text", "head", "caption", "byline", "continued", "section", "date", "tags", "furniture"]

MAX_HEAD = 180
MAX_HEAD_WORDS = 25
MAX_BYLINE = 160
MAX_CREDIT = 160
WORD = re.compile(r"[^\W_](?:[\w'’.&-]*\w)?")
# Words that headlines leave in lower case, and that neither open nor close a phrase of their own.
FUNCTION = frozenset(
    {
        "a",
        "about",
        "after",
        "against",
        "amid",
        "among",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "before",
        "between",
        "but",
        "by",
        "for",
        "from",
        "her",
        "his",
        "in",
        "into",
        "is",
        "its",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "per",
        "than",
        "that",
        "the",
        "their",
        "through",
        "to",
        "toward",
        "towards",
        "under",
        "via",
        "vs",
        "with",
        "within",
        "without",
    }
)
TITLE_SHARE = 0.8
NAME = r"(?:[A-Z][\w'’.-]*|(?:de|da|van|von|bin|al|el|der)(?=\s))"
TERMINAL = re.compile(r"[.!?;:…。！？；：][\"'”’»)\]）】*_]*$")
QUANTITY = re.compile(r"(?:\d|\b(?:hundred|thousand|million|billion|trillion))$")
DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?\b(?![.)]\s)")
UNIT = re.compile(r"[A-Z]{2,4}\b|[A-Z]{0,3}[$€¥£]")
ABBREVIATION = re.compile(r"\b(?:Co|Ltd|Inc|Corp|Dr|Mr|Mrs|Ms|Prof|No|St|vs|U\.S|U\.K|U\.N|[A-Z])\.$")
INNER_STOP = re.compile(
    r"\b(?!(?:Ltd|Inc|Corp|Prof|Gov|Sen|Gen|Bros|Sept?|Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec)\.)[A-Za-z]{3,}\.[\"”’]?\s+[^\s\d]"
)
ENUMERATOR = re.compile(r"(?:\(?[a-z]{1,2}[.)]|\(?[ivx]{1,4}[.)])\s")
NUMBERED = re.compile(
    r"(?:[IVXLC]+[.、]|\(?\d{1,2}(?:\.\d{1,2})*[.)、](?!\d)|\(?[a-zA-Z][.)]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、"
    r"|(?:Article|Chapter|Section|Part|Annex|Appendix|Table|Figure|Step)\s+[\dIVXLC]+\b)"
)
BRAND = re.compile(r"[a-z][A-Z]|[a-z]-[A-Z]")
MARKS = re.compile(r"^#{1,6}\s+|\s+#+$|\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|\ufeff|\u200b")
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
MONTH_END = re.compile(rf"\b{MONTH}$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATES = (
    re.compile(r"(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?(?!\d)"),
    re.compile(
        rf"\b(?P<M>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<M>{MONTH}),?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
)
LABEL = re.compile(
    r"(?:date(?: of (?:issue|publication|release))?|(?:first )?(?:published|posted|sent|updated|released|issued|created|modified)"
    r"(?: (?:on|at|date|time))?|(?:last|publication|publish|publishing|release|update|pub) ?(?:updated|modified|date|time)?|time)\b\s*[:：]?\s*",
    re.IGNORECASE,
)
TIME = r"(?:[,|T]?\s*\d{1,2}[:：]\d\d(?:[:：]\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*\(?(?:GMT|UTC|BJT|CST)[+\d:]*\)?|\s*[+-]\d{4})?)"
WEEKDAY = r"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?,?\s*)?"
# What follows a date on its line: a source after a bar or a time, or a place.
DATE_TAIL = r"(?:\s*[|/·]\s*.{0,60}|\s+(?:source|author|editor|views?|hits|clicks)\s*[:：].{0,60}|\s*,\s*(?-i:[A-Z])[\w.]+(?:\s(?-i:[A-Z])[\w.]+){0,2})"
CONTINUED = re.compile(r"[(\[<«>\s]*(?:continued\s+)?from\s+(?:page\s*|p\.?\s*)[a-z]?\d+[)\]>»\s.]*", re.IGNORECASE)
AGENCY = r"(?:\s*\([A-Z][\w.'’ -]{1,40}\)|\s*/[A-Z][\w.'’ -]{1,40}/)"
DATELINE = re.compile(
    r"(?P<whole>(?P<place>[A-Z][A-Z.'’ -]{2,40}(?:,\s*[A-Z][\w.'’ -]{1,30}?)?(?:\s*/\s*[A-Z][A-Z ]+)?)"
    rf"(?P<date>,\s*(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})(?:,?\s+(?:19|20)\d\d)?)?"
    rf"(?P<agency>{AGENCY})?)"
    r"\s*(?:--+|—|–|-)\s*(?=\S)"
)
# "Nantong, June 20 (Xinhua) -- ": in small letters a dateline has a date and a long dash.
SMALL_DATELINE = re.compile(
    rf"(?P<whole>(?!(?i:{'|'.join(sorted(FUNCTION))})\b|\w+day\b){NAME}(?: {NAME}){{0,2}}(?:, {NAME}(?: {NAME}){{0,2}})?"
    rf",? (?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? (?:19|20)\d\d)?{AGENCY}?)\s*(?:--+|—|–)\s*(?=\S)"
)
BARE_DATELINE = re.compile(r"[A-Z][A-Z.'’ ]{4,}\s*(?:--+|—|–)\s*")
TAGS = re.compile(r"(?:tags?|keywords?)\s*[:：]", re.IGNORECASE)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# "Subject: ...", "Photo: ...": lines that say what they are.
TITLE_LEAD = re.compile(r"(?:subject|title|headline)\s*[:：]\s*(?:(?:re|fwd?)\s*:\s*)*(?=\S)", re.IGNORECASE)
CAPTION_LEAD = re.compile(
    r"(?:photos?|pictures?|images?|caption|photo caption)\s*[:：]\s*(?=[\"'“‘]?(?-i:[A-Z]))", re.IGNORECASE
)
TRUNCATED_CREDIT = re.compile(r"[(\[（]\s*(?:photos?|pic|picture|image)\b[^()\[\]（）]*$", re.IGNORECASE)


def flat(text: str) -> str:
    """The text as one line without markdown marks and odd blanks: for looking at, offsets are lost."""
    return " ".join(MARKS.sub("", text.strip()).split())


def words(text: str) -> list[str]:
    return WORD.findall(text)


def is_numbered(text: str) -> bool:
    """Whether the text starts as a numbered head or item does."""
    return bool(NUMBERED.match(text) or ENUMERATOR.match(text))


def is_title_case(text: str) -> bool:
    """Whether nearly all words that carry meaning are capitalised; a single word never is."""
    content = [word for word in words(text) if word.lower() not in FUNCTION]
    capital = sum(word[0].isupper() or word[0].isdigit() for word in content)
    return len(content) > 1 and capital >= TITLE_SHARE * len(content) and any(word[0].isupper() for word in content)


def is_second_line(text: str) -> bool:
    """Whether the text could be the second line of a headline: short, open, in title case after a function word."""
    content = [word for word in words(text) if word.lower() not in FUNCTION]
    return (
        0 < len(content) <= 8
        and not is_closed(text)
        and all(word[0].isupper() or word[0].isdigit() for word in content)
    )


def is_closed(text: str) -> bool:
    """Whether the text ends as a sentence or a list item ends."""
    return bool(TERMINAL.search(text)) and not ABBREVIATION.search(text)


def continues(text: str) -> bool:
    """Whether the text starts in the middle of a sentence: in lower case, but no list item and no brand (iFlytek)."""
    return text[:1].islower() and not ENUMERATOR.match(text) and not BRAND.match(text)


def is_unit_of(text: str, before: str) -> bool:
    """Whether the text completes the figure or date that the text before it ends with: "900 million" "RMB", "May" "3"."""
    return bool((QUANTITY.search(before) and UNIT.match(text)) or (MONTH_END.search(before) and DAY.match(text)))


def goes_on(left: str, right: str) -> bool:
    """Whether the right text goes on with what the left one, which is open, says: in lower case or inside a figure."""
    return continues(right) or is_unit_of(right, left)


def is_head(text: str) -> bool:
    """Whether a flat line looks like a headline or sub-head: short, starting with a capital, without a full stop."""
    if not text or len(text) > MAX_HEAD or text[-1] in ",-–—" or CHINESE.search(text) or INNER_STOP.search(text):
        return False
    if is_closed(text) and text.rstrip("\"'”’)")[-1:] not in {"?", "!"}:
        return False
    return 0 < len(words(text)) <= MAX_HEAD_WORDS and not continues(text) and not is_fragment(text)


def is_long_head(text: str) -> bool:
    """Whether a flat line could be a headline by its length and end, were it the first line of a text."""
    found = words(text)
    if len(text) > MAX_HEAD or not 3 < len(found) <= MAX_HEAD_WORDS or found[-1].lower() in FUNCTION:
        return False
    return text[-1] not in ",-–—" and not is_closed(text) and not continues(text) and not INNER_STOP.search(text)


def is_fragment(text: str) -> bool:
    """Whether a short line without a full stop is a cut-off sentence, as "In recent years, the park has": no sub-head."""
    found = words(text)
    if is_title_case(text) or not found:
        return False
    opened = found[0].lower() in FUNCTION and "," in text and found[0].lower() not in {"a", "an", "the"}
    return opened or found[-1].lower() in FUNCTION or len(found) > 14


def is_section(text: str) -> bool:
    return text.lower().strip("[]【】|:") in lowered("sections")


def is_section_shape(text: str) -> bool:
    """Whether a line could be a section name nobody listed: one to three words, all capitalised."""
    found = words(text)
    if not 0 < len(found) <= 3 or len(text) > 30 or text[-1] in ":?!" or any(word[0].isdigit() for word in found):
        return False
    return found[0][0].isupper() and (len(found) == 1 or is_title_case(text))


def lead_of(text: str) -> tuple[Kind, int] | None:
    """What the text says it is, as by "Subject:" or "Photo:" at its start, and the length of that.

    "Photo: VCG" is no caption but a credit.
    """
    if title := TITLE_LEAD.match(text):
        return ("head", title.end()) if is_head(flat(text[title.end() :])) else None
    caption = CAPTION_LEAD.match(text)
    return ("caption", caption.end()) if caption and credit_start(text) != 0 else None


def is_caption(text: str) -> bool:
    """Whether the line ends in a photo credit, be it cut off."""
    return credit_start(text) is not None


def is_open_credit(text: str) -> bool:
    """Whether the photo credit that ends the text lacks its closing bracket."""
    return bool(TRUNCATED_CREDIT.search(text, max(0, len(text) - MAX_CREDIT)))


def credit_start(text: str) -> int | None:
    """Where the photo credit that ends the text starts; None where there is none."""
    tail = max(0, len(text) - MAX_CREDIT)
    found = _credits().search(text, tail) or TRUNCATED_CREDIT.search(text, tail)
    return found.start() if found else None


@cache
def _credits() -> re.Pattern[str]:
    parts = "|".join(entry.replace("{OPEN}", r"[(\[（]") for entry in entries("credits"))
    return re.compile(rf"(?:(?<!\w){parts})\s*[)\]）.]*\s*$", re.IGNORECASE)


@cache
def _byline() -> re.Pattern[str]:
    leads = "|".join(re.escape(entry) for entry in sorted(entries("bylines"), key=len, reverse=True))
    joint = r"(?:\s*[,;&|/]\s*(?:and\s+)?|\s+(?:and|with)\s+|\s+)"
    return re.compile(
        rf"[(\[]?\s*(?i:{leads})\s*(?<=[\s:])(?P<names>{NAME}(?:{joint}{NAME})*)"
        r"(?:\s*,?\s+(?:in|from|at|for)\s+[A-Z][\w .,'’-]*|\s*\([^()]*\))?\s*(?P<rest>[|/–—-].*)?[)\]]?"
    )


def byline(text: str) -> str | None:
    """The names of a byline without "By" or "Edited by"; None where the line is none."""
    if len(text) > MAX_BYLINE:
        return None
    found = _byline().fullmatch(text)
    if found is None or is_closed(text.rstrip(")]")) or INNER_STOP.search(found["rest"] or ""):
        return None
    return found["names"].strip()


def iso_date(text: str) -> str | None:
    """The first full date in the text as YYYY-MM-DD; None where day, month or year is missing or impossible."""
    for pattern in DATES:
        found = pattern.search(text)
        if found:
            groups = found.groupdict()
            month = int(groups["m"]) if groups.get("m") else MONTHS.index(groups["M"][:3].lower()) + 1
            day = int(groups["d"])
            return f"{groups['y']}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
    return None


@cache
def _date_line() -> re.Pattern[str]:
    dates = "|".join(re.sub(r"\?P<\w>", "?:", pattern.pattern) for pattern in DATES)
    return re.compile(
        rf"(?:[^|]{{1,40}}\|\s*)?(?:{LABEL.pattern})?{WEEKDAY}(?:{dates})(?:{TIME}(?:\s+[\w. ]{{1,40}})?)?{DATE_TAIL}?",
        re.IGNORECASE,
    )


def is_date_line(text: str) -> bool:
    """Whether the line is no more than a date, maybe with "Published:", a time, a source."""
    return len(text) <= 120 and bool(_date_line().fullmatch(text))


def is_dated_label(text: str) -> bool:
    """Whether the line is a date that says it is the date of publication."""
    return bool(LABEL.match(text)) and is_date_line(text)


def is_continued(text: str) -> bool:
    return bool(CONTINUED.fullmatch(text))


def dateline(text: str) -> tuple[str, int] | None:
    """The dateline that opens the text and its length with the dash.

    Its place is in capitals with a date, an agency or a long dash ("BEIJING — "), or in small letters with a date.
    """
    found = DATELINE.match(text)
    if found is None or not (found["date"] or found["agency"] or BARE_DATELINE.fullmatch(found[0])):
        found = SMALL_DATELINE.match(text)
    if found is None:
        return None
    return " ".join(found["whole"].split()), found.end()


def is_tags(text: str) -> bool:
    """Whether the line lists tags with Chinese names, which link an article's bodies to their Chinese names."""
    return bool(TAGS.match(text)) and bool(CHINESE.search(text))


@cache
def _furniture() -> re.Pattern[str]:
    return any_of("furniture")


def is_furniture(text: str) -> bool:
    return len(text) <= 220 and bool(_furniture().fullmatch(text))


KINDS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    ("tags", is_tags),
    ("continued", is_continued),
    ("section", is_section),
    ("byline", byline),
    ("date", is_date_line),
    ("caption", is_caption),
    ("furniture", is_furniture),
    ("head", is_head),
)


def kind_of(text: str) -> Kind:
    """What a flat line is by its shape."""
    return next((kind for kind, fits in KINDS if fits(text)), "text")
