"""Reads a text once from its first word to its last and settles whom each name, description and pronoun means."""

from __future__ import annotations

from collections.abc import Sequence

from quotekit.constructions import Context
from quotekit.speakers.addresses import is_spoken_to
from quotekit.speakers.agreement import agrees
from quotekit.speakers.asides import Ages, age_after, party_after
from quotekit.speakers.behind import held_by, name_behind, named_at_end, writer_of
from quotekit.speakers.capitals import is_headline
from quotekit.speakers.cast import Cast
from quotekit.speakers.coordination import NOMINALS, Groups, joined_words, last_conjunction, named_together
from quotekit.speakers.datelines import find_datelines
from quotekit.speakers.descriptions import Descriptions
from quotekit.speakers.evidence import gather, gendered, surname_genders
from quotekit.speakers.figures import BODIES, Figure, Reference
from quotekit.speakers.headlines import trim_headlines
from quotekit.speakers.heads import antecedent_of, conjuncts, head_of
from quotekit.speakers.lexicon import read_lexicon
from quotekit.speakers.memory import LEAST_REST, LIKELY, Memory
from quotekit.speakers.mentions import NameMention, find_names, names_in
from quotekit.speakers.owners import part_owners
from quotekit.speakers.phrases import Phrase, read_phrase
from quotekit.speakers.pronouns import before_name, goes_on, means_others, shows
from quotekit.speakers.quotations import Intervals, Quotations
from quotekit.speakers.readings import SPEECH_PERSONS, is_broken, kind_of, names_nobody
from quotekit.speakers.salience import Event
from quotekit.speakers.situation import Situation
from quotekit.speakers.source import Source
from quotekit.speakers.spans import span_of
from quotekit.speakers.voices import Voices
from quotekit.tree import Word

REFERRING = ("NOUN", "PROPN", "PRON", "DET")  # parts of speech of what may bring someone to mind
NOTED = ("nsubj", "obj", "iobj", "obl", "nmod:poss")  # places where he, she and they bring someone to mind
TOGETHER = ("nsubj", "nsubj:pass", "obl:agent")  # places of those who did something together
TOGETHER_SHARE = 0.6  # of salience: with 1.0 two of five *they* of news that meant others were given to such a pair
JOINED = ("person", "organization", "group", "anonymous")
THIRD_PERSON = ("male", "female", "neuter", "plural")


