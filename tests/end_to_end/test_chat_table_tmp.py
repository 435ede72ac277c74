from __future__ import annotations
import pytest, sys
from pathlib import Path
from bot.telegram import texts
from tests.support.story import Story, account
from tests.support.talk import Talk, labels

@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/dateline.db"

BAD = {"nothing":"", "emoji":"😀🎉","long":"x"*300,"longwords":"word "*60,"bidi":"\u202eABC\u2066","control":"a\x00\x07b","onlybidi":"\u202e\u2066","html":"<b>&amp;</b>","huge":"9e99","lines":"a\nb\nc","slash":"/","zero":"0","unknown":"Qwrtzpsdf","neg":"-1", "several":"Bush"}
SPECIAL = {
 "today":["2017-02-30","32 Foo","2017-13-01","0000-00-00","1066-10-14","2030-01-01","5/6/2017","November 2017","99999999999","2016-01-01","31 November"],
 "event":["999","0","-1","9"*30,"17 18","1.5"],
 "related":["999","0","9e99","1"],
 "digest":["25:00","8:75","24:00","08:00 09:00","noonish","7-9"],
 "quiet":["22-22","22:00","25-7","22-7-9","night","22:75-7:00"],
 "timezone":["Atlantis","UTC+5","+2","London", "Springfield"],
 "language":["klingon","xx","english and german"],
 "filter":["Vladimir Putin:","Vladimir Putin: 😀","Vladimir Putin: "+" ".join(f"w{n}" for n in range(21)),"Vladimir Putin: chess -chess","Vladimir Putin: "+"y"*61,"Bush: chess","Angela: chess","Vladmir Putin: chess",": chess","Omar al-Bashir"],
 "unfollow":["Omar al-Bashir","Vladmir Putin"],
 "follow":["Vladmir Puti","Vladimir Putin"],
 "timeline":["Vladmir Putni"],
 "start":["f_999","f_0","f_","f_x","f_"+"9"*30,"n_1","fl_2"],
 "search":["-","a OR b",'"',"*","NOT"],
 "":["/nosuch","/Follow","/event_0","/event_999","/event_","/event_1x","/follow@otherbot Putin","/"],
}
@pytest.mark.parametrize("command", [*texts.COMMANDS, ""])
async def test_x(talk: Talk, story: Story, command: str) -> None:
    lines: list[str] = []
    await story.tell(account("2017-11-23", "[[Omar al-Bashir]] meets [[Vladimir Putin]] in Sochi."))
    await story.tell(account("2017-11-20", "[[George H. W. Bush|Bush]] speaks."))
    await story.tell(account("2017-11-21", "[[George W. Bush|Bush]] speaks at home."))
    talk.world.set_language(talk.reader, "de"); talk.reader=talk.world.roster.users[talk.reader.id]
    if command not in ("start",):
        for n in ("Vladimir Putin","George H. W. Bush","George W. Bush"): await talk.say(f"/follow {n}")
    for kind, bad in [*(BAD.items() if command else [(k,v) for k,v in BAD.items() if v]), *(("special", s) for s in SPECIAL.get(command,()))]:
        talk.clock.pass_by(minutes=1)
        before=len(talk.messages())
        try:
            reply = await talk.say(f"/{command} {bad}".strip() if command else bad)
        except ValueError as e:
            lines.append(f"### {kind} {bad[:40]!r}: {e}\n"); continue
        lines.append(f"### {kind} {bad[:40]!r}: +{len(talk.messages())-before-1}\n{reply.text[:260]}\n{labels(reply)[:8]}\n")
    Path(f"/tmp/w/tbl/{command or chr(110)+chr(48)}.txt").write_text("".join(lines))
