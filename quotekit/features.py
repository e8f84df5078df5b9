"""What the scorer looks at: features of tree, marks and words, each a name that holds for a candidate or does not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from quotekit.constructions.match import Context, Match
from quotekit.constructions.phrases import is_passive
from quotekit.frozen import frozen
from quotekit.marks import MarkedSpan
from quotekit.role_features import role_features
from quotekit.tree import Sentence, Word, once_a_word


@frozen
class Candidate:
    """A match with its content as bounded by the marks."""

    match: Match
    words: tuple[Word, ...]
    type: str


# The lemma, its rate, its class, its other dependents and the marks around it weigh differently in each frame.
FRAME_BOUND = ("L=", "R=", "K=", "has=", "left=", "right=")
# What hangs on a cue and may still be of what was said: *said [the fever had passed and asked the family to wait]*.
HELD_RELATIONS = frozenset({"conj", "advcl", "parataxis", "obl"})
# Words that open a clause or a phrase and tell its kind by themselves; of others the tag does.
CLOSED_CLASSES = frozenset({"SCONJ", "CCONJ", "ADP", "PART", "PRON", "ADV", "DET"})


CLAUSE_SIGNS = frozenset({",", ";", "–", "—", "-"})  # before what may be a clause of its own
QUOTATION_MARKS = frozenset("\"'“”‘’«»„‹›") | {"''", "``"}


def bucket(count: int) -> str:
    """A small number as itself, a larger one by its power of two."""
    return str(count) if count < 4 else f"2^{count.bit_length()}"


def features(candidate: Candidate, context: Context) -> list[str]:
    """The names of the features that hold for this candidate, each once, always in the same order."""
    match = candidate.match
    found = frame_features(match)
    for name in (*bound_features(candidate, context), *free_features(candidate, context)):
        found.append(name)
        found.append(f"{match.construction}&{name}")
        if name.startswith(FRAME_BOUND):
            found.append(f"{match.frame}&{name}")
    return list(dict.fromkeys(found))


def frame_features(match: Match) -> list[str]:
    """The features of the construction itself, its frame and its link to the source."""
    construction, frame, link = match.construction, match.frame, match.link
    return [
        f"c={construction}",
        f"f={construction} {frame}",
        f"l={construction} {link}",
        f"fl={construction} {frame} {link}",
    ]


def bound_features(candidate: Candidate, context: Context) -> list[str]:
    """Those of the cue and of the quotations beside it, each once: some of them count again within the frame."""
    head = candidate.match.head
    ends = map(context.marked_span, (candidate.words[0], candidate.words[-1]))
    held = frozenset([span.index for span in ends if span is not None])
    if (found := context.known.get((head, held))) is None:
        found = list(dict.fromkeys([*_cue_features(head, context), *_side_features(head, held, context)]))
        context.known[head, held] = found
    return found


def free_features(candidate: Candidate, context: Context) -> list[str]:
    """Those of the source, the content and their places, each once; all count again within the construction."""
    match = candidate.match
    key = (match.head, match.cue, match.source, match.link)
    if (source := context.known.get(key)) is None:
        source = context.known[key] = list(_source_features(match, context))
    own = [*source, *_content_features(candidate, context), *_place_features(candidate, context)]
    return [*own, *role_features(match, candidate.words)] if context.tree.has_roles else own


def _cue_features(head: Word, context: Context) -> Iterator[str]:
    entry = context.language.cues.get((head.lemma.lower(), head.upos))
    yield f"L={head.lemma.lower()}" if entry is not None and entry.seen >= 4 else f"L=other {head.upos}"
    if entry is None:
        yield "R=unseen"
    else:
        rate = 10 * entry.reporting / (entry.seen + 4)
        yield f"R={int(rate)}"
        yield f"K={entry.cue_class}"
    yield f"xpos={head.xpos}"
    # A report is as likely inside another report as on its own.
    yield f"dep={'clause' if head.udeprel in ('root', 'ccomp', 'parataxis', 'conj') else head.udeprel}"
    if is_passive(head):
        yield "passive"
    for child in head.children:
        if child.udeprel == "aux":
            yield f"aux={child.lemma}"
        elif child.udeprel == "advmod" and child.lower in ("not", "n't", "never"):
            yield "negated"
        elif child.udeprel in ("ccomp", "xcomp", "obj", "obl", "iobj"):
            yield f"has={child.udeprel}"
        elif child.udeprel == "mark":
            yield f"mark={child.lower}"


def _source_features(match: Match, context: Context) -> Iterator[str]:
    source, head = match.source, match.source_head
    if head is None:
        yield "S=none"
        return
    tag = head.upos
    entity = next((word.ner.partition("-")[2] for word in source if word.ner != "O" and word.upos == "PROPN"), "")
    lexical = head.lower if tag in ("PRON", "DET") else head.lemma.lower() if tag == "NOUN" else tag
    yield from (
        f"S={tag}",
        f"E={entity}",
        f"N={lexical}",
        "number=plural" if head.has_feature("Number=Plur") else "number=singular",
        f"first={source[0].upos}",
        "initial=upper" if source[0].form[:1].isupper() else "initial=lower",
        f"source length={bucket(len(source))}",
    )
    if context.marked_span(head) is not None:
        # *“I think we won,” she said* is one report, *“He told me ‘run’,” she said* are two.
        yield f"source in marks={'first person' if head.lower in ('i', 'we') else 'other'}"
    verb = next((word for word in source if word.upos in ("VERB", "AUX")), None)
    if verb is not None:  # *Rana Iqbal, hailed as a pioneer*
        comma = next((word for word in source if word.form == ","), None)
        yield "source has verb" if comma is None or verb.precedes(comma) else "source has apposition"
    if head.sentence is not match.head.sentence:
        yield "source elsewhere"
        return
    subject = match.head.child("nsubj") if match.link == "wide" else None
    if subject is not None:
        # *Computer scientist | Rana Iqbal, hailed as a pioneer, warned*: where the tree cut, and what closes the whole.
        yield f"wide cut={_following(subject.descendants()[-1])} closes={_following(source[-1])}"
    before = head.precedes(match.head)
    yield f"source {'before' if before else 'after'}"
    cue = match.cue or (match.head,)  # the label *Q.* of a hearing has no sign of its own behind it
    left, right = (source[-1], cue[0]) if before else (cue[-1], source[0])
    between = head.sentence.words[left.id : max(left.id, right.id - 1)]
    yield f"source gap={bucket(sum(word.upos != 'PUNCT' for word in between))}"
    yield f"after source={_following(source[-1])}"


def _content_features(candidate: Candidate, context: Context) -> Iterator[str]:
    words = candidate.words
    first, last = words[0], words[-1]
    yield f"T={candidate.type}"
    yield f"length={bucket(len(words))}"
    yield f"opens={first.lower if first.upos in ('SCONJ', 'PART', 'ADP', 'PRON', 'DET', 'ADV') else first.upos}"
    held = set(words)
    head = next((word for word in words if word.parent not in held), first)
    yield f"content head={head.upos}"
    if head.upos in ("NOUN", "PRON"):
        yield f"content noun={head.lemma.lower()}"
    if context.is_cue(head):
        yield f"content cue={head.upos}"
    hanging = {
        child.udeprel for child in candidate.match.head.children if child.udeprel in HELD_RELATIONS and child in held
    }
    for relation in sorted(hanging):
        yield f"holds {relation} of cue"
    if head.lemma.lower() in context.language.words["person_nouns"]:
        yield "content person"
    if head.ner != "O":
        yield f"content entity={head.ner.partition('-')[2]}"
    if any(word.is_finite for word in words):
        yield "finite"
    yield f"pieces={bucket(_pieces(words))}"
    yield from _tail_features(words, candidate.match.head, context)
    yield f"after content={_following(last)}"
    yield from _rest_features(last, candidate, context)
    if not held.isdisjoint(candidate.match.head.ancestors()):
        yield "holds ancestor"  # *If the judge says [the will is void, the farm is sold]*
    sentence = last.sentence
    preceding = sentence.words[first.id - 2] if first.id > 1 and first.sentence is sentence else None
    if preceding is not None:
        itself = preceding.upos in ("PUNCT", "SCONJ", "ADP") or preceding.lower == "that"
        yield f"before content={preceding.lower if itself else preceding.upos}"
    if candidate.type != "indirect":
        yield from _mark_features(candidate, context)


def _rest_features(last: Word, candidate: Candidate, context: Context) -> Iterator[str]:
    """What the content leaves of its sentence: *…, but divers found a crack*, *…, adding that …*."""
    head = candidate.match.head
    same = head.sentence is last.sentence
    if same and head.id > last.id:
        return
    if (known := context.known.get(("rest", last))) is None:
        known = context.known["rest", last] = _rest_of(last, context)
    if not known:
        return
    opens, length, *cue = known
    yield opens
    yield length
    after = (child.udeprel for child in head.children if child.id > last.id and child.upos != "PUNCT")
    hangs = next(after, None) if same else None
    if hangs is not None:
        yield f"rest hangs on cue={hangs}"
    yield from cue


def _rest_of(last: Word, context: Context) -> tuple[str, ...]:
    """Those of what follows a word in its sentence, whatever stands before it; none where nothing follows."""
    rest = [word for word in last.sentence.words[last.id :] if word.upos != "PUNCT"]
    if not rest:
        return ()
    opens = f"rest opens={rest[0].lower if rest[0].upos in CLOSED_CLASSES else rest[0].xpos}"
    has_cue = any(word.upos == "VERB" and context.is_cue(word) for word in rest)
    return (opens, f"rest length={bucket(len(rest))}", *(["rest has cue"] if has_cue else []))


def _tail_features(words: Sequence[Word], head: Word, context: Context) -> Iterator[str]:
    """The last clause of the content after a comma, which may be the author's."""
    for index in range(len(words) - 2, 1, -1):
        if words[index].form in CLAUSE_SIGNS and words[index].sentence is words[-1].sentence:
            opening = words[index + 1]
            yield f"tail opens={opening.lower if opening.upos in CLOSED_CLASSES else opening.xpos}"
            tail = words[index + 1 :]
            hangs = next((word.udeprel for word in tail if word.parent is head), None)
            if hangs is not None:
                yield f"tail hangs on cue={hangs}"
            if any(word.upos == "VERB" and context.is_cue(word) for word in tail):
                yield "tail has cue"
            if any(word.udeprel == "nsubj" for word in tail):
                yield "tail has subject"
            return


