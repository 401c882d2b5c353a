"""For whom a stage is given: messages of one channel, segment and language, and a share of customers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """What of a message a stage may depend on; "" is what is not known. `slot`: where its customer stands for one
    procedure, from 0 up to and without 100."""

    channel: str = ""
    segment: str = ""
    language: str = ""
    slot: float = 0.0


@dataclass(frozen=True)
class Scope:
    """ "" stands for any. What is not known is covered by no other word: an unknown segment is not "gold"."""

    channel: str = ""
    segment: str = ""
    language: str = ""
    percent: float = 100.0

    def covers(self, one: Message) -> bool:
        """Whether the message is among them. Who is covered at one percentage is covered at every higher one."""
        named = ((self.channel, one.channel), (self.segment, one.segment), (self.language, one.language))
        return all(wanted in ("", there) for wanted, there in named) and one.slot < self.percent

    @property
    def whom(self) -> tuple[str, str, str]:
        """The same whatever the share."""
        return (self.channel, self.segment, self.language)
