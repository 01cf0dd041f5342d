"""What a class meets in: the lesson that it is at, what it is asked, and how far the asking is.

A room never changes; each thing that a teacher does makes another of it. Done twice it comes to the
same, so that a page may repeat what it got no answer to.
"""

from __future__ import annotations

from typing import Literal

from attention.scene import Model
from attention.texts import UserError

MOST_ASKS = 100
ROUNDS = 2  # before the class has talked about it, and after

State = Literal["open", "shown", "told"]  # answers come; they are shown; what is true is told too


class Ask(Model):
    """One round of one lesson's question.

    Attributes:
        lesson: its name.
        largest: the largest answer that there may be; the smallest is 0.
        round: 1, or 2 for the same question once more.
        state: how far it is.
    """

    lesson: str
    largest: int
    round: int = 1
    state: State = "open"


class Room(Model):
    """A class and its teacher.

    Attributes:
        teacher: the seal of the teacher's secret.
        lead: whether the students' pages follow.
        lesson: the name of the lesson that the class is at; None: at none yet.
        asks: all that was asked, in that order; they are numbered from 1.
        present: the number of the ask that the class is at; 0: the lesson has no question.
    """

    teacher: str
    lead: bool = True
    lesson: str | None = None
    asks: tuple[Ask, ...] = ()
    present: int = 0

    @property
    def ask(self) -> Ask | None:
        """What the class is at."""
        return self.asks[self.present - 1] if self.present else None

    @property
    def asking(self) -> int:
        """The number of the ask that takes answers; 0: none does."""
        return self.present if self.ask and self.ask.state == "open" else 0

    @property
    def rounds(self) -> tuple[int, ...]:
        """The numbers of the present question's asks, first round first."""
        return self.rounds_of(self.lesson) if self.present else ()

    def rounds_of(self, lesson: str | None) -> tuple[int, ...]:
        """The same of any lesson."""
        return tuple(n for n, ask in enumerate(self.asks, start=1) if ask.lesson == lesson)

    def at(self, lesson: str, largest: int | None) -> Room:
        """The class goes to a lesson; what was asked there before stands as it was left.

        Args:
            lesson: its name.
            largest: the largest answer to its question; None: it has none.
        """
        if lesson == self.lesson:
            return self
        if largest is None:
            return self.model_copy(update={"lesson": lesson, "present": 0})
        before = self.rounds_of(lesson)
        if before:
            return self.model_copy(update={"lesson": lesson, "present": before[-1]})
        return self._asking(Ask(lesson=lesson, largest=largest))

    def again(self, number: int) -> Room:
        """The question of that ask once more, after the class has talked about it.

        Raises:
            UserError: this was the last round.
        """
        ask = self._ask(number)
        if number != self.present:
            return self  # it is asked already
        if ask.round == ROUNDS or ask.state == "told":
            raise UserError("class_rounds", most=ROUNDS)
        return self._asking(Ask(lesson=ask.lesson, largest=ask.largest, round=ask.round + 1))

    def show(self, number: int) -> Room:
        """The answers to that ask are shown; no more come."""
        return self._with(number, "shown") if self._ask(number).state == "open" else self

    def tell(self, number: int) -> Room:
        """What is true is told, too."""
        self._ask(number)
        return self._with(number, "told")

    def leading(self, lead: bool) -> Room:
        """The students' pages follow, or are free."""
        return self.model_copy(update={"lead": lead})

    def _ask(self, number: int) -> Ask:
        if not 1 <= number <= len(self.asks):
            raise UserError("class_ask", most=len(self.asks), came=number)
        return self.asks[number - 1]

    def _asking(self, ask: Ask) -> Room:
        if len(self.asks) >= MOST_ASKS:
            raise UserError("class_asks", most=MOST_ASKS)
        asks = (*self.asks, ask)
        update = {"lesson": ask.lesson, "asks": asks, "present": len(asks)}
        return self.model_copy(update=update)

    def _with(self, number: int, state: State) -> Room:
        asks = [*self.asks]
        asks[number - 1] = asks[number - 1].model_copy(update={"state": state})
        return self.model_copy(update={"asks": tuple(asks)})