def _mark_features(candidate: Candidate, context: Context) -> Iterator[str]:
    words = candidate.words
    first = next((word for word in words if context.marked_span(word) is not None), words[0])
    span = context.marked_span(first)
    if candidate.match.frame.startswith("nested"):
        span = context.marks.at(first.start)
    if span is None:
        return
    inside = context.words_in.get(span.index, words)
    if (known := context.known.get((span.index, inside))) is None:
        known = context.known[span.index, inside] = _span_features(span, inside, context.tree.text)
    length, opens, ends, sign, closed, finite = known
    yield from (length, opens, ends, sign)
    yield f"starts at mark={first is words[0]}"
    yield f"ends at mark={context.marked_span(words[-1]) is not None}"
    yield from (closed, finite)
    head = candidate.match.head
    if head.sentence is first.sentence or head.sentence is words[-1].sentence:
        left, right = (words[-1], head) if words[-1].precedes(head) else (head, first)
        between = context.between(left, right)
        verbs = sum(word.upos == "VERB" and context.marked_span(word) is None for word in between)
        yield f"verbs between={bucket(verbs)}"
        yield f"mark gap={bucket(len(between))}"
        subject = candidate.match.source_head
        order = "none" if subject is None else "before" if subject.precedes(head) else "after"
        ending, before = ends.partition("=")[2], sign.partition("=")[2]
        yield f"shape={candidate.match.frame} {ending} {before} {verbs} {order}"
        yield f"tag={candidate.match.frame} {ending} {verbs} {min(len(between), 3)} {order} {candidate.match.link}"


