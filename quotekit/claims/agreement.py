"""The verb that a name wants where *I* or *we* stood: *I am* becomes *Ruiz is*, *I've* becomes *Ruiz has*."""

from __future__ import annotations

from quotekit.language import Language, pairs
from quotekit.tree import Word

_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")
_APOSTROPHES = "'’"


def third_person(verb: Word, language: Language) -> str | None:
    """The form for he, she or a name; None where the verb has only one."""
    listed = pairs(language, "third_person_forms").get(verb.lower)
    if listed is not None:
        return listed
    if verb.upos == "VERB" and verb.xpos == "VBP":
        return with_s(verb.form)
    return None


def with_s(form: str) -> str:
    """The third person of a regular verb: *carries*, *watches*, *says*."""
    if form.endswith("y") and form[-2:-1] not in ("a", "e", "i", "o", "u"):
        return f"{form[:-1]}ies"
    return f"{form}es" if form.endswith(_SIBILANTS) else f"{form}s"


def in_full(verb: Word, language: Language) -> str | None:
    """A short form written out behind a name, with its space: *I'm* is cut into *I* and *'m*."""
    if not verb.form.startswith(tuple(_APOSTROPHES)):
        return None
    forms = pairs(language, "short_forms_in_full")
    written = (forms.get(f"{verb.lower} have") if _is_perfect(verb) else None) or forms.get(verb.lower)
    return None if written is None else f" {written}"


def _is_perfect(auxiliary: Word) -> bool:
    """Whether the auxiliary is *have*: *he's left*, *he's been a baker*, *I'd seen it*; not *he's paid by them*."""
    head = auxiliary.parent
    if head is None or auxiliary.deprel != "aux":
        return False
    after = (word for word in (head, *head.children_by("aux", "cop")) if auxiliary.precedes(word))
    following = min(after, key=lambda word: word.id, default=None)
    return following is not None and following.xpos in ("VBN", "VBD")
