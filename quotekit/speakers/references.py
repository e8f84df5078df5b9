"""Reads a text once from its first word to its last and settles whom each name, description and pronoun means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from quotekit.constructions.turns import Turn
from quotekit.speakers.asides import age_after, age_in, party_after
from quotekit.speakers.capitals import is_headline
from quotekit.speakers.cast import Cast
from quotekit.speakers.coordination import NOMINALS, Groups, joined_words, last_conjunction, named_together
from quotekit.speakers.datelines import find_datelines
from quotekit.speakers.descriptions import Descriptions
from quotekit.speakers.evidence import gather, surname_genders
from quotekit.speakers.figures import Figure, Reference, Role
from quotekit.speakers.headlines import trim_headlines
from quotekit.speakers.heads import antecedent_of, head_of
from quotekit.speakers.lexicon import Lexicon, without_possessive
from quotekit.speakers.mentions import NameMention, find_names
from quotekit.speakers.owners import part_owners
from quotekit.speakers.phrases import Phrase, is_broken, read_phrase
from quotekit.speakers.pronouns import QUOTED, REPORTED, SOURCE_BONUS, Event, Memory, weight_of
from quotekit.speakers.quotations import Quotations
from quotekit.speakers.source import Source
from quotekit.speakers.voices import Voice, Voices
from quotekit.tree import Tree, Word

BODIES = ("organization", "document")
SPEECH_PERSONS = ("first", "first_plural", "second")
NOTED = ("nsubj", "obj", "iobj", "obl")  # places where he, she and they bring someone to mind
THIRD_PERSON = ("male", "female", "neuter", "plural")


class References:
    """Whom the referring words of one text mean."""

    def __init__(
        self,
        tree: Tree,
        sources: Sequence[Source],
        lexicon: Lexicon,
        *,
        author: str | None,
        turns: Mapping[int, Turn],
    ) -> None:
        self._text = tree.text
        self._lexicon = lexicon
        self._sources = sources
        self._source_at = {
            id(head): index
            for index, source in reversed(list(enumerate(sources)))
            if (head := head_of(source)) is not None
        }
        self._quotations = Quotations(tree, sources)
        mentions, self._owners, self._bodies = part_owners(trim_headlines(find_names(tree, lexicon)), lexicon)
        self._cast = Cast(mentions, lexicon, surname_genders(tree, mentions, lexicon))
        self._names = sorted(mentions, key=lambda mention: mention.start)
        self._name_starts = [mention.start for mention in self._names]
        self._mention_of = {id(word): mention for mention in mentions for word in mention.words}
        self._role_of = {**gather(tree, self._cast, mentions, lexicon), **self._owners}
        self._descriptions = Descriptions(lexicon)
        self._ages: dict[str, dict[int, tuple[Figure, int]]] = {}
        self._teach(mentions)
        self._headlines = {sentence.index for sentence in tree.sentences if is_headline(sentence)}
        self._memory = Memory(self._quotations.narrative())
        self._found: dict[int, Reference] = {}
        self._asked: set[int] = set()
        self._groups = Groups()
        self._datelines = find_datelines(tree)
        self._author = Figure(key="author:", name=author or "the author", type="author")
        self._printed: dict[str, Figure] = {}
        self._labels = {id(word): turn for turn in turns.values() for word in turn.label}
        self._voices = Voices(
            tree,
            turns,
            mentions,
            lexicon,
            resolve=self._cast.certain,
            marked=self._quotations.marked_at,
        )
        for word in tree.words:
            self._read(word)

    def of(self, index: int) -> Reference | None:
        """Whom the source with this index means; None where it has no words."""
        head = head_of(self._sources[index])
        if head is None or any(start <= head.start < end for start, end in self._datelines):
            return None
        if id(head) in self._labels:
            return self._label(head)
        kind = self._lexicon.pronoun(head)
        if kind in ("first", "first_plural"):
            return self._first_person(index, head, kind)
        if kind == "second":
            return self._second_person(index, head)
        together = self._together(self._sources[index], head)
        reference = together or self._found.get(id(head)) or self._description_of(head)
        if reference.figure is not None:
            reference.figure.spans.add(self._span(head))
        return reference

    # -- one pass ----------------------------------------------------------------------------------------------------

    def _teach(self, mentions: Sequence[NameMention]) -> None:
        figures: dict[int, Figure] = {}
        for mention in mentions:
            figure = self._cast.full(mention)
            if figure is None:
                continue
            figures[id(figure)] = figure
            figure.spans.add((mention.start, mention.end))
            figure.body = figure.body or self._bodies.get(id(mention)) or party_after(self._text, mention)
            if (age := age_after(self._text, mention)) is not None:
                self._ages.setdefault(age, {}).setdefault(id(figure), (figure, mention.start))
            if figure.type == "organization":
                last = mention.words[-1]
                rest = frozenset(without_possessive(word.lower) for word in mention.words[:-1])
                noun = without_possessive(last.lower)
                self._descriptions.learn(figure, Role(mention.text, noun, rest, None, mention.start))
        for figure in figures.values():
            for role in figure.roles:
                self._descriptions.learn(figure, role)

    def _read(self, word: Word) -> None:
        source = self._source_at.get(id(word))
        owned = self._owners.get(id(word))
        role = self._role_of.get(id(word)) if source is not None else owned
        mention = role or self._mention_of.get(id(word))
        if mention is not None and mention.head is not word and source is None and owned is None:
            return
        reference = self._refer(word, mention, source)
        if reference is None:
            return
        self._found[id(word)] = reference
        if mention is not None and mention.headline:
            return
        if reference.figure is not None:
            self._note(word, reference.figure, source)
        # An open *he* brings to mind each whom it may mean, as far as it may: *he met Stone. He wrote …*
        for figure, share in zip(reference.candidates, reference.shares, strict=False):
            self._note(word, figure, source, share)

    def _refer(self, word: Word, mention: NameMention | None, source: int | None) -> Reference | None:
        if mention is not None:
            return self._name(mention)
        return self._source(word, source) if source is not None else self._aside(word)

    def _name(self, mention: NameMention) -> Reference:
        known = self._found.get(id(mention.head))
        if known is not None:
            return known
        reference = self._cast.refer(mention)
        if reference.figure is not None:
            reference.figure.spans.add((mention.start, mention.end))
        return reference

    def _source(self, word: Word, index: int) -> Reference:
        kind = self._lexicon.pronoun(word)
        if kind is not None:
            return self._pronoun(word, kind, index)
        if self._lexicon.is_relative(word) and (antecedent := antecedent_of(word)) is not None:
            reference = self._antecedent_of(word, antecedent)
            return Reference(reference.figure, "relative", reference.candidates)
        return self._description_of(word, self._sources[index])

    def _antecedent_of(self, word: Word, antecedent: Word) -> Reference:
        """Whom the word before the clause means; *who* passes over a body or a place to the people beside it."""
        reference = self._found.get(id(antecedent)) or self._description_of(antecedent)
        above = antecedent.parent
        if word.lower not in ("who", "whom") or reference.figure is None or reference.figure.type not in BODIES:
            return reference
        if above is not None and antecedent.udeprel == "nmod" and self._lexicon.kind(above) in ("person", "group"):
            return self._found.get(id(above)) or self._description_of(above)
        return Reference(None, "relative", (reference.figure,))

    def _aside(self, word: Word) -> Reference | None:
        """What a word that is no source brings to mind: persons, bodies, groups, and he, she, they as subjects."""
        if self._quotations.at(word.start) is not None or word.sentence.index in self._headlines:
            return None
        kind = self._lexicon.pronoun(word)
        if kind in ("male", "female", "plural"):
            return self._pronoun(word, kind, None) if word.udeprel in NOTED else None
        if word.upos not in ("NOUN", "PROPN") or word.udeprel in ("compound", "flat") or word.child("cop") is not None:
            return None
        if any(self._lexicon.pronoun(child) in SPEECH_PERSONS for child in word.children_by("nmod:poss")):
            return None
        people = word.upos == "PROPN" and word.has_feature("Number=Plur")
        return self._description_of(word) if people or self._lexicon.kind(word) is not None else None

    def _note(self, word: Word, figure: Figure, source: int | None, share: float = 1.0) -> None:
        quoted = self._quotations.at(word.start)
        weight = weight_of(word)
        if quoted is None and self._quotations.reported_at(word.start):
            weight *= REPORTED
        if source is not None:
            weight += SOURCE_BONUS if quoted is None else QUOTED
        sentence = word.sentence
        self._memory.note(Event(figure, word.start, sentence.index, sentence.paragraph, weight * share, quoted))

    # -- pronouns ----------------------------------------------------------------------------------------------------

    def _pronoun(self, word: Word, kind: str, index: int | None) -> Reference:
        if kind not in THIRD_PERSON:
            return Reference(None, "pronoun")
        content = self._sources[index].content if index is not None else ()
        quoted = self._quotations.at(word.start)
        speaker = self._speaker_of(quoted) if quoted is not None else None
        named = self._named_in(content)
        return self._memory.resolve(word, kind, content=content, quoted=quoted, excluded=speaker, named=named)

    def _named_in(self, content: Sequence[tuple[int, int]]) -> set[int]:
        """The ids of the figures that are called by name in these stretches."""
        names = [
            name
            for start, end in content
            for name in self._names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]
        ]
        return {id(figure) for name in names if (figure := self._cast.certain(name)) is not None}

    def _speaker_of(self, index: int) -> Figure | None:
        head = head_of(self._sources[index])
        reference = self._found.get(id(head)) if head is not None else None
        return reference.figure if reference is not None else None

    def _first_person(self, index: int, head: Word, kind: str) -> Reference:
        """The author outside quotations; inside one its speaker, for *we* only a candidate."""
        outer = self._quotations.around(index, head.start)
        if outer is None and self._quotations.marked_at(head.start):
            return Reference(None, "pronoun")
        if outer is None:
            return self._in_voice(head, kind)
        self._asked.add(index)  # two quotations that hold each other's I would ask each other for ever
        reference = self.of(outer) if outer not in self._asked else None
        self._asked.discard(index)
        if reference is None or reference.figure is None:
            return Reference(None, "pronoun", reference.candidates if reference is not None else ())
        if kind == "first_plural" and reference.figure.type in ("person", "anonymous", "unknown"):
            return Reference(None, "pronoun", (reference.figure,))
        reference.figure.spans.add((head.start, head.end))
        return Reference(reference.figure, "pronoun")

    def _in_voice(self, head: Word, kind: str) -> Reference:
        """Whom *I* and *we* mean outside quotations: the voice of an interview, a speech or a turn, else the author."""
        voice = self._voices.at(head.start)
        if voice is None:
            self._author.spans.add((head.start, head.end))
            return Reference(self._author, "author")
        figure = self._figure_of(voice)
        if figure is None:
            return Reference(None, "pronoun")
        if kind == "first_plural" and figure.type in ("person", "anonymous", "unknown"):
            return Reference(None, "pronoun", (figure,))
        figure.spans.add((head.start, head.end))
        return Reference(figure, voice.method)

    def _second_person(self, index: int, head: Word) -> Reference:
        """Whom *you* means: whoever is asked or addressed by name; nobody inside quotations, where hearers change."""
        if self._quotations.around(index, head.start) is not None or self._quotations.marked_at(head.start):
            return Reference(None, "pronoun")
        voice = self._voices.at(head.start)
        if voice is None or voice.hearer is None:
            return Reference(None, "pronoun")
        voice.hearer.spans.add((head.start, head.end))
        return Reference(voice.hearer, "hearer")

    def _figure_of(self, voice: Voice) -> Figure | None:
        if voice.figure is not None or voice.label is None:
            return voice.figure
        return self._label(voice.label).figure

    def _label(self, head: Word) -> Reference:
        """Who a turn's label is: a name or a role that the text knows, else what is printed."""
        turn = self._labels[id(head)]
        voice = self._voices.at(turn.label[0].start)
        if voice is not None and voice.figure is not None:
            return Reference(voice.figure, "label")
        mention = next((found for word in turn.label if (found := self._mention_of.get(id(word))) is not None), None)
        if mention is not None:
            reference = self._name(mention)
            return Reference(reference.figure, "label", reference.candidates)
        if self._lexicon.kind(turn.label[-1]) is not None:
            reference = self._description_of(turn.label[-1])
            return Reference(reference.figure, "label", reference.candidates)
        printed = self._text[turn.label[0].start : turn.label[-1].end].strip(".:")
        figure = self._printed.setdefault(printed, Figure(key=f"label:{printed}", name=printed, type="unknown"))
        return Reference(figure, "label")

    # -- descriptions ------------------------------------------------------------------------------------------------

    def _description_of(self, word: Word, source: Source | None = None) -> Reference:
        mention = self._role_of.get(id(word)) or self._name_after(word, source)
        if self._denies(word):
            return Reference(None, "pronoun")
        if mention is not None and (reference := self._name(mention)).figure is not None:
            self._found[id(mention.head)] = reference
            return reference
        if (
            word.lower in self._lexicon.short_forms
            or word.upos not in NOMINALS
            or word.lower in self._lexicon.words["pronouns_second"]
            or word.lower in self._lexicon.words["calendar_words"]
        ):
            return Reference(None, "description")
        phrase = read_phrase(self._text, word, self._lexicon)
        if phrase.words[0].upos == "PRON" and phrase.words[0].udeprel == "nsubj":
            return Reference(None, "pronoun")
        if is_broken(phrase):
            return Reference(None, "description")
        if phrase.article == "definite" and (aged := self._aged(phrase)):
            return Reference(aged[0] if len(aged) == 1 else None, "description", aged if len(aged) > 1 else ())
        owner = self._owner(phrase)
        if phrase.kind == "document" and owner is not None:
            return Reference(owner, "owner")
        if _is_address(phrase, self._lexicon) or _part_of_pronoun(phrase, self._lexicon):
            return Reference(None, "pronoun")
        if (phrase.kind == "unknown" and word.upos in ("PRON", "DET")) or phrase.text.lower() in ("one", "another"):
            return Reference(None, "pronoun")
        return self._descriptions.refer(
            phrase, self._kind(phrase, source), owner, learn=word.sentence.index not in self._headlines
        )

    def _denies(self, word: Word) -> bool:
        """Whether nobody is meant: *no official would say*."""
        return any(child.lower == "no" for child in word.children_by("det"))

    def _aged(self, phrase: Phrase) -> tuple[Figure, ...]:
        """Those of the age that the phrase gives, as far as the text has told theirs."""
        told = self._ages.get(age_in(phrase) or "", {}).values()
        return tuple(figure for figure, start in told if start < phrase.head.start)

    def _kind(self, phrase: Phrase, source: Source | None) -> str:
        """The phrase's kind; anonymous where the sentence says that the name is kept back."""
        if source is None or phrase.kind not in ("person", "group"):
            return phrase.kind
        sentence = phrase.head.sentence
        printed = " ".join(self._text[sentence.start : sentence.end].lower().split())
        hidden = any(words in printed for words in self._lexicon.words["anonymous_phrases"])
        return "anonymous" if hidden else phrase.kind

    def _owner(self, phrase: Phrase) -> Figure | None:
        word = phrase.owner
        if word is None:
            return None
        kind = self._lexicon.pronoun(word)
        if kind in THIRD_PERSON:
            return self._memory.resolve(word, kind).figure
        if kind is not None:
            return self._author if kind == "first" and self._quotations.at(word.start) is None else None
        reference = self._found.get(id(word))
        return reference.figure if reference is not None else None

    def _name_after(self, word: Word, source: Source | None) -> NameMention | None:
        """The person whose name follows a noun that the tree made its head: *panel chairman* Rep. Ana Ortega."""
        if source is None or self._lexicon.kind(word) not in (None, "person", "organization"):
            return None
        for other in source.words:
            mention = self._mention_of.get(id(other))
            if mention is not None and _ends(mention, source) and self._behind_body(word, mention):
                return mention
            follows = mention is not None and mention.words[0].id == word.id + 1
            person = mention is not None and mention.label == "PERSON"
            body = follows and self._lexicon.kind(word) == "organization"
            if mention is not None and (person or body) and other.start > word.end:
                between = word.sentence.words[word.id : mention.words[0].id - 1]
                return mention if all(sign.form in ("”", '"', "’", "'") for sign in between) else None
        return None

    def _behind_body(self, word: Word, mention: NameMention) -> bool:
        """Whether a name follows the body of an office before it: *head of the Harbour Council* Enver Sandoval."""
        words, first = word.sentence.words, mention.words[0].id
        body = self._mention_of.get(id(words[first - 2])) if first > 1 else None
        case = words[word.id] if word.id < len(words) else None
        return (
            mention.label == "PERSON"
            and body is not None
            and body.label == "ORG"
            and case is not None
            and case.lower == "of"
            and word.child("det") is None
            and body.words[0].id - case.id <= 2
        )

    # -- several together --------------------------------------------------------------------------------------------

    def _together(self, source: Source, head: Word) -> Reference | None:
        """One group for *Ortega and Medina*; None where the source is a single name or noun."""
        names = named_together(source, self._mention_of, self._role_of)
        if names:
            return self._group([self._name(name) for name in names], last_conjunction(source.words))
        mention = self._role_of.get(id(head)) or self._mention_of.get(id(head))
        others, conjunction = joined_words(source, head, mention, self._lexicon)
        if not others or not conjunction:
            return None
        references = [self._found.get(id(word)) or self._description_of(word) for word in (head, *others)]
        return self._group(references, conjunction)

    def _group(self, references: Sequence[Reference], conjunction: str) -> Reference:
        figures = [reference.figure for reference in references if reference.figure is not None]
        if len(figures) < len(references):
            return Reference(None, "coordination", tuple(figures))
        unique = list({id(figure): figure for figure in figures}.values())
        if len(unique) == 1:
            return Reference(unique[0], references[0].method)
        return Reference(self._groups.join(unique, conjunction), "coordination")

    def _span(self, head: Word) -> tuple[int, int]:
        following = head.sentence.words[head.id] if head.id < len(head.sentence.words) else None
        if id(head) not in self._mention_of and self._lexicon.title(head.form) is not None and following is not None:
            named = self._mention_of.get(id(following))  # the title that a parser made the head of its name
            if named is not None and named.titles:
                return named.start, named.end
        mention = self._role_of.get(id(head)) or self._mention_of.get(id(head))
        if mention is not None:
            return mention.start, mention.end
        if head.upos not in ("NOUN", "PROPN", "NUM", "ADJ"):
            return head.start, head.end
        phrase = read_phrase(self._text, head, self._lexicon)
        last = phrase.words[-1]
        return phrase.words[0].start, last.start + len(without_possessive(last.form))


def _part_of_pronoun(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether the phrase counts out of people whom a pronoun stands for: *many of them*."""
    last = phrase.words[-1]
    return last is not phrase.head and lexicon.pronoun(last) is not None


def _is_address(phrase: Phrase, lexicon: Lexicon) -> bool:
    """Whether the phrase is a form of address to a court that is used of a judge: *my Lord*."""
    owned = phrase.owner is not None and lexicon.pronoun(phrase.owner) in SPEECH_PERSONS
    return owned and phrase.noun in lexicon.words["bench_forms"]


def _ends(mention: NameMention, source: Source) -> bool:
    """Whether the name ends the source."""
    return bool(source.words) and source.words[-1] is mention.words[-1]
