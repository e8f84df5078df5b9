"""The cast of a text: every named person and body once, however the text writes the name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from quotekit.speakers.figures import Figure, Reference
from quotekit.speakers.lexicon import Lexicon
from quotekit.speakers.mentions import NameMention
from quotekit.speakers.names import (
    NameParts,
    acronyms,
    as_acronym,
    fold,
    fullness,
    is_full,
    misspelt,
    same_person,
    short_forms,
    split_name,
)

TYPES = {"PERSON": "person", "ORG": "organization", "PLACE": "organization"}
SAFE_LEAD = 3  # bare uses of a shared surname, all for one person, before it is taken to mean that person
NEAR = 2  # sentences within which the other bearer of a shared surname still competes


class Cast:
    """The named figures of one text, and the ways to call each."""

    def __init__(self, mentions: Sequence[NameMention], lexicon: Lexicon, surname_genders: Mapping[str, str]) -> None:
        self._surname_genders = surname_genders
        self.lexicon = lexicon
        self.people: list[Figure] = []
        self.parts: dict[int, list[NameParts]] = {}
        self._by_surname: dict[str, list[Figure]] = defaultdict(list)
        self._by_form: dict[tuple[str, ...], dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        self._bodies: dict[str, Figure] = {}
        self._by_acronym: dict[str, list[Figure]] = defaultdict(list)
        self._by_body_part: dict[str, list[Figure]] = defaultdict(list)
        self._of: dict[int, Figure] = {}
        self._bare: Counter[int] = Counter()
        self._last_full: dict[int, int] = {}
        self._firms: dict[str, Figure] = {}  # that an entity calls persons, by the first word of their names
        self._meant: dict[str, tuple[Figure, int]] = {}  # by a short name, and in which sentence
        self._labels = _labels(mentions)
        self._type_of = cache(self._told_type)
        self._found(mentions)
        self._called = cache(self._candidates)  # from here on all are known

    def _told_type(self, mention: NameMention) -> str:
        """What the name's mentions in the whole text say it is; a title before it outweighs them."""
        label = "PERSON" if mention.titles else self._labels.get(fold(mention.text), mention.label)
        if mention.plural and label not in ("ORG", "PLACE"):
            return "group"
        last = fold(mention.words[-1].form)
        if label not in TYPES and len(mention.words) > 1 and last in self.lexicon.words["organization_nouns"]:
            return "organization"
        return TYPES.get(label, "unknown")

    def full(self, mention: NameMention) -> Figure | None:
        """The figure that this mention names in full, if it does."""
        return self._of.get(id(mention))

    def certain(self, mention: NameMention) -> Figure | None:
        """The figure that a mention names whatever stands around it."""
        if (figure := self._of.get(id(mention))) is None:
            figures, _ = self._called(mention)
            # A short name is that of whom the text has named by then: others who bear it may come later.
            fitting = [one for one in figures if one.start < mention.start] or figures
            return fitting[0] if len(fitting) == 1 else None
        return figure

    def refer(self, mention: NameMention, *, quoted: bool) -> Reference:
        """Whom a mention names, read in text order; one inside a quotation brings nobody to mind outside it."""
        figure = self._of.get(id(mention))
        if figure is not None:
            if not quoted:
                self._last_full[id(figure)] = mention.head.sentence.index
            return Reference(figure, "group" if figure.type == "group" else "name")
        return self._short(mention)

    # -- founding ----------------------------------------------------------------------------------------------------

    def _found(self, mentions: Sequence[NameMention]) -> None:
        in_text = [mention for mention in mentions if not mention.headline]
        headlines = [mention for mention in mentions if mention.headline]
        full = [mention for mention in in_text if self._is_full_person(mention)]
        late = [mention for mention in headlines if self._is_full_person(mention)]
        for mention in [*sorted(full, key=lambda m: (-fullness(m.text), m.start)), *late]:
            self._found_person(mention)
        self._index_people()
        for mention in in_text:
            if len(mention.words) > 1 and id(mention) not in self._of and self._type_of(mention) != "person":
                self._found_body(mention)
        self._index_bodies()
        for mention in [*in_text, *headlines]:
            if id(mention) not in self._of and not self._candidates(mention)[0]:
                self._found_rest(mention)
        for mention in mentions:
            figure = self._of.get(id(mention))
            if figure is not None:
                figure.labels.add(mention.label)
            if figure is not None and len(mention.words) > 1 and mention.words[0].udeprel == "compound":
                self._firms.setdefault(fold(mention.words[0].form), figure)
        self._settle_names(mentions)

    def _is_full_person(self, mention: NameMention) -> bool:
        words = self.lexicon.words
        return self._type_of(mention) == "person" and is_full(
            mention.text, words["name_particles"], words["family_particles"]
        )

    def _found_person(self, mention: NameMention) -> None:
        name = split_name(mention.text)
        fitting = [
            person
            for person in self._by_surname[name.parts[-1]]
            if all(same_person(name, other) for other in self.parts[id(person)])
        ]
        if len(fitting) == 1:
            person = fitting[0]
        else:
            same = [person for person in fitting if name in self.parts[id(person)]]
            person = same[0] if len(same) == 1 else self._new(mention, "person")
            if len(same) != 1:
                self.people.append(person)
                self.parts[id(person)] = []
                self._by_surname[name.parts[-1]].append(person)
        if name not in self.parts[id(person)]:
            self.parts[id(person)].append(name)
        self._take(mention, person)

    def _found_body(self, mention: NameMention) -> None:
        key = fold(mention.text)
        kind = self._type_of(mention)
        if len(mention.words) == 1 and kind != "group" and self._candidates(mention)[0]:
            return
        figure = self._bodies.get(key)
        if figure is None:
            figure = self._bodies[key] = self._new(mention, kind)
        self._take(mention, figure)

    def _found_rest(self, mention: NameMention) -> None:
        kind = self._type_of(mention)
        if kind == "unknown" and len(mention.words) == 1 and misspelt(fold(mention.text), self._by_surname):
            return
        if kind != "person":
            self._found_body(mention)
            return
        name = split_name(mention.text)
        existing = [person for person in self._by_surname[name.parts[-1]] if name in self.parts[id(person)]]
        person = existing[0] if existing else self._new(mention, "person")
        if not existing:
            self.people.append(person)
            self.parts[id(person)] = [name]
            self._by_surname[name.parts[-1]].append(person)
        self._take(mention, person)

    def _new(self, mention: NameMention, kind: str) -> Figure:
        return Figure(
            key=f"{kind}:{fold(mention.text)}",
            name=" ".join(mention.text.split()),
            type=kind,
            plural=mention.plural,
            start=mention.start,
        )

    def _take(self, mention: NameMention, figure: Figure) -> None:
        self._of[id(mention)] = figure
        figure.titles.update(mention.titles)
        if figure.type == "person":
            figure.likely_gender = self.lexicon.name_gender(split_name(figure.name).given)
        figure.start = min(figure.start, mention.start)

    def _settle_names(self, mentions: Sequence[NameMention]) -> None:
        """Each person's name is the fullest writing in running text; capitals throughout only where nothing else is."""
        written: dict[int, list[NameMention]] = defaultdict(list)
        for mention in mentions:
            figure = self._of.get(id(mention))
            if figure is not None:
                written[id(figure)].append(mention)
        for figure in {id(value): value for value in self._of.values()}.values():
            best = min(written[id(figure)], key=lambda m: (m.headline, m.text.isupper(), -fullness(m.text), m.start))
            figure.name = " ".join(best.text.split())
            figure.key = f"{figure.type}:{fold(figure.name)}"

    def _index_people(self) -> None:
        for person in self.people:
            for name in self.parts[id(person)]:
                for form, how in short_forms(name).items():
                    known = self._by_form[form][how]
                    if person not in known:
                        known.append(person)

    def _index_bodies(self) -> None:
        for body in self._bodies.values():
            if body.type == "group":
                continue
            for initials in acronyms(body.name):
                self._by_acronym[initials].append(body)
            tokens = fold(body.name).split()
            if len(tokens) > 1 and body.type == "organization":
                for part in {tokens[0], tokens[-1]}:
                    self._by_body_part[part].append(body)

    # -- short forms -------------------------------------------------------------------------------------------------

    def _candidates(self, mention: NameMention) -> tuple[list[Figure], str]:
        """Whom a short form can name by those who are known so far, and how it would."""
        name = split_name(mention.text)
        kind = self._type_of(mention)
        forms = self._by_form.get(name.parts, {}) if not mention.plural else {}
        if kind in ("person", "unknown") or (len(name.parts) == 1 and not mention.definite and forms):
            for how in ("surname", "given_name", "middle"):
                fitting = [figure for figure in forms.get(how, ()) if not self._other_gender(name, figure)]
                if fitting:
                    return fitting, "surname" if how == "middle" else how
        if kind in ("person", "unknown") and len(mention.words) == 1 and not (mention.definite or mention.plural):
            near = [one for one in self._by_surname if misspelt(fold(mention.text), [one])]
            if near:
                return [person for one in near for person in self._by_surname[one]], "surname"
        if kind == "person" or mention.plural:
            return [], "name"
        letters = as_acronym(mention.text)
        if letters and self._by_acronym.get(letters):
            return [body for body in self._by_acronym[letters] if body.name != mention.text], "acronym"
        if len(mention.words) == 1 and mention.label != "PLACE" and mention.definite:
            return self._by_body_part.get(fold(mention.text), []), "short_name"
        return [], "name"

    def _other_gender(self, name: NameParts, figure: Figure) -> bool:
        """Whether the text calls the bearer of the bare name *Mr* or *he*, and this figure has a woman's name."""
        gender = self._surname_genders.get(" ".join(name.parts))
        return gender is not None and figure.likely_gender is not None and figure.likely_gender != gender

    def _short(self, mention: NameMention) -> Reference:
        figures, how = self._called(mention)
        if mention.titles:
            how = "title"
        fitting = self._fitting(mention, figures)
        if len(fitting) > 1:
            chosen = self._owner_of_surname(mention, fitting) or self._meant_before(mention, fitting)
            if chosen is None:
                return Reference(None, how, tuple(sorted(fitting, key=lambda figure: figure.start)))
            fitting = [chosen]
        if not fitting:
            return Reference(None, how, tuple(figures))
        if how == "surname" and (body := self._namesake(mention, fitting[0])) is not None:
            return Reference(None, how, (fitting[0], body))
        self._bare[id(fitting[0])] += 1
        if how == "short_name":
            self._meant[fold(mention.text)] = (fitting[0], mention.head.sentence.index)
        return Reference(fitting[0], how)

    def _meant_before(self, mention: NameMention, fitting: list[Figure]) -> Figure | None:
        """The body that *the Court* meant the last time, while no other court has been named since."""
        figure, then = self._meant.get(fold(mention.text), (None, 0))
        rivals = [self._last_full.get(id(one), -1) for one in fitting if one is not figure]
        return figure if figure in fitting and all(last < then for last in rivals) else None

    def _fitting(self, mention: NameMention, figures: list[Figure]) -> list[Figure]:
        """Those whom the titles before the name do not rule out; one whom they name outright stands alone."""
        genders = {gender for title in mention.titles if (gender := self.lexicon.title_gender(title))}
        fitting = [
            figure
            for figure in figures
            if not any(figure.conflicts(gender) or figure.likely_gender not in (None, gender) for gender in genders)
        ]
        for test in (
            lambda figure: any(title in figure.titles or figure.has_role(title) for title in mention.titles),
            lambda figure: figure.apparent_gender in genders,
        ):
            if len(fitting) > 1 and sum(map(test, fitting)) == 1:
                fitting = list(filter(test, fitting))
        if len(fitting) > 1 and not mention.headline:
            earlier = [figure for figure in fitting if figure.start < mention.start]
            fitting = earlier or fitting
        return fitting

    def _namesake(self, mention: NameMention, person: Figure) -> Figure | None:
        """The company of the person's name, *Brandt Marine*, where nothing has told yet which of them *Brandt* is.

        A *he* beside the bare name, or the bare name used often for the person, tells.
        """
        name = fold(mention.text)
        if name in self._surname_genders or self._bare[id(person)] >= SAFE_LEAD:
            return None
        bodies = [
            body
            for body in self._by_body_part.get(name, ())
            if fold(body.name).split()[0] == name
            and body.labels == {"ORG"}
            and body.start < mention.start
            and fold(body.name).split()[-1] not in self.lexicon.words["eponymous_nouns"]
        ]
        if not bodies and (firm := self._firms.get(name)) is not None and firm is not person:
            bodies = [firm] if firm.type == "person" and firm.start < mention.start else []
        return bodies[0] if len(bodies) == 1 else None

    def _owner_of_surname(self, mention: NameMention, fitting: list[Figure]) -> Figure | None:
        """The one person for whom the text has used the bare name so far, while the others keep their full names."""
        used = [figure for figure in fitting if self._bare[id(figure)]]
        if len(used) != 1 or self._bare[id(used[0])] < SAFE_LEAD:
            return None
        here = mention.head.sentence.index
        rivals = (self._last_full.get(id(figure), -NEAR - 1) for figure in fitting if figure is not used[0])
        return None if any(here - last <= NEAR for last in rivals) else used[0]


def _labels(mentions: Sequence[NameMention]) -> dict[str, str]:
    """The label that most mentions of a name bear; running text counts before headlines."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        if mention.label:
            votes[fold(mention.text)][mention.label] += 1 if mention.headline else 4
    return {name: max(sorted(count), key=lambda label: count[label]) for name, count in votes.items()}
