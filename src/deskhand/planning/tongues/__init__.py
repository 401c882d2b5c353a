"""Every language that the review can read; a reply in another one is not sent."""

from deskhand.planning.tongues.danish import DANISH
from deskhand.planning.tongues.dutch import DUTCH
from deskhand.planning.tongues.english import ENGLISH
from deskhand.planning.tongues.french import FRENCH
from deskhand.planning.tongues.german import GERMAN
from deskhand.planning.tongues.italian import ITALIAN
from deskhand.planning.tongues.polish import POLISH
from deskhand.planning.tongues.portuguese import PORTUGUESE
from deskhand.planning.tongues.spanish import SPANISH
from deskhand.planning.tongues.swedish import SWEDISH

TONGUES = (ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, DUTCH, POLISH, DANISH, SWEDISH)