class References:
    """Whom the referring words of one text mean."""

    def __init__(
        self, context: Context, sources: Sequence[Source], *, author: str | None, memory: type[Memory] = Memory
    ) -> None:
        tree, turns = context.tree, context.turns
        self._text = tree.text
        self._lexicon = lexicon = read_lexicon(context.language)
        self._sources = sources
        self._heads = [head_of(source) for source in sources]
        self._source_at = {
            id(head): index for index, head in reversed(list(enumerate(self._heads))) if head is not None
        }
        self._quotations = Quotations(context, sources)
        self._headlines = frozenset(sentence.index for sentence in tree.sentences if is_headline(sentence))
        names, pronouns = find_names(tree, lexicon, self._headlines), list(gendered(tree, lexicon))
        mentions, self._owners, self._bodies = part_owners(trim_headlines(names, lexicon), lexicon)
        self._cast = Cast(mentions, lexicon, surname_genders(mentions, pronouns, lexicon))
        self._names = sorted(mentions, key=lambda mention: mention.start)
        self._mention_of = {id(word): mention for mention in mentions for word in mention.words}
        self._role_of = {**gather(self._text, self._cast, mentions, pronouns, lexicon), **self._owners}
        self._descriptions = Descriptions(lexicon)
        self._ages = Ages()
        self._teach(mentions)
        self._memory = memory(self._quotations.narrative(), context.language.antecedents)
        self._found: dict[int, Reference] = {}
        self._last: Figure | None = None  # who spoke before
        self._groups = Groups()
        self._datelines = Intervals([(*place, 0) for place in find_datelines(tree)])
        self._author = Figure(key="author:", name=author or "the author", type="author")
        self._printed: dict[str, Figure] = {}
        self._labels = {id(word): turn for turn in turns.values() for word in turn.label}
        marked = self._quotations.marked_at
        self._voices = Voices(tree, turns, mentions, lexicon, resolve=self._cast.certain, marked=marked)
        self._situation = Situation(
            self._quotations, self._voices, author=self._author, speaker=self.of, named=self._labelled
        )
        named = self._source_at.keys() | self._owners.keys() | self._mention_of.keys()
        for word in tree.words:
            if word.upos in REFERRING or id(word) in named:
                self._read(word)

    def of(self, index: int) -> Reference | None:
        """Whom the source with this index means; None where it has no words."""
        head = self._heads[index]
        if head is None or self._datelines.at(head.start) is not None:
            return None
        if id(head) in self._labels:
            reference = self._labelled(head)
            if reference.figure is not None:
                label = self._labels[id(head)].label
                reference.figure.spans.add((label[0].start, label[-1].end))
            return reference
        kind = self._lexicon.pronoun(head)
        if kind in ("first", "first_plural"):
            return self._situation.first(index, head, plural=kind == "first_plural")
        if kind == "second" or is_spoken_to(head, self._lexicon):
            return self._situation.second(index, head)
        together = self._together(self._sources[index], head)
        reference = together or self._found.get(id(head)) or self._description_of(head)
        if reference.figure is not None:
            reference.figure.spans.add(span_of(head, self._text, self._mention_of, self._role_of, self._lexicon))
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
                self._ages.learn(figure, age, mention.start)
            self._descriptions.learn_name(figure, mention)
        for figure in figures.values():
            for role in figure.roles:
                self._descriptions.learn(figure, role)

    def _read(self, word: Word) -> None:
        """Remember whom the word means, if anyone, and that it brought them to mind."""
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
            self._note_together(word, source)
            return
        # An open *he* brings to mind whom it may well mean, and whomever it means: of *he met Stone. He wrote …* both.
        rest = 1.0
        if reference.candidates and reference.shares and reference.shares[0] >= LIKELY:
            self._note(word, reference.candidates[0], source, reference.shares[0])
            rest = max(rest - reference.shares[0], LEAST_REST)
        if reference.stand_in is not None:
            self._note(word, reference.stand_in, source, rest)

    def _refer(self, word: Word, mention: NameMention | None, source: int | None) -> Reference | None:
        if mention is not None:
            return self._name(mention)
        return self._source(word, source) if source is not None else self._aside(word)

    def _name(self, mention: NameMention) -> Reference:
        known = self._found.get(id(mention.head))
        if known is not None:
            return known
        reference = self._cast.refer(mention, quoted=self._quotations.marked_at(mention.start))
        if reference.figure is not None:
            reference.figure.spans.add((mention.start, mention.end))
        return reference

    def _source(self, word: Word, index: int) -> Reference:
        kind = self._lexicon.pronoun(word)
        if kind is not None:
            return self._pronoun(word, kind, index)
        if self._lexicon.is_relative(word) and (antecedent := antecedent_of(word)) is not None:
            reference = self._antecedent_of(word, antecedent)
            thing = reference.figure is not None and reference.figure.described and reference.figure.type == "unknown"
            return Reference(None if thing else reference.figure, "relative", reference.candidates)
        return self._description_of(word, self._sources[index])

    def _antecedent_of(self, word: Word, antecedent: Word) -> Reference:
        """Whom the word before the clause means; *who* passes over a body, a place, a thing to the people beside it."""
        reference = self._found.get(id(antecedent)) or self._description_of(antecedent)
        above = antecedent.parent
        if word.lower not in ("who", "whom"):
            return reference
        if reference.figure is None:  # *donors in the country who want …*: who is no place, whichever is meant
            people = tuple(one for one in reference.candidates if one.type not in BODIES)
            return reference if people == reference.candidates else Reference(None, "relative", people)
        if reference.figure.type not in BODIES and reference.method != "owner":
            return reference  # *calls from listeners to Ruiz's programme who …*: the owner is not meant either
        if above is not None and antecedent.udeprel == "nmod" and self._lexicon.kind(above) in ("person", "group"):
            return self._found.get(id(above)) or self._description_of(above)
        return Reference(None, "relative", (reference.figure,))

    def _aside(self, word: Word) -> Reference | None:
        """What a word that is no source brings to mind: persons, bodies, groups, and whom he, she, they, his mean."""
        kind = self._lexicon.pronoun(word)
        if kind in ("male", "female", "plural"):
            known = word.udeprel in NOTED or word.deprel in NOTED
        else:
            known = word.upos in ("NOUN", "PROPN") and self._names_someone(word)
        if not known or word.sentence.index in self._headlines or self._quotations.at(word.start) is not None:
            return None
        return self._pronoun(word, kind, None) if kind is not None else self._description_of(word)

    def _names_someone(self, word: Word) -> bool:
        """Whether a noun that stands for itself means people or bodies: *the minister*, *Democrats*, not *my mayor*."""
        if word.udeprel in ("compound", "flat", "xcomp") or _is_predicate(word):
            return False
        if self._lexicon.kind(word) is None and not (word.upos == "PROPN" and word.has_feature("Number=Plur")):
            return False
        owners = word.children_by("nmod:poss")
        return all(self._lexicon.pronoun(one) not in SPEECH_PERSONS for one in owners)

    def _note(self, word: Word, figure: Figure, source: int | None, share: float = 1.0) -> None:
        quoted = self._quotations.at(word.start)
        if source is not None and quoted is None:
            self._last = figure
        reported = quoted is not None or self._quotations.reported_at(word.start)
        self._memory.note(Event(figure, word, quoted, reported, source is not None, share))

    def _note_together(self, word: Word, source: int | None) -> None:
        """Remember those who did something together, read to the last of them: *Ortega and Medina met. They said …*."""
        top = word.parent if word.udeprel == "conj" else None
        while top is not None and top.udeprel == "conj":
            top = top.parent
        if top is None or top.deprel not in TOGETHER:
            return
        joined = [top, *conjuncts(top)]
        conjunction = last_conjunction(top.sentence.words[top.id : word.id])
        if joined[-1] is not word or conjunction != "and":
            return
        figures = [found.figure for one in joined if (found := self._found.get(id(one))) is not None]
        together = {id(figure): figure for figure in figures if figure is not None and figure.type in JOINED}
        if len(together) == len(joined):
            group = self._groups.join(list(together.values()), conjunction)
            places = [span_of(one, self._text, self._mention_of, self._role_of, self._lexicon) for one in joined]
            group.spans.add((places[0][0], places[-1][1]))
            self._note(top, group, None, TOGETHER_SHARE)

    def _pronoun(self, word: Word, kind: str, index: int | None) -> Reference:
        if kind not in THIRD_PERSON:
            return Reference(None, "pronoun")
        content = self._sources[index].content if index is not None else ()
        quoted = self._quotations.at(word.start)
        speaker = self._speaker_of(quoted) if quoted is not None else None
        figures = (self._cast.certain(name) for name in names_in(self._names, content))
        named = {id(figure) for figure in figures if figure is not None}
        use = "other" if index is None else "tag" if content and content[0][0] < word.start else "source"
        again = self._last if quoted is None and goes_on(word, self._lexicon) else None
        reference = self._memory.resolve(
            word, kind, content=content, quoted=quoted, excluded=speaker, named=named, again=again, use=use
        )
        if kind in ("male", "female") and quoted is None and (later := self._named_later(word, kind)) is not None:
            reference = before_name(reference, later)
        if kind == "plural" and reference.figure is not None and means_others(word, reference, self._lexicon):
            return Reference(None, "pronoun", (reference.figure,))
        # *Harbour News published the drawing. It shows …*: what shows is a thing, and few of them are known.
        body = kind == "neuter" and reference.figure is not None and reference.figure.type == "organization"
        if body and shows(word, self._lexicon):
            return Reference(None, "pronoun")
        return reference

    def _named_later(self, word: Word, kind: str) -> Figure | None:
        """Whom the sentence names as its subject only behind the pronoun: *When he arrived, Stone said …*."""
        main = next((one for one in word.ancestors() if one.parent is None), None)
        subject = main.child("nsubj") if main is not None and word.parent is not main else None
        mention = self._mention_of.get(id(subject)) if subject is not None and word.precedes(subject) else None
        clause = next((one for one in word.ancestors() if one.parent is main), None)
        if mention is None or clause is None or clause.udeprel not in ("advcl", "advmod", "obl"):
            return None
        figure = self._cast.certain(mention)
        return figure if figure is not None and agrees(figure, kind) >= 1 else None

    def _speaker_of(self, index: int) -> Figure | None:
        head = self._heads[index]
        reference = self._found.get(id(head)) if head is not None else None
        return reference.figure or reference.stand_in if reference is not None else None

    def _labelled(self, head: Word) -> Reference:
        """Who a voice is, given a word of its turn's label: a name or a role that the text knows, else what is printed.

        Without a label the word describes the speaker: *here as the guest of honour*.
        """
        if id(head) not in self._labels:
            return self._description_of(head)
        label = self._labels[id(head)].label
        voice = self._voices.at(label[0].start)
        # *Q.*, and *Speaker 2*, who is another one than *Speaker 1*, are told apart by what is printed alone.
        letter = label[0].lower.strip(".:") in self._lexicon.words["turn_letters"] or label[-1].upos == "NUM"
        mention = next((found for word in label if (found := self._mention_of.get(id(word))) is not None), None)
        if voice is not None and voice.figure is not None:
            return Reference(voice.figure, "label")
        if mention is not None and not letter:
            reference = self._name(mention)
        elif not letter and self._lexicon.kind(label[-1]) is not None:
            reference = self._description_of(label[-1])
        else:
            place = (label[0].start, label[-1].end)
            printed = self._text[slice(*place)].strip(".:")
            new = Figure(key=f"label:{printed}", name=printed, type="unknown", spans={place})
            reference = Reference(self._printed.setdefault(printed, new), "label")
        return reference._replace(method="label")

    # -- descriptions ------------------------------------------------------------------------------------------------

    def _description_of(self, word: Word, source: Source | None = None) -> Reference:
        mention = self._role_of.get(id(word)) or name_behind(word, source, self._mention_of, self._lexicon)
        if mention is None and self._lexicon.kind(word) == "person":
            mention = named_at_end(word, source, self._mention_of)
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
        if names_nobody(phrase, self._lexicon):
            return Reference(None, "pronoun")
        if is_broken(phrase):
            return Reference(None, "description")
        if aged := self._ages.of(phrase):
            return Reference(aged[0] if len(aged) == 1 else None, "description", aged if len(aged) > 1 else ())
        owner = self._owner(phrase)
        if phrase.kind == "document" and owner is not None:
            self._descriptions.learn_owned(phrase, owner)
            return Reference(owner, "owner", medium=phrase.text)
        holder = held_by(phrase, self._mention_of, self._role_of, self._lexicon)
        if holder is not None:
            return Reference(self._name(holder).figure, "owner", medium=phrase.text)
        if (phrase.kind == "unknown" and word.upos in ("PRON", "DET")) or phrase.text.lower() in ("one", "another"):
            return Reference(None, "pronoun")
        kind = kind_of(phrase, self._text, self._lexicon, is_source=source is not None)
        learn = word.sentence.index not in self._headlines
        return self._descriptions.refer(phrase, kind, owner, learn=learn)

    def _owner(self, phrase: Phrase) -> Figure | None:
        word = phrase.owner
        if word is None:
            writer = writer_of(phrase, self._mention_of, self._role_of) if phrase.kind == "document" else None
            return self._name(writer).figure if writer is not None else None
        kind = self._lexicon.pronoun(word)
        if kind in THIRD_PERSON:
            return (self._found.get(id(word)) or self._pronoun(word, kind, None)).figure
        if kind is not None:
            return self._author if kind == "first" and self._quotations.at(word.start) is None else None
        reference = self._found.get(id(word))
        return reference.figure if reference is not None else None

    # -- several together --------------------------------------------------------------------------------------------

    def _together(self, source: Source, head: Word) -> Reference | None:
        """One group for *Ortega and Medina*; None where the source is a single name or noun."""
        names = named_together(source, self._mention_of, self._role_of)
        if names:
            return self._groups.together([self._name(name) for name in names], last_conjunction(source.words))
        mention = self._role_of.get(id(head)) or self._mention_of.get(id(head))
        others, conjunction = joined_words(source, head, mention, self._lexicon)
        if not others or not conjunction:
            return None
        references = [self._found.get(id(word)) or self._description_of(word) for word in (head, *others)]
        return self._groups.together(references, conjunction)


def _is_predicate(word: Word) -> bool:
    """Whether the word says what somebody is: *as a judge of cheese*, *is a mayor*."""
    case = word.child("case")
    return word.upos == "NOUN" and (word.child("cop") is not None or (case is not None and case.lower == "as"))
