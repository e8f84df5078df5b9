"""Whom a description means: *the minister* is the earlier person of that role, *a spokesman* someone new."""

from __future__ import annotations

from collections import defaultdict

from quotekit.speakers.figures import Figure, Reference, Role
from quotekit.speakers.lexicon import Lexicon, without_possessive
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.names import fold, without_article
from quotekit.speakers.phrases import Phrase
from quotekit.speakers.roles import role_of

NEW_EACH_TIME = ("person", "document", "anonymous")
PLACE_NOUN = "place"  # the noun under which every named place is known: *the city* may be any of them
PEOPLE_NOUNS = ("people", "person")  # by lemma
MOST_CANDIDATES = 4
LEAST_SHARED = 2  # words of its subject that a nameless study and the name that follows have in common
METHOD = {"group": "group", "anonymous": "anonymous"}


class Descriptions:
    """The described figures of one text, and the roles by which named ones can be meant."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._figures: dict[str, Figure] = {}
        self._by_noun: dict[str, list[tuple[Figure, Role]]] = defaultdict(list)
        self._owned: dict[str, dict[int, tuple[Figure, int]]] = defaultdict(dict)  # by noun and owner
        self._meant: dict[str, tuple[Figure, int]] = {}  # by a definite description, and at which place
        self._about: dict[int, frozenset[str]] = defaultdict(frozenset)  # what is said within a description's phrase

    def learn(self, figure: Figure, role: Role) -> None:
        """Remember that a figure can be called by this role from its place on."""
        self._by_noun[role.noun].append((figure, role))

    def learn_name(self, figure: Figure, mention: NameMention) -> None:
        """Remember the noun in a body's or a document's name, and of a place that it is one."""
        last = mention.words[-1]
        if "PLACE" in figure.labels:
            self.learn(figure, Role(mention.text, PLACE_NOUN, frozenset(), None, mention.start))
        if figure.type == "organization" or self._lexicon.kind(last) == "document":
            rest = frozenset(without_possessive(word.lower) for word in mention.words[:-1])
            self.learn(figure, Role(mention.text, without_possessive(last.lower), rest, None, mention.start))

    def learn_owned(self, phrase: Phrase, owner: Figure) -> None:
        """Remember that a document is somebody's: *Ruiz's report*, from its place on also *the report*."""
        self._owned[phrase.noun].setdefault(id(owner), (owner, phrase.head.start))

    def _owners(self, phrase: Phrase) -> list[Figure]:
        """Whose document a bare *the report* is."""
        if phrase.plural or phrase.modifiers or phrase.owner is not None or phrase.affiliation is not None:
            return []
        return [owner for owner, start in self._owned[phrase.noun].values() if start < phrase.head.start]

    def refer(self, phrase: Phrase, kind: str, owner: Figure | None, *, learn: bool = True) -> Reference:
        """Whom the phrase means: an earlier figure, a new one, or, where several fit, none."""
        method = METHOD.get(kind, "description")
        if phrase.article == "definite" and kind != "anonymous":
            fitting = self._earlier(phrase, kind, owner)
            fitting = _named_first(_introduced(fitting))
            owners = self._owners(phrase)
            if len(owners) == 1 and not fitting:
                return Reference(owners[0], "owner", medium=phrase.text)
            if owners:
                return Reference(None, method, tuple([*fitting, *owners][-MOST_CANDIDATES:]))
            fitting = fitting or self._people(phrase) or self._kin(phrase)
            if len(fitting) > 1 and (before := self._meant_before(phrase, fitting)) is not None:
                fitting = [before]
            if len(fitting) == 1:
                self._meant[fold(phrase.text)] = (fitting[0], phrase.head.start)
                return Reference(fitting[0], method)
            if fitting:
                return Reference(None, method, tuple(fitting[-MOST_CANDIDATES:]))
        return Reference(self._described(phrase, kind, owner, learn=learn), method)

    def _meant_before(self, phrase: Phrase, fitting: list[Figure]) -> Figure | None:
        """Whom these words meant the last time, while no other has been called by their noun since.

        *The Quay Noise Study … The report … A survey of masters … The report* is the study's, both times.
        """
        figure, then = self._meant.get(fold(phrase.text), (None, 0))
        others = (role.start for one, role in self._by_noun[phrase.noun] if one is not figure)
        return figure if figure in fitting and all(start < then for start in others) else None

    def _people(self, phrase: Phrase) -> list[Figure]:
        """The nation that the text calls by its adjective's plural elsewhere: *the Estonian people*, *Estonians*."""
        if phrase.noun not in PEOPLE_NOUNS or len(phrase.modifiers) != 1:
            return []
        (nation,) = phrase.modifiers
        return [figure for figure, role in self._by_noun.get(nation, ()) if figure.plural and not role.modifiers][:1]

    def _kin(self, phrase: Phrase) -> list[Figure]:
        """The earlier figures that a bare *the report* or *the city* may mean: a study, a named place."""
        if phrase.plural or phrase.modifiers or phrase.owner is not None or phrase.affiliation is not None:
            return []
        words = self._lexicon.words
        for name in ("study_nouns", "place_nouns"):
            if phrase.noun in words[name]:
                known = (pair for noun in sorted(words[name]) for pair in self._by_noun.get(noun, ()))
                found = {id(figure): figure for figure, role in known if role.start < phrase.head.start}
                fitting = sorted(found.values(), key=lambda figure: figure.start)
                return self._without_nameless(fitting)
        return []

    def _without_nameless(self, studies: list[Figure]) -> list[Figure]:
        """Without the nameless study that is named later: *a new study of noise at quays … the Quay Noise Study*."""
        named = [figure for figure in studies if not figure.described]
        if len(named) != 1:
            return studies
        words = set(fold(named[0].name).split())
        return [one for one in studies if one in named or len(words & self._about[id(one)]) < LEAST_SHARED]

    def _earlier(self, phrase: Phrase, kind: str, owner: Figure | None) -> list[Figure]:
        found: dict[int, Figure] = {}
        gender = self._lexicon.title_gender(phrase.noun)
        for figure, role in self._by_noun[phrase.noun]:
            if role.start >= phrase.head.start or (figure.plural or figure.type == "group") != phrase.plural:
                continue
            if kind not in ("unknown", figure.type) and figure.type != "anonymous" and not _is_study(figure, kind):
                continue
            if figure.conflicts(gender) or not self._covers(role, phrase, owner):
                continue
            found[id(figure)] = figure
        return sorted(found.values(), key=lambda figure: figure.start)

    def _covers(self, role: Role, phrase: Phrase, owner: Figure | None) -> bool:
        """Whether the role has all that the phrase says, and nothing that makes it another role."""
        changers = self._lexicon.words["role_changers"]
        said = phrase.modifiers
        known = role.modifiers | frozenset(fold(role.affiliation or "").split())
        if not said <= known or (role.modifiers & changers) != (said & changers):
            return False
        if phrase.owner is not None and owner is None:
            known_body = role.affiliation is not None and phrase.affiliation is not None
            return known_body and fold(role.affiliation or "") == fold(phrase.affiliation or "")
        if owner is not None:
            return bool(set(fold(owner.name).split()) & known)
        if phrase.affiliation is not None and phrase.owner is None and not said:
            return role.affiliation is not None and fold(role.affiliation) == fold(phrase.affiliation)
        return True

    def _described(self, phrase: Phrase, kind: str, owner: Figure | None, *, learn: bool) -> Figure:
        key = f"{kind}:{fold(phrase.text)}"
        if kind in NEW_EACH_TIME and phrase.article == "indefinite":
            key += f":{phrase.head.start}"
        elif phrase.owner is not None and phrase.owner.upos == "PRON":
            key += f":{owner.key if owner is not None else phrase.head.start}"
        figure = self._figures.get(key)
        if figure is None:
            role = role_of(phrase)
            figure = Figure(key, phrase.text, kind, plural=phrase.plural, start=phrase.words[0].start, described=True)
            figure.certain = phrase.article == "definite" or phrase.owner is not None
            last = phrase.words[-1]
            figure.spans.add((phrase.words[0].start, last.start + len(without_possessive(last.form))))
            if kind in ("person", "anonymous"):
                figure.roles.append(role if role.affiliation or owner is None else _owned(role, owner))
                gender = self._lexicon.title_gender(phrase.noun)
                figure.sure_genders.update({gender} if gender else set())
            self._figures[key] = figure
            if kind == "document":
                self._about[id(figure)] = frozenset(fold(word.form) for word in phrase.head.descendants())
            if learn:
                self.learn(figure, role if role.affiliation or owner is None else _owned(role, owner))
        return figure


