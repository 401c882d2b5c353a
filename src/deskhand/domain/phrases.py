"""The assistant's own fixed phrases, in every language it has them in; politely, as a stranger is spoken to."""

from collections.abc import Mapping
from dataclasses import dataclass

ENGLISH = "en"


@dataclass(frozen=True)
class Phrases:
    """One language. `hello` may hold {first} or {full}, the customer's name; `which_of_two` holds {one} and {other},
    `receipt` and `stop` a {link}.

    Where a language has no neutral form of address by name, nobody is named. `needs_a_person` tells that the assistant
    cannot answer in this language by itself. None of them claims a deed: what was not done cannot be said to be.
    """

    hello: str
    hello_nobody: str
    passing_on: str
    needs_a_person: str
    which_of_two: str
    which_one: str
    how_can_i_help: str
    nothing_changed: str
    yes_or_no: str
    receipt: str
    stop: str

    @property
    def asking_back(self) -> tuple[str, ...]:
        """What states nothing and promises nothing."""
        return self.which_one, self.how_can_i_help, self.yes_or_no, self.nothing_changed

    def greeting(self, name: str) -> str:
        """The first line of a letter. `name` is the customer's full name, or empty."""
        words = name.split()
        return self.hello.format(first=words[0], full=" ".join(words)) if words else self.hello_nobody