def _span_features(span: MarkedSpan, inside: Sequence[Word], text: str) -> tuple[str, ...]:
    """Those of a marked span and the words in it, whoever says them."""
    return (
        f"marked length={bucket(len(inside))}",
        f"mark opens={'upper' if text[span.inner_start : span.inner_start + 1].isupper() else 'lower'}",
        f"mark ends={_sign(text[span.inner_end - 1 : span.inner_end])}",
        f"before mark={_sign_before(text, span.start)}",
        f"closed={span.closed}",
        f"finite mark={any(word.is_finite for word in inside)}",
    )


def _side_features(head: Word, held: frozenset[int], context: Context) -> Iterator[str]:
    """What stands in marks on either side of the cue, and whether the content holds it.

    *“The dam,” Ruiz said, “is full.”*: a comma before the tag and a small letter after it make one quotation.
    """
    text = context.tree.text
    left, right = context.speech.before(head), context.speech.after(head)
    if left is not None:
        small = text[left.inner_start : left.inner_start + 1].islower()
        ending = _sign(text[left.inner_end - 1 : left.inner_end])
        yield f"left={'held' if left.index in held else 'left'} {ending} {small}"
    if right is not None:
        small = text[right.inner_start : right.inner_start + 1].islower()
        before = _sign_before(text, right.start)
        yield f"right={'held' if right.index in held else 'left'} {before} {small}"


