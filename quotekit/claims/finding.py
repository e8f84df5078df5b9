"""Content → claims: every statement of every quote with its types, its holder's stance, its text and its worth."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Sequence

from quotekit.attribution import Attribution
from quotekit.boundaries import Offsets, content_spans
from quotekit.claims.dates import nearest_weekday, read_date, relative_times, weekday_number
from quotekit.claims.factuality import Report, factors
from quotekit.claims.kinds import is_checkable, kinds
from quotekit.claims.referents import Referents
from quotekit.claims.reports import Reports
from quotekit.claims.signs import Sign, found_in
from quotekit.claims.standalone import Reading, Setting, read_alone
from quotekit.claims.statements import Statement, statements, subject_of
from quotekit.claims.worth import load_worth
from quotekit.constructions import Context
from quotekit.constructions.phrases import trimmed
from quotekit.model import Claim, Quote, Shown, Span, Speaker
from quotekit.tree import Word

# Forms that lack a subject of their own, and acts whose infinitive states something: *claims to have won*, *denied
# leaking*.
SUBJECTLESS = frozenset({"infinitive", "gerund"})
STATING = frozenset({"says", "claims", "denies", "admits", "believes", "shows", "accuses", "knows"})


def find_claims(
    attributions: Sequence[Attribution],
    quotes: Sequence[Quote],
    speakers: Sequence[Speaker],
    context: Context,
    *,
    sha256: str,
    published: str | None,
    all_claims: bool = False,
) -> tuple[Claim, ...]:
    """The checkable statements in the quotes of a document, in text order.

    ``all_claims`` keeps what is left out otherwise, with types that say so: opinions, wishes, orders, promises, open
    questions, small talk, and contents without a predicate.
    """
    known = {speaker.id: speaker for speaker in speakers}
    reports = Reports(attributions, quotes, known, context)
    finder = _Finder(reports, speakers, context, sha256, read_date(published), all_claims)
    found = [claim for index in range(len(attributions)) for claim in finder.claims(index)]
    unique = {
        tuple((span.start, span.end) for span in claim.content): claim for claim in found
    }  # inner quotes are later
    return tuple(sorted(unique.values(), key=lambda claim: (claim.content[0].start, -claim.content[-1].end)))


class _Finder:
    """Finds the claims of one document, quote by quote."""

    def __init__(
        self,
        reports: Reports,
        speakers: Sequence[Speaker],
        context: Context,
        sha256: str,
        day: datetime.date | None,
        all_claims: bool,
    ) -> None:
        self._reports = reports
        self._context = context
        self._language = context.language
        self._worth = load_worth(context.language)
        self._sha256 = sha256
        self._day = day
        self._all = all_claims
        self._referents = Referents(
            language=context.language,
            speaking=reports.speaking,
            mentions={(s.start, s.end): one for one in speakers if one.type != "author" for s in one.mentions},
            people=_people(context),
        )

    def claims(self, index: int) -> Iterator[Claim]:
        """The claims of the quote with this index."""
        if self._reports.is_own(index) or self._reports.is_inner_view(index):
            return
        if self._reports.asks_reader(index) and not self._all:
            return
        attribution, report = self._reports.attributions[index], self._reports.report(index)
        for statement in statements(attribution.words, self._language):
            found = found_in(statement.words, self._language)
            stances = factors(statement, report, found, self._language)
            types = kinds(statement, report, stances, found, self._language, own=self._is_own(index, statement))
            if self._all or (is_checkable([sign.what for sign in types]) and self._states(statement, report)):
                yield self._claim(index, statement, stances, types)

    def _states(self, statement: Statement, report: Report) -> bool:
        """Whether a statement without a subject says that something is so: *denied leaking*, not *refused to leave*."""
        refused = report.act == "denies" and statement.form == "infinitive"
        return statement.form not in SUBJECTLESS or (report.act in STATING and not refused)

    def _is_own(self, index: int, statement: Statement) -> bool:
        """Whether the subject, a pronoun outside the holder's own words, stands for the holder."""
        subject, speaker = subject_of(statement.head), self._reports.speaker(index)
        if subject is None or speaker is None or self._referents.kind(subject) is None:
            return False
        return self._referents.name_for(subject, statement.words)[0] == speaker.name

    def _claim(self, index: int, statement: Statement, stances: Sequence[Sign], types: Sequence[Sign]) -> Claim:
        quote = self._reports.quotes[index]
        spans = content_spans(statement.words, self._context)
        reading = self._read(index, statement, spans, past=all(sign.what != "predicted" for sign in stances))
        score, reasons = self._worth.judge(statement.words, (*types, *stances))
        return Claim(
            id=self._id(quote, spans),
            quote=quote.id,
            content=tuple(self._span(start, end) for start, end in spans),
            text=reading.text,
            speaker=quote.speaker.id if quote.speaker else None,
            stance=stances[0].what,
            types=tuple(sign.what for sign in types),
            checkworthiness=round(score, 4),
            reasons=reasons,
            factors=tuple(sign.what for sign in stances),
            shown=tuple(self._shown((*types, *stances))),
            chain=tuple(self._reports.chain(index)),
            edits=reading.edits,
            unresolved=tuple(self._span(phrase[0].start, phrase[-1].end) for phrase in reading.unresolved),
        )

    def _id(self, quote: Quote, spans: Iterable[Offsets]) -> str:
        places = [self._sha256, quote.id, *(f"{start}-{end}" for start, end in spans)]
        return "c-" + hashlib.sha256("|".join(places).encode()).hexdigest()[:16]

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self._context.tree.text[start:end])

    def _shown(self, signs: Iterable[Sign]) -> Iterator[Shown]:
        text = self._context.tree.text
        for sign in signs:
            if sign.words:
                start, end = sign.words[0].start, max(word.end for word in sign.words)
                yield Shown(sign.what, start, end, text[start:end])

    # -- its text --------------------------------------------------------------------------------------------------

    def _read(self, index: int, statement: Statement, spans: Sequence[Offsets], *, past: bool) -> Reading:
        subject, named = statement.subject, None
        finite = any(word.has_feature("VerbForm=Fin") and word.parent is statement.head for word in statement.words)
        if statement.form in SUBJECTLESS and subject_of(statement.head) is None and not subject and not finite:
            subject, named = self._given_subject(index, statement)
        day = self._day_of(self._reports.attributions[index])
        setting = Setting(self._context.tree.text, self._referents, day)
        return read_alone(statement.words, spans, subject, named, setting, past=past)

    def _given_subject(self, index: int, statement: Statement) -> tuple[tuple[Word, ...], str | None]:
        """Of whom *hiding cracks* or *to have won* is said: the one accused, else who says it."""
        attribution = self._reports.attributions[index]
        accused = attribution.match.head.child("obj")
        if attribution.act == "accuses" and accused is not None:
            held = {word.start for word in statement.words}
            words = trimmed([word for word in accused.descendants() if word.start not in held])
            return (words, None) if accused.start not in held else ((), None)
        speaker = self._reports.speaker(index)
        if speaker is not None:
            return (), speaker.name
        return attribution.match.source, None

    def _day_of(self, attribution: Attribution) -> datetime.date | None:
        """The day from which the words count: that of printing, or that on which the report says they were said."""
        if self._day is None or not attribution.match.cue:
            return self._day
        held = {word.start for word in attribution.words}
        beside = [
            word for child in attribution.match.head.children for word in child.descendants() if word.start not in held
        ]
        for word in beside:
            number = weekday_number(word, self._language)
            if number is not None:
                return nearest_weekday(self._day, number, past=True)
        for _, unit, count in relative_times(beside, self._language):
            return self._day + datetime.timedelta(days=count) if unit == "day" else None
        return self._day


def _people(context: Context) -> dict[int, str]:
    """Where each name of a person begins, and the name as it is printed, without a possessive."""
    found = {}
    for entity in context.tree.entities:
        if entity.type == "PERSON":
            words = [word for word in entity.words if word.lower not in ("'s", "'") and word.xpos != "NNPS"]
            name = context.tree.text[words[0].start : words[-1].end] if words else ""
            found.update({word.start: name for word in words[:1]})
    return found