PHRASES: Mapping[str, Phrases] = {
    "cs": Phrases(
        hello="Dobrý den,",
        hello_nobody="Dobrý den,",
        passing_on="Předávám Váš požadavek našim kolegům. Mají k dispozici celou Vaši zprávu i vše, co bylo zjištěno, "
        "takže nemusíte nic opakovat.",
        needs_a_person="Na Vaši zprávu v češtině bohužel nemohu odpovědět samostatně. Předávám ji našim kolegům, "
        "kteří Vám odpoví zde.",
        which_of_two="Týká se to „{one}“, „{other}“, nebo něčeho jiného?",
        which_one="Co přesně máte na mysli? Uveďte prosím číslo, datum nebo částku.",
        how_can_i_help="S čím Vám mohu pomoci? Napište prosím jednou nebo dvěma větami, co se stalo nebo co Vás "
        "zajímá.",
        nothing_changed="Dobře, vše zůstává beze změny.",
        yes_or_no="Odpovězte prosím ano, nebo ne.",
        receipt="Doklad, a možnost požádat o posouzení člověkem: {link}",
        stop="Takové zprávy si již nepřejete dostávat? {link}",
    ),
    "da": Phrases(
        hello="Hej {first},",
        hello_nobody="Hej,",
        passing_on="Jeg sender din henvendelse videre til en kollega. Kollegaen har alt, hvad du har skrevet, og hvad "
        "jeg har fundet, så du behøver ikke gentage noget.",
        needs_a_person="Jeg kan desværre ikke selv besvare din besked på dansk. Jeg sender den videre til en kollega, "
        "som svarer dig her.",
        which_of_two="Drejer det sig om »{one}«, om »{other}« eller om noget andet?",
        which_one="Hvilken mener du helt præcist? Oplys venligst nummer, dato eller beløb.",
        how_can_i_help="Hvad kan jeg hjælpe med? Skriv venligst med en eller to sætninger, hvad der er sket, eller "
        "hvad du gerne vil vide.",
        nothing_changed="Det er i orden, alt forbliver, som det er.",
        yes_or_no="Svar venligst ja eller nej.",
        receipt="Kvittering, og hvis et menneske skal se på det: {link}",
        stop="Vil du ikke have flere af disse beskeder? {link}",
    ),
    "de": Phrases(
        hello="Guten Tag {full},",
        hello_nobody="Guten Tag,",
        passing_on="Ich gebe Ihr Anliegen an eine Kollegin oder einen Kollegen weiter. Dort liegt alles vor, was Sie "
        "geschrieben haben und was ich herausgefunden habe; Sie müssen nichts wiederholen.",
        needs_a_person="Ihre Nachricht auf Deutsch kann ich leider nicht selbst beantworten. Ich gebe sie an eine "
        "Kollegin oder einen Kollegen weiter; Sie erhalten hier eine Antwort.",
        which_of_two="Geht es um „{one}“, um „{other}“ oder um etwas anderes?",
        which_one="Was genau meinen Sie? Bitte nennen Sie mir die Nummer, das Datum oder den Betrag.",
        how_can_i_help="Wie kann ich Ihnen helfen? Bitte beschreiben Sie in ein, zwei Sätzen, was passiert ist oder "
        "was Sie wissen möchten.",
        nothing_changed="In Ordnung, es bleibt alles, wie es ist.",
        yes_or_no="Bitte antworten Sie mit Ja oder Nein.",
        receipt="Beleg, und falls sich das ein Mensch ansehen soll: {link}",
        stop="Sie möchten solche Nachrichten nicht mehr erhalten? {link}",
    ),
    ENGLISH: Phrases(
        hello="Hi {first},",
        hello_nobody="Hi,",
        passing_on="I am passing this to a colleague. They have everything you wrote and what I found, so you need "
        "not repeat it.",
        needs_a_person="I am sorry, I cannot answer in your language by myself. I am passing your message to a "
        "colleague, who will answer you here.",
        which_of_two="Is this about “{one}” or “{other}”, or about something else?",
        which_one="Which one do you mean exactly? Please tell me its number, its date or its amount.",
        how_can_i_help="How can I help? Please tell me in a sentence or two what happened or what you would like to "
        "know.",
        nothing_changed="All right, I have not changed anything.",
        yes_or_no="Please answer yes or no.",
        receipt="Receipt, and how to have a person look at it: {link}",
        stop="You do not want such messages? Stop them here: {link}",
    ),
    "es": Phrases(
        hello="Hola, {full}:",
        hello_nobody="Hola:",
        passing_on="Paso su consulta a una persona de nuestro equipo. Tiene todo lo que usted ha escrito y lo que he "
        "encontrado, así que no tendrá que repetirlo.",
        needs_a_person="Lamentablemente, no puedo responder por mi cuenta a su mensaje en español. Lo paso a una "
        "persona de nuestro equipo, que le contestará aquí.",
        which_of_two="¿Se trata de «{one}», de «{other}» o de otra cosa?",
        which_one="¿A cuál se refiere exactamente? Indíqueme, por favor, el número, la fecha o el importe.",
        how_can_i_help="¿En qué puedo ayudarle? Cuénteme, por favor, en una o dos frases qué ha ocurrido o qué desea "
        "saber.",
        nothing_changed="De acuerdo, todo queda como estaba.",
        yes_or_no="Responda, por favor, sí o no.",
        receipt="Justificante, y por si desea que lo revise una persona: {link}",
        stop="¿No desea recibir más mensajes de este tipo? {link}",
    ),
    "fi": Phrases(
        hello="Hyvä {full},",
        hello_nobody="Hyvää päivää,",
        passing_on="Siirrän asianne kollegalle. Hänellä on käytettävissään kaikki, mitä olette kirjoittanut ja mitä "
        "olen löytänyt, joten teidän ei tarvitse toistaa mitään.",
        needs_a_person="Valitettavasti en pysty itse vastaamaan suomenkieliseen viestiinne. Siirrän sen kollegalle, "
        "joka vastaa teille täällä.",
        which_of_two="Koskeeko asianne aihetta ”{one}”, aihetta ”{other}” vai jotakin muuta?",
        which_one="Mitä tarkalleen ottaen tarkoitatte? Ilmoittakaa numero, päivämäärä tai summa.",
        how_can_i_help="Miten voin auttaa? Kertokaa yhdellä tai kahdella lauseella, mitä on tapahtunut tai mitä "
        "haluaisitte tietää.",
        nothing_changed="Selvä, kaikki pysyy ennallaan.",
        yes_or_no="Vastatkaa kyllä tai ei.",
        receipt="Kuitti, ja jos haluatte ihmisen tarkistavan asian: {link}",
        stop="Ettekö halua enää tällaisia viestejä? {link}",
    ),
    "fr": Phrases(
        hello="Bonjour {full},",
        hello_nobody="Bonjour,",
        passing_on="Je transmets votre demande à un collègue. Il dispose de tout ce que vous avez écrit et de ce que "
        "j'ai trouvé : vous n'aurez rien à répéter.",
        needs_a_person="Je ne peux malheureusement pas répondre moi-même à votre message en français. Je le transmets "
        "à un collègue, qui vous répondra ici.",
        which_of_two="S'agit-il de « {one} », de « {other} » ou d'autre chose ?",
        which_one="De quoi s'agit-il exactement ? Merci de m'indiquer le numéro, la date ou le montant.",
        how_can_i_help="Comment puis-je vous aider ? Merci de me dire en une ou deux phrases ce qui s'est passé ou ce "
        "que vous souhaitez savoir.",
        nothing_changed="Très bien, tout reste inchangé.",
        yes_or_no="Merci de répondre par oui ou par non.",
        receipt="Justificatif, et pour demander l'examen par une personne : {link}",
        stop="Vous ne souhaitez plus recevoir ces messages ? {link}",
    ),
    "it": Phrases(
        hello="Buongiorno {full},",
        hello_nobody="Buongiorno,",
        passing_on="Inoltro la Sua richiesta a una persona del nostro team. Ha a disposizione tutto ciò che Lei ha "
        "scritto e ciò che ho trovato, quindi non dovrà ripetere nulla.",
        needs_a_person="Purtroppo non sono in grado di rispondere direttamente al Suo messaggio in italiano. Lo "
        "inoltro a una persona del nostro team, che Le risponderà qui.",
        which_of_two="Si tratta di «{one}», di «{other}» o di altro?",
        which_one="A quale si riferisce esattamente? Mi indichi, per favore, il numero, la data o l'importo.",
        how_can_i_help="Come posso aiutarLa? Mi dica, per favore, in una o due frasi che cosa è successo o che cosa "
        "desidera sapere.",
        nothing_changed="Va bene, resta tutto com'è.",
        yes_or_no="Risponda, per favore, sì o no.",
        receipt="Ricevuta, e per chiedere l'esame di una persona: {link}",
        stop="Non desidera più ricevere questi messaggi? {link}",
    ),
    "nl": Phrases(
        hello="Beste {full},",
        hello_nobody="Goedendag,",
        passing_on="Ik geef uw vraag door aan een collega. Die heeft alles wat u hebt geschreven en wat ik heb "
        "gevonden, dus u hoeft niets te herhalen.",
        needs_a_person="Uw bericht in het Nederlands kan ik helaas niet zelf beantwoorden. Ik geef het door aan een "
        "collega, die u hier antwoord geeft.",
        which_of_two="Gaat het om “{one}”, om “{other}” of om iets anders?",
        which_one="Welke bedoelt u precies? Wilt u mij het nummer, de datum of het bedrag noemen?",
        how_can_i_help="Waarmee kan ik u helpen? Vertel mij alstublieft in een of twee zinnen wat er is gebeurd of "
        "wat u wilt weten.",
        nothing_changed="Goed, alles blijft zoals het is.",
        yes_or_no="Antwoord alstublieft met ja of nee.",
        receipt="Bewijs, en om een mens ernaar te laten kijken: {link}",
        stop="Wilt u zulke berichten niet meer ontvangen? {link}",
    ),
    "pl": Phrases(
        hello="Dzień dobry,",
        hello_nobody="Dzień dobry,",
        passing_on="Przekazuję Państwa zgłoszenie osobie z naszego zespołu. Ma ona dostęp do wszystkiego, co zostało "
        "napisane i ustalone, więc nie trzeba niczego powtarzać.",
        needs_a_person="Niestety nie mogę samodzielnie odpowiedzieć na Państwa wiadomość w języku polskim. Przekazuję "
        "ją osobie z naszego zespołu, która odpowie tutaj.",
        which_of_two="Czy chodzi o „{one}”, o „{other}”, czy o coś innego?",
        which_one="O co dokładnie chodzi? Proszę podać numer, datę lub kwotę.",
        how_can_i_help="W czym mogę pomóc? Proszę napisać w jednym lub dwóch zdaniach, co się stało lub czego "
        "chcieliby się Państwo dowiedzieć.",
        nothing_changed="Dobrze, wszystko pozostaje bez zmian.",
        yes_or_no="Proszę odpowiedzieć „tak” lub „nie”.",
        receipt="Potwierdzenie, i prośba o sprawdzenie przez człowieka: {link}",
        stop="Nie chcą Państwo otrzymywać takich wiadomości? {link}",
    ),
    "pt": Phrases(
        hello="Olá {full},",
        hello_nobody="Olá,",
        passing_on="Encaminho o seu pedido a um colega, que recebe tudo o que escreveu e o que encontrei; não será "
        "necessário repetir nada.",
        needs_a_person="Infelizmente, não consigo responder diretamente à sua mensagem em português. Encaminho-a a um "
        "colega, que lhe responderá aqui.",
        which_of_two="Trata-se de «{one}», de «{other}» ou de outro assunto?",
        which_one="A qual se refere exatamente? Indique, por favor, o número, a data ou o valor.",
        how_can_i_help="Como posso ajudar? Diga-me, por favor, em uma ou duas frases, o que aconteceu ou o que "
        "gostaria de saber.",
        nothing_changed="Está bem, tudo permanece como estava.",
        yes_or_no="Responda, por favor, sim ou não.",
        receipt="Comprovativo, e para pedir a análise por uma pessoa: {link}",
        stop="Não deseja receber mais mensagens destas? {link}",
    ),
    "sv": Phrases(
        hello="Hej {first},",
        hello_nobody="Hej,",
        passing_on="Jag skickar ditt ärende vidare till en kollega. Kollegan har allt som du har skrivit och det som "
        "jag har hittat, så du behöver inte upprepa något.",
        needs_a_person="Jag kan tyvärr inte själv besvara ditt meddelande på svenska. Jag skickar det vidare till en "
        "kollega, som svarar dig här.",
        which_of_two="Gäller det ”{one}”, ”{other}” eller något annat?",
        which_one="Vilken menar du? Ange gärna nummer, datum eller belopp.",
        how_can_i_help="Vad kan jag hjälpa dig med? Beskriv gärna med en eller två meningar vad som har hänt eller "
        "vad du vill veta.",
        nothing_changed="Då låter vi allt vara som det är.",
        yes_or_no="Vänligen svara ja eller nej.",
        receipt="Kvitto, och om en människa ska titta på det: {link}",
        stop="Vill du inte ha fler sådana meddelanden? {link}",
    ),
}


def phrases_in(language: str) -> Phrases:
    """Those of this language (ISO 639-1); English where there are none."""
    return PHRASES.get(language, PHRASES[ENGLISH])
