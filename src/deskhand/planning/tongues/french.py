"""French."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens

FRENCH = Tongue(
    code="fr",
    telling=(
        "le la les des du de et est sont nous vous votre vos notre je j'ai un une pour dans sur avec que"
        " qui pas ne au aux"
        " par à été être ce cette sera avez avons il elle ou si plus a sous l'argent aurez c'est d'un tout très"
    ),
    months=(
        "janvier janv",
        "février fevrier févr",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet juil",
        "août aout",
        "septembre",
        "octobre",
        "novembre",
        "décembre decembre déc",
    ),
    weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    numbers=(
        counted(
            "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
            " dix-neuf"
        )
        | tens("vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix")
        | {"quatre-vingt": 80, "douzaine": 12, "cent": 100, "mille": 1000}
    ),
    units=by_unit(
        second="seconde secondes",
        minute="minute minutes",
        hour="heure heures",
        day="jour jours",
        week="semaine semaines",
        month="mois",
        year="an ans année années",
    ),
    money={"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "livres": "GBP", "francs": "CHF"},
    percent="pour cent|pourcent",
    soon=(
        r"demain|après-demain",
        r"aujourd'hui même|dès aujourd'hui|d'ici (?:ce soir|demain|la fin|vendredi|lundi|mardi|mercredi|jeudi|peu)",
        r"d'ici une? (?:heure|jour|semaine|mois|an)",
        r"(?:la semaine|le mois|l'année) prochaine?|cette semaine|ce week-end|avant le week-end",
        r"dans (?:quelques|les prochaines?|les prochains) (?:minutes|heures|jours|semaines)|sous peu|très bientôt",
        r"avant la fin (?:du mois|de la semaine|de l'année)|(?:lundi|mardi|mercredi|jeudi|vendredi)"
        r" (?:prochain|au plus tard)",
    ),
    ours=r"\b(?:j'ai|nous avons|notre équipe a|mon collègue a|on a)",
    theirs=r"\b(?:a été|ont été|est|sont|avez été)",
    deeds={
        "refunded": "remboursé remboursée remboursés remboursées restitué rendu",
        "credited": "crédité créditée",
        "cancelled": "annulé annulée résilié résiliée",
        "sent": "envoyé envoyée envoyés renvoyé transmis expédié",
        "changed": "changé changée modifié modifiée adapté mis_à_jour mise_à_jour",
        "reset": "réinitialisé",
        "created": "créé créée ouvert ouverte",
        "closed": "fermé fermée clôturé",
        "deleted": "supprimé supprimée effacé effacée retiré",
        "added": "ajouté ajoutée",
        "forwarded": "transféré transférée escaladé confié",
        "unlocked": "débloqué débloquée déverrouillé",
        "locked": "bloqué bloquée verrouillé",
        "activated": "activé activée",
        "deactivated": "désactivé désactivée",
        "extended": "prolongé prolongée",
        "notified": "informé prévenu averti notifié",
        "contacted": "contacté appelé parlé demandé",
        "fixed": "corrigé corrigée résolu résolue réparé",
        "restored": "restauré rétabli",
        "approved": "approuvé validé accordé",
    },
    vows={
        "refund": r"(?:nous|je) (?:vous )?(?:rembours\w+|restitu\w+|rendr\w+)|(?:allons|vais) (?:vous )?rembourser",
        "give": r"(?:nous|je) (?:vous )?(?:offr\w+|accord\w+|donn\w+)|(?:allons|vais) (?:vous )?(?:offrir"
        r"|accorder|donner)",
        "receive": r"vous (?:recevrez|aurez|obtiendrez|allez recevoir|serez (?:remboursé|crédité|contacté|appelé)\w*)",
        "contact": r"(?:contacter\w*|rappeler\w*|appeler(?:a|ons|ai)) |(?:vous|va vous) (?:contactera|appellera"
        r"|rappellera)",
        "cancel": r"(?:allons|vais) (?:vous )?(?:annuler|supprimer|modifier|changer|envoyer|faire)|(?:annul|supprim"
        r"|envoi|modifi)er(?:ons|ai)",
    },
    gifts={
        "discount": r"remises?|réductions?|rabais|ristourne",
        "voucher": r"bons? d'achat|bon de réduction|avoirs?|codes? promo|chèques? cadeaux?|carte cadeau",
        "compensation": r"compens\w+|dédommag\w+|indemni\w+|geste commercial|dommages et intérêts",
        "free": r"gratuit\w*|offert\w*|sans frais|à nos frais|rien à payer",
        "exception": r"exceptions?|exceptionnellement",
        "guarantee": r"garanti\w*|promets|promettons|promis|assure que|assurons",
        "right": r"droit (?:à|de)|avez droit|droits|éligible|devons vous",
        "law": r"la loi|légalement|légal\w*|rgpd|juridique\w*|en tant que consommateur",
        "policy": r"notre politique|nos conditions|conditions générales|nos règles",
        "warranty": r"rétractation",
    },
    joins="-et-|[- ]",
)
