"""What a customer reads around the summary that was passed on to people: in the letter, and on its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.domain.phrases import ENGLISH


@dataclass(frozen=True)
class SummaryPhrases:
    """`link` holds a {link}. `told` stands above sentences of theirs, `done` above deeds and their references; `thanks`
    says that a correction was kept, `enough` that no more are taken here, `expired` that the page is closed."""

    link: str
    title: str
    asked: str
    told: str
    done: str
    nothing_done: str
    corrections: str
    question: str
    label: str
    send: str
    thanks: str
    empty: str
    enough: str
    expired: str


PHRASES: Mapping[str, SummaryPhrases] = {
    "cs": SummaryPhrases(
        link="Co jsme předali kolegům, a možnost to opravit: {link}",
        title="Co jsme předali našim kolegům",
        asked="Vaše požadavky",
        told="Co jste uvedli",
        done="Co bylo provedeno",
        nothing_done="Zatím nic.",
        corrections="Vaše opravy",
        question="Je něco chybně, nebo něco chybí?",
        label="Napište, co je správně",
        send="Odeslat opravu",
        thanks="Děkujeme. Vaši opravu uvidí kolegové, kteří se Vaším požadavkem zabývají.",
        empty="Oprava byla prázdná, nic jsme neuložili.",
        enough="Na této stránce již další opravy nepřijímáme. Odpovězte prosím na naši zprávu.",
        expired="Tato stránka již není k dispozici. Odpovězte prosím na naši zprávu.",
    ),
    "da": SummaryPhrases(
        link="Hvad jeg har sendt videre, og hvordan du retter det: {link}",
        title="Det har vi sendt videre til vores team",
        asked="Det har du bedt om",
        told="Det har du oplyst",
        done="Det er gjort",
        nothing_done="Intet endnu.",
        corrections="Dine rettelser",
        question="Er noget forkert, eller mangler der noget?",
        label="Skriv, hvad der er rigtigt",
        send="Send rettelse",
        thanks="Tak. Din rettelse kan ses af den, der arbejder med din henvendelse.",
        empty="Rettelsen var tom, så intet er gemt.",
        enough="Der kan ikke sendes flere rettelser her. Svar venligst på vores besked.",
        expired="Denne side er ikke længere tilgængelig. Svar venligst på vores besked.",
    ),
    "de": SummaryPhrases(
        link="Was ich weitergegeben habe, und wie Sie es berichtigen: {link}",
        title="Was wir an unser Team weitergegeben haben",
        asked="Ihre Anliegen",
        told="Was Sie uns mitgeteilt haben",
        done="Was getan wurde",
        nothing_done="Bisher nichts.",
        corrections="Ihre Berichtigungen",
        question="Ist etwas falsch, oder fehlt etwas?",
        label="Schreiben Sie, wie es richtig ist",
        send="Berichtigung senden",
        thanks="Vielen Dank. Wer Ihr Anliegen bearbeitet, sieht Ihre Berichtigung.",
        empty="Die Berichtigung war leer, es wurde nichts gespeichert.",
        enough="Hier werden keine weiteren Berichtigungen angenommen. Bitte antworten Sie auf unsere Nachricht.",
        expired="Diese Seite ist nicht mehr verfügbar. Bitte antworten Sie auf unsere Nachricht.",
    ),
    ENGLISH: SummaryPhrases(
        link="What I passed on, and how to correct it: {link}",
        title="What we passed on to our team",
        asked="What you asked for",
        told="What you told us",
        done="What was done",
        nothing_done="Nothing yet.",
        corrections="Your corrections",
        question="Is something wrong or missing?",
        label="Tell us what is right",
        send="Send the correction",
        thanks="Thank you. Whoever works on your request sees your correction.",
        empty="The correction was empty, so nothing was kept.",
        enough="No more corrections are taken here. Please reply to our message instead.",
        expired="This page is no longer available. Please reply to our message instead.",
    ),
    "es": SummaryPhrases(
        link="Lo que he transmitido, y cómo corregirlo: {link}",
        title="Lo que hemos transmitido a nuestro equipo",
        asked="Lo que usted ha pedido",
        told="Lo que nos ha contado",
        done="Lo que se ha hecho",
        nothing_done="Nada por ahora.",
        corrections="Sus correcciones",
        question="¿Hay algo incorrecto o falta algo?",
        label="Indíquenos qué es lo correcto",
        send="Enviar la corrección",
        thanks="Gracias. La persona que atiende su consulta verá su corrección.",
        empty="La corrección estaba vacía; no se ha guardado nada.",
        enough="Aquí no se admiten más correcciones. Responda, por favor, a nuestro mensaje.",
        expired="Esta página ya no está disponible. Responda, por favor, a nuestro mensaje.",
    ),
    "fi": SummaryPhrases(
        link="Mitä siirsin eteenpäin ja miten voitte korjata sitä: {link}",
        title="Mitä olemme välittäneet tiimillemme",
        asked="Mitä pyysitte",
        told="Mitä kerroitte",
        done="Mitä on tehty",
        nothing_done="Ei vielä mitään.",
        corrections="Korjauksenne",
        question="Onko jokin väärin tai puuttuuko jotakin?",
        label="Kertokaa, mikä on oikein",
        send="Lähetä korjaus",
        thanks="Kiitos. Asiaanne hoitava henkilö näkee korjauksenne.",
        empty="Korjaus oli tyhjä, joten mitään ei tallennettu.",
        enough="Tällä sivulla ei oteta vastaan enempää korjauksia. Vastatkaa viestiimme.",
        expired="Tämä sivu ei ole enää käytettävissä. Vastatkaa viestiimme.",
    ),
    "fr": SummaryPhrases(
        link="Ce que j'ai transmis, et comment le corriger : {link}",
        title="Ce que nous avons transmis à notre équipe",
        asked="Vos demandes",
        told="Ce que vous nous avez indiqué",
        done="Ce qui a été fait",
        nothing_done="Rien pour l'instant.",
        corrections="Vos corrections",
        question="Y a-t-il une erreur ou un oubli ?",
        label="Indiquez-nous ce qui est exact",
        send="Envoyer la correction",
        thanks="Merci. La personne qui traite votre demande verra votre correction.",
        empty="La correction était vide ; rien n'a été enregistré.",
        enough="Cette page n'accepte plus de corrections. Merci de répondre à notre message.",
        expired="Cette page n'est plus disponible. Merci de répondre à notre message.",
    ),
    "it": SummaryPhrases(
        link="Che cosa ho inoltrato, e come correggerlo: {link}",
        title="Che cosa abbiamo inoltrato al nostro team",
        asked="Le Sue richieste",
        told="Che cosa ci ha comunicato",
        done="Che cosa è stato fatto",
        nothing_done="Ancora nulla.",
        corrections="Le Sue correzioni",
        question="C'è qualcosa di sbagliato o di mancante?",
        label="Ci dica che cosa è corretto",
        send="Invia la correzione",
        thanks="Grazie. Chi si occupa della Sua richiesta vedrà la Sua correzione.",
        empty="La correzione era vuota: non è stato salvato nulla.",
        enough="Qui non si accettano altre correzioni. Risponda, per favore, al nostro messaggio.",
        expired="Questa pagina non è più disponibile. Risponda, per favore, al nostro messaggio.",
    ),
    "nl": SummaryPhrases(
        link="Wat ik heb doorgegeven, en hoe u het verbetert: {link}",
        title="Wat wij aan ons team hebben doorgegeven",
        asked="Wat u hebt gevraagd",
        told="Wat u ons hebt verteld",
        done="Wat er is gedaan",
        nothing_done="Nog niets.",
        corrections="Uw correcties",
        question="Klopt er iets niet, of ontbreekt er iets?",
        label="Schrijf hier wat juist is",
        send="Correctie versturen",
        thanks="Dank u wel. Wie uw vraag behandelt, ziet uw correctie.",
        empty="De correctie was leeg; er is niets bewaard.",
        enough="Hier worden geen correcties meer aangenomen. Antwoord alstublieft op ons bericht.",
        expired="Deze pagina is niet meer beschikbaar. Antwoord alstublieft op ons bericht.",
    ),
    "pl": SummaryPhrases(
        link="Co zostało przekazane i jak to poprawić: {link}",
        title="Co przekazaliśmy naszemu zespołowi",
        asked="Państwa prośby",
        told="Przekazane nam informacje",
        done="Co zostało zrobione",
        nothing_done="Na razie nic.",
        corrections="Państwa poprawki",
        question="Czy coś się nie zgadza lub czegoś brakuje?",
        label="Proszę napisać, jak jest poprawnie",
        send="Wyślij poprawkę",
        thanks="Dziękujemy. Osoba zajmująca się zgłoszeniem zobaczy tę poprawkę.",
        empty="Poprawka była pusta, więc niczego nie zapisano.",
        enough="Na tej stronie nie przyjmujemy już poprawek. Prosimy odpowiedzieć na naszą wiadomość.",
        expired="Ta strona nie jest już dostępna. Prosimy odpowiedzieć na naszą wiadomość.",
    ),
    "pt": SummaryPhrases(
        link="O que encaminhei, e como o pode corrigir: {link}",
        title="O que encaminhámos à nossa equipa",
        asked="Os seus pedidos",
        told="O que nos comunicou",
        done="O que foi feito",
        nothing_done="Ainda nada.",
        corrections="As suas correções",
        question="Há algo errado ou em falta?",
        label="Indique-nos o que está correto",
        send="Enviar a correção",
        thanks="Obrigado. Quem trata do seu pedido verá a sua correção.",
        empty="A correção estava vazia; nada foi guardado.",
        enough="Esta página já não aceita mais correções. Responda, por favor, à nossa mensagem.",
        expired="Esta página já não está disponível. Responda, por favor, à nossa mensagem.",
    ),
    "sv": SummaryPhrases(
        link="Vad jag har skickat vidare, och hur du rättar det: {link}",
        title="Det här har vi skickat vidare till vårt team",
        asked="Det här har du bett om",
        told="Det här har du berättat",
        done="Det här har gjorts",
        nothing_done="Inget ännu.",
        corrections="Dina rättelser",
        question="Är något fel, eller saknas något?",
        label="Skriv vad som är rätt",
        send="Skicka rättelsen",
        thanks="Tack. Den som arbetar med ditt ärende ser din rättelse.",
        empty="Rättelsen var tom, så inget sparades.",
        enough="Det går inte att skicka fler rättelser här. Svara gärna på vårt meddelande i stället.",
        expired="Den här sidan är inte längre tillgänglig. Svara gärna på vårt meddelande i stället.",
    ),
}


def summary_phrases_in(language: str) -> SummaryPhrases:
    """Those of this language (ISO 639-1); English where there are none."""
    return PHRASES.get(language, PHRASES[ENGLISH])
