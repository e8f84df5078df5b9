"""A figure is someone or something that the text speaks of; one that says something becomes a speaker."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from quotekit.tree import Word

BODIES = ("organization", "document")  # types of figures that are nobody, but may speak
LEAST_VOTES = 2  # one pronoun near a name may well mean another person
VOTES_THAT_DECIDE = 3  # pronouns of one gender for each of the other: below this they tell nothing


class Role(NamedTuple):
    """What someone is said to be: the words as printed, their noun and its modifiers, the body they belong to."""

    text: str
    noun: str
    modifiers: frozenset[str]
    affiliation: str | None
    start: int


@dataclass(slots=True, eq=False)
class Figure:
    """One person, body, group or document, and all that the text tells of it."""

    key: str
    name: str
    type: str
    plural: bool = False
    start: int = 0
    labels: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    sure_genders: set[str] = field(default_factory=set)
    pronouns: dict[str, int] = field(default_factory=lambda: {"male": 0, "female": 0})
    likely_gender: str | None = None
    body: str | None = None  # that owns the person by the text: the Chamber of Trade's Lucy Ames
    described: bool = False  # without a name: known by what the text calls it
    certain: bool = True  # called so that a certain one is meant: *the minister*, *his aunt*, not *a new candidate*
    spans: set[tuple[int, int]] = field(default_factory=set)
    members: tuple[Figure, ...] = ()  # who speak together

    @property
    def gender(self) -> str | None:
        """Male or female as far as titles, nouns and pronouns of the text tell. Never shown to anyone."""
        if len(self.sure_genders) == 1:
            return next(iter(self.sure_genders))
        male, female = self.pronouns["male"], self.pronouns["female"]
        if max(male, female) >= max(LEAST_VOTES, VOTES_THAT_DECIDE * min(male, female)):
            return "male" if male > female else "female"
        return None

    @property
    def apparent_gender(self) -> str | None:
        """The gender that the text tells, else that of most who bear the given name. Never shown to anyone."""
        return self.gender or self.likely_gender

    def has_role(self, noun: str) -> bool:
        """Whether the text gives this figure a role with this noun."""
        return any(role.noun == noun for role in self.roles)

    def conflicts(self, gender: str | None) -> bool:
        """Whether the text gives this figure another gender."""
        return gender is not None and self.gender is not None and self.gender != gender


class Reference(NamedTuple):
    """Whom a word refers to and how that was found; without a figure, who else would fit."""

    figure: Figure | None
    method: str
    candidates: tuple[Figure, ...] = ()
    shares: tuple[float, ...] = ()  # how likely the figure or each candidate is beside all others; empty: unknown
    distance: int | None = None  # narrative sentences since the figure of a pronoun was last spoken of
    medium: str | None = None  # the document in which an owner speaks: Ortega's report
    quoted: bool = False  # whether the word stands in somebody's direct speech
    stand_in: Figure | None = None  # for whomever an open pronoun means: a later one may mean the same


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose *I* stands in a stretch of text, whose *you*, and how that was found; None where the text leaves it open.

    ``word`` names the voice where no name does: the last word of a turn's label, the noun of *as the chief guest*.
    """

    figure: Figure | None
    method: str
    hearer: Figure | None = None
    word: Word | None = None


UNKNOWN = Voice(None, "pronoun")
