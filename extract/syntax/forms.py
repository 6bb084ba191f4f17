"""The forms of English verbs and nouns: regular ones by their spelling, the others from rules/irregular-verbs.csv."""

from __future__ import annotations

from functools import cache

from extract.wordlists import rows

VOWELS = frozenset("aeiou")


@cache
def irregular() -> dict[str, tuple[tuple[str, ...], str]]:
    """Verb -> its past forms and, where spelling does not give it, its -ing form."""
    return {row["verb"]: (tuple(row["past"].split()), row["ing"]) for row in rows("irregular-verbs")}


def s_form(word: str) -> str:
    """The plural of a noun, the third person of a verb: "companies", "launches"."""
    if word.endswith(("s", "x", "z", "ch", "sh")) or word == "go":
        return word + "es"
    return word[:-1] + "ies" if ends_in_consonant_y(word) else word + "s"


def ends_in_consonant_y(word: str) -> bool:
    return word.endswith("y") and word[-2:-1] not in VOWELS


def stem(verb: str) -> str:
    """What -ing and -ed are put to: "releas", "plann"."""
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1]
    one_vowel = sum(c in VOWELS for c in verb) == 1
    return verb + verb[-1] if one_vowel and verb[-2:-1] in VOWELS and verb[-1] not in "wxy" else verb


def past_forms(verb: str) -> tuple[str, ...]:
    """The past tense and the participle, where they differ."""
    if verb in irregular():
        return irregular()[verb][0]
    if ends_in_consonant_y(verb):
        return (verb[:-1] + "ied",)
    return (verb + "d" if verb.endswith("ee") else stem(verb) + "ed",)


def verb_forms(verb: str) -> dict[str, bool]:
    """Each form of a verb, and whether it is a past form."""
    ing = irregular().get(verb, ((), ""))[1] or stem(verb) + "ing"
    return {verb: False, s_form(verb): False, ing: False} | dict.fromkeys(past_forms(verb), True)
