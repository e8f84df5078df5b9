"""Which marks pair within a paragraph; the signs are explained in ``notation``."""

from __future__ import annotations

import pytest

from quotekit.marks import find_marks
from tests.marks.notation import notated, plain

CASES = """
# Every style of marks pairs with its own kind.
"⟦The ferry is late,⟧" Okafor said.
“⟦The ferry is late,⟧” Okafor said.
‘⟦The ferry is late,⟧’ Okafor said.
'⟦The ferry is late,⟧' Okafor said.
„⟦Die Fähre hat Verspätung⟧“, sagte Okafor.
„⟦Prom się spóźnia⟧”, powiedziała Okafor.
‚⟦Die Fähre hat Verspätung⟧‘, sagte Okafor.
«⟦Le bac est en retard⟧», a dit Okafor.
«⟦ Le bac ⟧», a dit Okafor, «⟦ est en retard ⟧».
»⟦Die Fähre hat Verspätung⟧«, sagte Okafor.
»⟦Lautta on myöhässä⟧», Okafor sanoi.
‹⟦Le bac est en retard⟧›, a dit Okafor.
›⟦Die Fähre hat Verspätung⟧‹, sagte Okafor.
「⟦船が遅れている⟧」とオカフォーは言った。
『⟦船が遅れている⟧』とオカフォーは言った。
奥卡福说：“⟦船晚点了⟧”。
奥卡福说“⟦船晚点了⟧”，又说‘⟦明天再来⟧’吧。
奥卡福说"⟦船晚点了⟧"。
〝⟦船晚点了⟧〞，她说。
``⟦The ferry is late,⟧'' Okafor said.
`⟦The ferry is late,⟧' Okafor said.
''⟦The ferry is late,⟧'' Okafor said, ''⟦again.⟧''
‘‘⟦The ferry is late,⟧’’ Okafor said.
″⟦The ferry is late,⟧″ Okafor said.
＂⟦The ferry is late⟧＂, Okafor said.
&quot;⟦The ferry is late,⟧&quot; Okafor said.

# A closing mark may differ in style from its opening one.
“⟦Mind the gap,⟧" she said.
"⟦Mind the gap,⟧” she said.
"⟦Mind the gap,⟧'' she said.
‘⟦Mind the gap,⟧' she said.
'⟦Mind the gap,⟧’ she said.

# Curly marks that face the wrong way still pair.
“⟦Lower the ramp,⟧“ she said.
”⟦Lower the ramp,⟧” she said.
”⟦Lower the ramp,⟧“ she said.
‘⟦Lower the ramp,⟧‘ she said.
’⟦Lower the ramp,⟧’ she said.

# Several quotations in one paragraph do not run together.
"⟦The ramp,⟧" said Reyes, "⟦is stuck.⟧" She kicked it. "⟦Stuck fast.⟧"
She called it "⟦slow⟧" and "⟦badly run⟧".
“⟦Is it stuck?⟧” Reyes asked. “⟦It is!⟧” the mate shouted.
They sang "⟦Low Tide,⟧" "⟦The Ramp⟧" and "⟦Home.⟧"

# Nesting: alternating kinds, and the same kind within itself.
“⟦My mate said ‘⟦jump⟧’ and I jumped,⟧” he said.
"⟦My mate said '⟦jump⟧' and I jumped,⟧" he said.
‘⟦My mate said “⟦jump⟧” and I jumped,⟧’ he said.
'⟦My mate said "⟦jump⟧" and I jumped,⟧' he said.
“⟦My mate said “⟦jump⟧” and I jumped,⟧” he said.
"⟦My mate said "⟦jump⟧" and I jumped,⟧" he said.
„⟦Sie sagte ‚⟦spring⟧‘ und ich sprang⟧“, sagte er.
«⟦Elle a crié “⟦saute⟧” et j’ai sauté⟧», dit-il.
「⟦彼女は『⟦跳べ⟧』と言った⟧」と彼は話した。
''⟦My mate said '⟦jump⟧' and I jumped,⟧'' he said.

# Three levels, and levels that begin or end at the same place.
“⟦She told me, ‘⟦He wrote “⟦no⟧” on it,⟧’ so I left,⟧” said Bello.
“⟦I heard her say ‘⟦jump.⟧’⟧”
"⟦I heard her say '⟦jump.⟧'⟧"
“⟦‘⟦Jump⟧’ is what I heard,⟧” he said.
"⟦'⟦Jump⟧' is what I heard,⟧" he said.
“⟦She told me, ‘⟦He wrote “⟦no.⟧”⟧’⟧”
“⟦‘⟦“⟦No⟧” is not an answer,⟧’ she told me,⟧” he said.
''⟦I heard her say '⟦jump.⟧'⟧''
"⟦He yelled 'jump⟧" is all she would say.

# Apostrophes within a word are no marks.
It's Okafor's ferry and she won't sell O'Hara's pier.
It’s Okafor’s ferry and she won’t sell O’Hara’s pier.
'⟦It's the harbour's ferry, isn't it?⟧' O'Hara asked.
‘⟦It’s the harbour’s ferry, isn’t it?⟧’ O’Hara asked.
Okafor‘s ferry was late.

# Apostrophes at a word's edge: plural possessives, elisions, decades, dropped letters.
The passengers' bags and the divers' boats were lost.
The passengers’ bags and the divers’ boats were lost.
'⟦It's the pilots' job, 'tis plain,⟧' Okafor said.
‘⟦It’s the pilots’ job, ’tis plain,⟧’ Okafor said.
‘⟦The pilots’ union wants the divers’ pay,⟧’ he said.
'⟦The pilots' union wants more,⟧' he said, '⟦and the divers' too.⟧'
Give 'em rock 'n' roll of the '90s, 'cause they're ol' salts.
Give ’em rock ’n’ roll of the ’90s, ’cause they’re ol’ salts.
Give ‘em rock ‘n’ roll of the ‘90s.
'⟦Give 'em the slip, runnin' or walkin',⟧' he said.
'⟦'Tis the pilots' own fault,⟧' she said.
“⟦’Twas in ’08 that the pilots’ pay fell,⟧” she said.
The U.N.'s envoy and the Smith Jr.'s boat.
Sophie in 't Zand owns 's-Graven Pier.
the "⟦refit⟧"'s cost and the “⟦refit⟧”’s end

# British headlines and single words in single marks.
Ferry '⟦one wave away⟧' from sinking, warns pilot
Ferry ‘⟦one wave away⟧’: pilot
The ‘⟦experts⟧’ and the ‘⟦pilots⟧’ agree on the boys’ tale.
'⟦He wants the boys⟧' she said of the pilots' lawyer.
'⟦Sink or swim⟧' is the pilots' motto.

# Inches, feet, minutes and seconds are no marks, alone or within a quotation.
A 6'2" pilot tied a 3" rope to a 12' pole.
A 6’2” pilot tied a 3” rope to a 12’ pole.
The wreck lies at 54° 32' 10" north, 3° 5' 2" west.
The wreck lies at 54° 32′ 10″ north.
"⟦The 6" rope broke,⟧" she said.
"⟦He is 6'2" and strong,⟧" she said.
"⟦Rope 3" thick, pole 12' long,⟧" she read.
A sheet of 4" by 8" ply was all the "⟦repair⟧" took.
A 6" pole bore the sign "⟦Keep off⟧".
He counted "⟦up to 12⟧" and stopped.
The years ‘⟦1914 to 1918⟧’ are cut into the pier.

# A missing end runs to the end of the paragraph, but not past the next mark that opens again.
"⟦The ferry is late, Okafor said.⟫
“⟦The ferry is late, Okafor said.⟫
Okafor said: “⟦The ferry is late.⟫
'⟦The ferry is late, Okafor said.⟫
‘⟦The ferry is late, Okafor said.⟫
"⟦The ferry is late, Okafor said.⟫ "⟦We wait.⟧"
“⟦The ferry is late, Okafor said.⟫ “⟦We wait.⟧”
"⟦We wait,⟧" she said. "⟦The ferry is late.⟫
“⟦My mate said ‘⟦jump,⟫⟧” she said.
«⟦Le bac est en retard, a dit Okafor.⟫

# A mark before a speaker's label that nothing closes: some print each turn of a transcript so.
"OKAFOR: Is the ferry late?
"MS. REYES: It is, and so is the "⟦night⟧" boat.
“OKAFOR: And the ‘⟦night boat⟧’, or “⟦ghost ferry⟧”?
"⟦NOTICE: No ferry today,⟧" said the sign.
“⟦NOTICE: No ferry today,⟧” said the sign.
"⟦Notice: no ferry today, said the sign.⟫

# A closing mark without its opening one is ignored, and so is a mark that encloses nothing.
The ferry is late," Okafor said. "⟦We wait.⟧"
The ferry is late,” Okafor said. “⟦We wait.⟧”
The ferry is late,’ Okafor said. ‘⟦We wait.⟧’
“⟦We wait,⟧” she said.” Then she left.
The ferry is late,” Okafor said. “⟦We wait.⟫
The ferry is late」と彼は言った。
" "
""
"
“”
“
The pier was shut. "
----- '''''''''' -----

# A mark beside a dash, a bracket or a slash.
"⟦Lower it⟧"--said Reyes.
"⟦Lower it⟧"—said Reyes.
Reyes said—"⟦Lower it⟧"—and left.
"⟦I never thought--⟧" Reyes began.
“⟦I never thought—⟧” Reyes began. “⟦—but now I do.⟧”
the pre-"⟦refit⟧" and post-"⟦refit⟧" years
Reyes ("⟦the captain⟧") left.
Reyes called it “⟦late⟧” (“⟦again⟧”) and "⟦slow⟧"[2].
the "⟦refit⟧"/"⟦repair⟧" fund

# Marks set apart by a tokenizer.
"⟦ The ferry is late , ⟧" she said . "⟦ We wait . ⟧"
She said : "⟦ We wait . ⟧"
``⟦ The ferry is late , ⟧'' she said .
“⟦ The ferry is late , ⟧” she said .
She said , "⟦ We wait ⟧" , and left .
"⟦ It 's Okafor 's ferry , they 're late , ⟧" she said .
'⟦ The ferry is late , ⟧' she said . '⟦ We wait . ⟧'

# Missing spaces.
Reyes said,"⟦Lower it,⟧"and left.
"⟦Lower it.⟧"Reyes said.
Reyes said:“⟦Lower it.⟧”Then she left.

# Remains of Markdown and HTML, emoji and hidden characters.
**"⟦Lower it,⟧" Reyes said.**
"⟦**Lower it,**⟧" Reyes said.
*“⟦Lower it,⟧”* Reyes said.
> "⟦Lower it,⟧" Reyes wrote.
<p>"⟦Lower it,⟧" Reyes said.</p>
<a href="pier.html" title='Pier'>"⟦Lower it,⟧"</a> Reyes said.
"⟦Lower <b>it</b>⟧" is all she said.
Run `make pier` and don't wait.
🌊🌊 "⟦Late again,⟧" she wrote. 🌊"⟦Late!⟧"🌊
\u202a”⟦Late again,⟧”\u202c she wrote.
Mail from a '⟦.gov⟧' address and the "⟦…late⟧" list.
\u200b“⟦Late again,⟧”\u200b she wrote.
She wrote\u00a0: «⟦\u00a0En retard\u00a0⟧».
“⟦Il a re\u0301pe\u0301te\u0301⟧”, dit-elle.

# Quotations that begin or end with other punctuation.
She began "⟦...and then the ramp fell⟧" and stopped.
She bought a "⟦.22 rifle⟧" at the pier.
"⟦(The ramp) is stuck,⟧" she said.
"⟦[The ramp] is stuck,⟧" she said.
"⟦#LowerTheRamp⟧" and "⟦@pier⟧" trended.
"⟦$5 is too much⟧", she said.
“⟦Is it ‘⟦late⟧’?⟧” she asked.
Raul "⟦Gauge⟧" Medina tied the rope.

# A single mark where a double one is meant closes it after a comma.
"⟦The ferry is late,⟧' she said.
“⟦The ferry is late,⟧’ she said.
"""

MISSES = """
# An unclosed quotation followed by a possessive, which then looks like its end.
'⟦We waited for the pilots' boat, she said.⟫
# The tag says where the missing end is; marks alone cannot see it.
"⟦The ferry is late,⟫ Okafor said.
# Two marks swapped by the typesetter.
“⟦She promised ‘⟦a new pier⟧” for us,⟧’ he wrote.
# Both marks the wrong way, twice: what lies between the two quotations looks like one within them.
”⟦Lower the ramp,⟧“ she said. ”⟦Now.⟧“
# A letter named in single marks looks like rock 'n' roll.
The letter '⟦n⟧' is missing.
"""


def cases(table: str) -> list[str]:
    return [line for line in table.splitlines() if line and not line.startswith("# ")]


@pytest.mark.parametrize("case", cases(CASES))
def test_marks_pair(case: str) -> None:
    text = plain(case)
    assert notated(text, find_marks(text)) == case


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", cases(MISSES))
def test_known_miss(case: str) -> None:
    text = plain(case)
    assert notated(text, find_marks(text)) == case