def _is_study(figure: Figure, kind: str) -> bool:
    """Whether a body's name is a document's, *the Harbour Noise Study*: its last word is how the text has found it."""
    return kind == "document" and figure.type in ("organization", "unknown") and not figure.described


def _introduced(fitting: list[Figure]) -> list[Figure]:
    """Of figures that differ only in article or case the one that *a* introduced, where it is the only such.

    *The woman … a woman … the woman*: the first of them may be anybody, the last is the one spoken of just before.
    """
    if len({without_article(figure.name) for figure in fitting}) > 1 or not all(figure.described for figure in fitting):
        return fitting
    new = [figure for figure in fitting if figure.name.lower().startswith(("a ", "an "))]
    return new if len(new) == 1 else fitting


def _named_first(fitting: list[Figure]) -> list[Figure]:
    """Without the bare *Senator* of a label or headline where a person with a name, or introduced by *a*, fits too."""
    named = [figure for figure in fitting if not figure.described]
    bare = [figure for figure in fitting if figure.described and figure.name[:1].isupper()]
    if named:
        return named if len(named) + len(bare) == len(fitting) else fitting
    rest = [figure for figure in fitting if figure not in bare]
    return rest if len(rest) == 1 else fitting


def _owned(role: Role, owner: Figure) -> Role:
    return Role(role.text, role.noun, role.modifiers, owner.name, role.start)