def _sign(text: str) -> str:
    """The last character of a text that is no space; of letters and figures only that it is one."""
    last = text.rstrip()[-1:]
    return "w" if last.isalnum() else last


def _sign_before(text: str, place: int) -> str:
    """The sign before this place, over any number of blanks and hidden characters: *Ruiz said,\u200b  “but …”*."""
    while place and (text[place - 1].isspace() or unicodedata.category(text[place - 1]) == "Cf"):
        place -= 1
    return _sign(text[max(0, place - 1) : place])


@once_a_word
def _following(word: Word) -> str:
    """What comes after a word: a punctuation mark itself, of other words the part of speech."""
    rest = islice(word.sentence.words, word.id, None)
    following = next((other for other in rest if other.form not in QUOTATION_MARKS), None)
    if following is None:
        return "end"
    return following.form if following.upos == "PUNCT" else following.upos


def _pieces(words: Sequence[Word]) -> int:
    if words[-1].sentence is words[0].sentence and words[-1].id - words[0].id == len(words) - 1:
        return 1
    count = 1
    for left, right in pairwise(words):
        if left.sentence is right.sentence and right.id - left.id > 1:
            count += 1
    return count


def _is_headline(sentence: Sentence, context: Context) -> bool:
    """Whether the sentence is the whole first paragraph of an article that goes on."""
    following = context.tree.sentences[sentence.index + 1 : sentence.index + 2]
    return sentence.index == 0 and bool(following) and following[0].paragraph != sentence.paragraph


def _place_features(candidate: Candidate, context: Context) -> Iterator[str]:
    match, words = candidate.match, candidate.words
    sentence = match.head.sentence
    yield f"sentence={'headline' if _is_headline(sentence, context) else 'other'}"
    if sentence.words[-1].form == "?":
        yield "question"
    before = words[0].precedes(match.head)
    yield f"content {'before' if before else 'after'}"
    near = words[-1] if before else words[0]
    if near.sentence is sentence:
        between = context.between(near, match.head) if before else context.between(match.head, near)
        # *warned earlier this week after leaving the firm that …*: the complementizer bridges any gap.
        bridged = not before and bool(between) and between[-1].lower == "that"
        yield "gap=that" if bridged else f"gap={bucket(len(between))}"
        yield f"gap comma={any(word.form in ',:' for word in between)}"
