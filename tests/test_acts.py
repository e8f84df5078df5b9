"""The act of a quote: a table of sentences, each with what its source does."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from quotekit.acts import ACTS, GROUPS, OTHER, act
from quotekit.attribution import candidates
from quotekit.boundaries import content_spans
from quotekit.constructions import CONSTRUCTIONS, Context, Match
from quotekit.language import load_language
from quotekit.notation import parse_notation
from quotekit.schema import load_schema
from tests.trees import context_of, gold_context, written_tree

ROOT = Path(__file__).resolve().parent.parent
LISTS = tomllib.loads((ROOT / "quotekit" / "languages" / "en" / "acts.toml").read_text("utf-8"))

# Sentences with a hand-checked tree in fixtures/trees.
GOLD = """
    says       [S Nadia Haddad] [C said] that [Q the clinic would close its night ward in March].
    says       [S The surgeon] [C did not say] that [Q the scan was clear].
    says       [C According to] [S the coastguard], [Q the trawler sank within minutes].
    says       [Q The trawler sank within minutes], [C according to] [S two survivors].
    says       [Q Passengers will need a second form of identification], [C per] [S the airline].
    says       [C In the words of] [S one midwife], "[Q it was a night of miracles]."
    says       [S The violinist] [C was quoted as saying] that [Q the hall was too dry].
    says       [Q The tunnel] [C is said] [Q to run for eleven miles].
    says       [Q The drug] [C was described] by [S its makers] as [Q harmless].
    says       [S The referee] [C noted] that [Q the clock had stopped].
    says       [S Dimitra Pappas] resigned on Friday, [C calling] [Q the merger a betrayal].
    says       There were [C reports] that [Q the pilot had fallen ill].
    says       Despite [S the ministry's] [C assurance] that [Q stocks were ample], shelves stayed empty.
    says       [S Mayor Lindqvist][C :] "[Q The pool stays open]."
    says       “[Q We will rebuild].” [C –] [S Samir Khoury, baker]
    says       [S The mayor] [C climbed] onto a chair. "[Q Nobody leaves until we vote]."
    says       "[Q Forty degrees in the shade]," [C sighed] [S the postman].
    claims     [Q Wages], [C claims] [S the union], [Q have not kept up with rents].
    claims     [S No doctor] [C would claim] that [Q sugar is a medicine].
    claims     The engine stalled twice, but [S the instructor] [C insisted] [Q the glider was safe].
    claims     [Q The suspects] [C are alleged] [Q to have sold forged stamps].
    claims     Nothing came of [S the union's] [C allegation] that [Q guards had slept on duty].
    claims     [S Their] [C argument] was that [Q the land belonged to everyone].
    denies     [S The bank] [C denied] that [Q it had frozen the account].
    denies     [S Greta Lindholm] [C denied] [Q stealing the recipe].
    denies     [S The palace] [C dismissed] [Q the story as gossip].
    denies     [S Ola Persson] [C refused to say] [Q who paid for the trip].
    admits     [S Marguerite Lavoie] [C admitted] [Q she had never read the contract].
    admits     [S The operator] [C apologised for] [Q the late trains].
    warns      [S The coastguard] closed the beach, [C warning] that [Q the current was deadly].
    warns      [S Scientists] [C warned of] [Q a second eruption].
    warns      A [C warning] that [Q the river might burst its banks] kept the village awake.
    warns      A [C warning of] [Q floods] from [S the hydrologists] reached the town too late.
    predicts   "[Q Prices will fall before the winter]," [C predicted] [S analysts at Norbank].
    accuses    [S Senator Vuković] [C accused] [Q the bank of hiding its losses].
    accuses    [Q Olu Bankole] [C has been accused of] [Q tampering with the ballot].
    accuses    [S Fishermen] [C blame] [Q the dredging for the empty nets].
    accuses    [S The goalkeeper] left the pitch [C complaining of] [Q a sore shoulder].
    praises    [S Critics] [C praised] [Q the soprano as fearless].
    shows      [S A survey of 900 nurses] [C found] that [Q most work unpaid hours].
    shows      [S Experience] [C shows] that [Q cheap paint peels].
    asks       [S He] [C asked] [Q whether the bridge could carry a second tram line].
    asks       "[Q Is the road open?]" [S Yuki Tanabe] [C asked].
    asks       [S Residents] [C wondered] [Q why nobody had tested the sirens].
    asks       [S She] [C might ask] [Q why the door was open].
    orders     [S The choir] [C asked for] [Q a bigger hall and a later start].
    orders     [S The nurses' union] [C called for] [Q an inquiry into the deaths].
    orders     [S The bishop] [C told] [Q his staff to stay at home], per [V a leaked memo].
    orders     [S The judge] [C ordered] [Q the firm to pay damages].
    orders     [S Her] [C order:] "[Q Lower the flags]."
    promises   [S Abdul Karim] [C promised] [Q to return the medals].
    promises   [S The chairman's] [C promise] [Q to cut fees] came to nothing.
    believes   [S Chidi Okafor] [C thinks] [Q the league will expand to sixteen clubs].
    believes   [Q The two boxers] [C are believed] [Q to have met in secret].
    believes   [C In [S her] view], [Q the court has no choice].
    believes   [C In the opinion of] [S most farmers], [Q the subsidy came too late].
    believes   [C To [S the captain's] mind], [Q the pitch was unfit for play].
    believes   [C For] [S Marta Kowalczyk], [Q the cello is a kind of voice].
    believes   [Q The strike] [C is expected] [Q to last a week].
    feels      [S Her] [C fear] is that [Q the school will close].
    feels      [S The widow] [C was shocked] that [Q the letter had been opened].
    plans      [S The crew] [C sought] [Q permission to land].
"""
# The same for sentences whose tree is written here: the cue hangs on the word in capitals, the content is marked by +.
WRITTEN = [
    ("asks", "Ruiz PROPN 2 nsubj|ASKED/ask VERB 0 root|about ADP 5 case|+ the DET 5 det|+ toll NOUN 2 obl"),
    ("orders", "Ruiz PROPN 2 nsubj|ASKED/ask VERB 0 root|her PRON 2 obj|+ to PART 5 mark|+ leave VERB 2 xcomp"),
    ("orders", "We PRON 3 nsubj:pass|were AUX 3 aux:pass|TOLD/tell VERB 0 root|+ to PART 5 mark|+ wait VERB 3 xcomp"),
    ("orders", "Ruiz PROPN 2 nsubj|ASKED/ask VERB 0 root|+ her PRON 2 obj|+ for ADP 5 case|+ help NOUN 2 obl"),
    ("orders", "Ruiz PROPN 2 nsubj|CALLED/call VERB 0 root|on ADP 4 case|+ us PRON 2 obl|+ to PART 6 mark|+ go VERB 2 xcomp"),
    ("says", "Ruiz PROPN 2 nsubj|CALLED/call VERB 0 root|+ her PRON 2 obj|+ brave ADJ 2 xcomp|+ for ADP 6 case|+ it PRON 2 obl"),
    ("says", "She PRON 3 nsubj:pass|was AUX 3 aux:pass|CALLED/call VERB 0 root|+ brave ADJ 3 xcomp|+ for ADP 6 case|+ it PRON 3 obl"),
    ("claims", "Ruiz PROPN 2 nsubj|CLAIMS/claim VERB 0 root|+ it PRON 4 nsubj|+ leaks VERB 2 ccomp|+ to PART 6 mark|+ annoy VERB 2 advcl"),
    ("agrees", "They PRON 2 nsubj|AGREED/agree VERB 0 root|on ADP 5 case|+ a DET 5 det|+ price NOUN 2 obl"),
    ("denies", "Ruiz PROPN 2 nsubj|BACKED/back VERB 0 root|away ADV 2 advmod|from ADP 6 case|+ the DET 6 det|+ plan NOUN 2 obl"),
    ("says", "Ruiz PROPN 2 nsubj|TOLD/tell VERB 0 root|us PRON 2 iobj|+ it PRON 5 nsubj|+ leaks VERB 2 ccomp"),
    ("promises", "Ruiz PROPN 2 nsubj|AGREED/agree VERB 0 root|+ to PART 4 mark|+ pay VERB 2 xcomp"),
    ("agrees", "Ruiz PROPN 2 nsubj|AGREED/agree VERB 0 root|that SCONJ 5 mark|+ it PRON 5 nsubj|+ leaks VERB 2 ccomp"),
    ("promises", "Ruiz PROPN 2 nsubj|THREATENED/threaten VERB 0 root|+ to PART 4 mark|+ sue VERB 2 xcomp"),
    ("promises", "Ruiz PROPN 3 nsubj|never ADV 3 advmod|OFFERED/offer VERB 0 root|+ to PART 5 mark|+ pay VERB 3 xcomp"),
    ("denies", "Ruiz PROPN 2 nsubj|RULED/rule VERB 0 root|out ADP 2 compound:prt|+ a DET 5 det|+ sale NOUN 2 obj"),
    ("decides", "The DET 2 det|court NOUN 3 nsubj|RULED/rule VERB 0 root|+ it PRON 5 nsubj|+ leaks VERB 3 ccomp"),
    ("decides", "Members NOUN 2 nsubj|VOTED/vote VERB 0 root|+ to PART 4 mark|+ strike VERB 2 xcomp"),
    ("decides", "Ruiz PROPN 2 nsubj|DECIDED/decide VERB 0 root|+ to PART 4 mark|+ stay VERB 2 xcomp"),
    ("plans", "Ruiz PROPN 2 nsubj|WANTS/want VERB 0 root|+ to PART 4 mark|+ stay VERB 2 xcomp"),
    ("plans", "Ruiz PROPN 2 nsubj|HOPES/hope VERB 0 root|for ADP 4 case|+ rain NOUN 2 obl"),
    ("plans", "Ruiz PROPN 2 nsubj|PLANS/plan VERB 0 root|+ to PART 4 mark|+ sell VERB 2 xcomp"),
    ("perceives", "Ruiz PROPN 2 nsubj|HEARD/hear VERB 0 root|+ it PRON 4 nsubj|+ leaks VERB 2 ccomp"),
    ("perceives", "It PRON 2 expl|SEEMS/seem VERB 0 root|+ it PRON 4 nsubj|+ leaks VERB 2 ccomp"),
    ("perceives", "Divers NOUN 2 nsubj|SAW/see VERB 0 root|+ it PRON 4 nsubj|+ leak VERB 2 ccomp"),
    ("believes", "Ruiz PROPN 2 nsubj|SEES/see VERB 0 root|+ it PRON 2 obj|+ as ADP 6 case|+ a DET 6 det|+ risk NOUN 2 obl"),
    ("knows", "Ruiz PROPN 2 nsubj|KNOWS/know VERB 0 root|+ it PRON 4 nsubj|+ leaks VERB 2 ccomp"),
    ("knows", "Ruiz PROPN 2 nsubj|FOUND/find VERB 0 root|out ADP 2 compound:prt|+ it PRON 5 nsubj|+ leaks VERB 2 ccomp"),
    ("believes", "Ruiz PROPN 3 nsubj|is AUX 3 cop|CONFIDENT/confident ADJ 0 root|+ it PRON 5 nsubj|+ leaks VERB 3 ccomp"),
    ("feels", "Ruiz PROPN 3 nsubj|is AUX 3 cop|GLAD/glad ADJ 0 root|that SCONJ 6 mark|+ it PRON 6 nsubj|+ leaks VERB 3 ccomp"),
    ("says", "Ruiz PROPN 2 nsubj|POINTED/point VERB 0 root|out ADP 2 compound:prt|+ it PRON 5 nsubj|+ leaks VERB 2 ccomp"),
    ("says", "Ruiz PROPN 2 nsubj|MADE/make VERB 0 root|clear ADJ 2 xcomp|+ it PRON 5 nsubj|+ leaks VERB 2 ccomp"),
    ("denies", "Ruiz PROPN 4 nsubj|did AUX 4 aux|not PART 4 advmod|DENY/deny VERB 0 root|+ it PRON 6 nsubj|+ leaks VERB 4 ccomp"),
    ("denies", "Ruiz PROPN 2 nsubj|declined/decline VERB 0 root|to PART 4 mark|CONFIRM/confirm VERB 2 xcomp|+ it PRON 4 obj"),
    ("other", "Ruiz PROPN 2 nsubj|ZIGZAGGED/zigzag VERB 0 root|+ it PRON 4 nsubj|+ leaks VERB 2 ccomp"),
    ("other", "Ruiz PROPN 2 nsubj|SCRAMBLED/scramble VERB 0 root|+ to PART 4 mark|+ leave VERB 2 xcomp"),
]  # fmt: skip


def _rows() -> list[tuple[str, str]]:
    return [(name, rest.strip()) for name, rest in (line.split(maxsplit=1) for line in GOLD.strip().splitlines())]


def _acts_found(marked: str) -> set[str]:
    """The acts of all candidates with the cue and the content in brackets."""
    noted = parse_notation(marked)
    context, quote = gold_context(noted.text), noted.quotes[0]
    found = set()
    for candidate in candidates(context):
        places = content_spans(candidate.words, context, asked=False)
        of_cue = any(start <= word.start < end for word in candidate.match.cue for start, end in quote.cue)
        if of_cue and _letters(places, noted.text) == _letters(quote.content, noted.text):
            found.add(act(candidate.match, candidate.type, context))
    return found


def _letters(places: tuple[tuple[int, int], ...], text: str) -> str:
    return re.sub(r"\W", "", "".join(text[start:end] for start, end in places))


def _written(rows: str) -> tuple[Context, Match]:
    context = context_of(written_tree(rows.replace("+ ", "")))
    words = context.tree.words
    head = next(word for word in words if word.form.isupper() and len(word.form) > 1)
    content = tuple(word for word, row in zip(words, rows.split("|"), strict=True) if row.startswith("+"))
    first = head.parent.id if head.udeprel == "xcomp" and head.parent else head.id
    cue = head.sentence.words[first - 1 : head.id]
    return context, Match("complement", head, cue, (), content, "ccomp", "subject")


@pytest.mark.parametrize(("wanted", "marked"), _rows())
def test_act(wanted: str, marked: str) -> None:
    assert _acts_found(marked) == {wanted}


@pytest.mark.parametrize(("wanted", "rows"), WRITTEN)
def test_act_of_a_written_tree(wanted: str, rows: str) -> None:
    context, match = _written(rows)
    assert act(match, "indirect", context) == wanted


@pytest.mark.parametrize(("type", "construction"), [("direct", "complement"), ("mixed", "object"), ("indirect", "tag")])
def test_a_cue_in_no_list_says_what_stands_in_marks_or_has_a_tag(type: str, construction: str) -> None:
    context, match = _written("Ruiz PROPN 2 nsubj|ZIGZAGGED/zigzag VERB 0 root|+ it PRON 4 nsubj|+ leaks VERB 2 ccomp")
    other = Match(construction, match.head, match.cue, (), match.content, match.frame, match.link)
    assert act(other, type, context) == "says"
    assert act(match, "indirect", context) == OTHER


def test_a_source_is_no_cue() -> None:
    """*according to the indictment* says; it does not accuse."""
    context = gold_context('According to the indictment, the accountant moved the money through three "ghost" firms.')
    found = {act(c.match, "indirect", context) for c in candidates(context) if c.match.construction == "prepositional"}
    assert found == {"says"}
    heads = [candidate.match for candidate in candidates(context) if candidate.match.head.lower == "indictment"]
    bare = [Match("prepositional", match.head, match.cue[:1], (), match.content, match.frame, "") for match in heads]
    assert {act(match, "indirect", context) for match in bare} == {"says"}


def test_every_act_has_its_list_and_a_cue_stands_in_one() -> None:
    assert sorted(LISTS) == sorted(set(ACTS) - {OTHER})
    cues = Counter(word for table in LISTS.values() for word in table["words"])
    assert [cue for cue, count in cues.items() if count > 1] == []


def test_the_lists_know_the_cues_that_report_most() -> None:
    """Of the reports that the training corpus saw, few fall back: those of light verbs and of parsers' odd lemmas."""
    known = {word for table in LISTS.values() for word in table["words"]}
    reports = Counter(
        entry.lemma in known for entry in load_language("en").cues.values() for _ in range(entry.reporting)
    )
    assert reports[True] >= 0.85 * reports.total()


def test_every_act_is_in_one_group_but_the_last() -> None:
    grouped = Counter(name for names in GROUPS.values() for name in names)
    assert set(grouped.values()) == {1}
    assert set(ACTS) - set(grouped) == {OTHER}
    assert not set(GROUPS) & set(ACTS)


def test_constructions_that_are_speech_exist() -> None:
    from quotekit.acts import SPEAKING

    assert {construction.name for construction in CONSTRUCTIONS} >= SPEAKING


def test_the_schema_closes_the_list() -> None:
    field = load_schema("extraction")["$defs"]["quote"]["properties"]["act"]
    assert field["enum"] == list(ACTS)
    assert [name for name in ACTS if not re.search(rf"\b{name}\b", field["description"])] == []


def test_the_readme_says_what_each_act_means() -> None:
    rows = dict(re.findall(r"(?m)^\| `([a-z]+)` \| ([^|]+) \|$", (ROOT / "README.md").read_text("utf-8")))
    told = {name: rows.get(name) for name in LISTS}
    assert told == {
        name: f"{table['about'][0].lower()}{table['about'][1:].rstrip('.')}" for name, table in LISTS.items()
    }
