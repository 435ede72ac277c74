"""Made-up news: stories of a made-up vocabulary, some of them told again in other words."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

_SYLLABLES = (
    "ba be bo da de do fa fe ga go ha he ka ke ko la le lo ma me mo na ne no pa pe po ra re ro"
    " sa se so ta te to va ve vo za ze zo"
).split()
WORDS, NAMES = 20_000, 6_000
AGAIN = 0.4  # share of the stories that tell what another did
REMEMBERED = 400


@dataclass
class MadeUpNews:
    """Stories by chance, from a given source of it. Words occur by Zipf's law."""

    chance: random.Random
    told: list[tuple[list[str], list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = [self._word() for _ in range(WORDS)]
        self.names = [f"{self._word()} {self._word()}".title() for _ in range(NAMES)]

    def story(self) -> tuple[str, str]:
        """A title and a summary."""
        if self.told and self.chance.random() < AGAIN:
            names, words = self.chance.choice(self.told)
            words = [word for word in words if self.chance.random() < 0.7]
        else:
            names = [self.chance.choice(self.names) for _ in range(3)]
            words = [self._some_word() for _ in range(30)]
            self.told = [*self.told[-REMEMBERED:], (names, words)]
        text = [*words, *(self._some_word() for _ in range(8)), *names]
        self.chance.shuffle(text)
        return " ".join(text[:9]).capitalize(), " ".join(text[9:]).capitalize() + "."

    def _some_word(self) -> str:
        rank = int(WORDS ** self.chance.random())
        return self.words[min(rank, WORDS - 1)]

    def _word(self) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(2, 4)))
