"""Spanish."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens

SPANISH = Tongue(
    code="es",
    telling=(
        "el la los las de del y es son que en un una por para con no se su sus hemos he usted nosotros al lo le más"
        " está ha han como si este esta ya todos puede tiene será nuestro nuestra"
    ),
    months=(
        "enero ene",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre setiembre",
        "octubre",
        "noviembre",
        "diciembre dic",
    ),
    weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
    numbers=(
        counted(
            "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
            " dieciocho diecinueve"
        )
        | tens("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa")
        | counted(
            "veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve", 21
        )
        | {"docena": 12, "cien": 100, "mil": 1000}
    ),
    units=by_unit(
        second="segundo segundos",
        minute="minuto minutos",
        hour="hora horas",
        day="día días",
        week="semana semanas",
        month="mes meses",
        year="año años",
    ),
    money={"euro": "EUR", "euros": "EUR", "dólar": "USD", "dólares": "USD", "libras": "GBP", "francos": "CHF"},
    percent="por ciento",
    soon=(
        r"mañana|pasado mañana|hoy mismo|esta (?:noche|semana|tarde)",
        r"(?:la|el) (?:próxima|próximo) (?:semana|mes|año)|(?:la semana|el mes) que viene|fin de (?:semana|mes)",
        r"en (?:breve|unos minutos|unas horas|unos días|los próximos días)|antes del (?:lunes|martes"
        r"|viernes|jueves|miércoles)",
    ),
    ours=r"\b(?:he|hemos|ha nuestro equipo|nuestro equipo ha|un compañero ha)",
    theirs=r"\b(?:ha sido|han sido|fue|fueron|está|están|se ha|se han)",
    deeds={
        "refunded": "reembolsado reembolsada reembolsados devuelto devuelta reintegrado",
        "credited": "abonado acreditado",
        "cancelled": "cancelado cancelada anulado anulada",
        "sent": "enviado enviada enviados reenviado mandado",
        "changed": "cambiado cambiada modificado modificada actualizado actualizada",
        "reset": "restablecido restablecida",
        "created": "creado creada abierto abierta",
        "closed": "cerrado cerrada",
        "deleted": "eliminado eliminada borrado borrada suprimido",
        "added": "añadido añadida agregado",
        "forwarded": "remitido derivado pasado escalado transferido",
        "unlocked": "desbloqueado desbloqueada",
        "locked": "bloqueado bloqueada",
        "activated": "activado activada",
        "deactivated": "desactivado desactivada",
        "extended": "ampliado prorrogado",
        "notified": "avisado informado notificado",
        "contacted": "contactado llamado hablado pedido",
        "fixed": "arreglado corregido resuelto solucionado",
        "restored": "restaurado recuperado",
        "approved": "aprobado autorizado concedido",
    },
    did={
        "refunded": "reembolsé devolvimos reembolsamos",
        "cancelled": "cancelé cancelamos",
        "sent": "envié enviamos",
        "deleted": "eliminé eliminamos borré borramos",
        "changed": "cambié cambiamos",
    },
    vows={
        "refund": r"(?:devolver|reembolsar)(?:é|emos)|(?:vamos|voy) a (?:devolver|reembolsar)\w*",
        "give": r"(?:ofrecer|regalar|dar|conceder)(?:é|emos)|le (?:ofrecemos|regalamos|damos)",
        "receive": r"(?:recibirá|recibirás|obtendrá|tendrá)",
        "contact": r"(?:contactar|llamar)(?:á|é|emos|án)|se pondrá en contacto",
        "cancel": r"(?:cancelar|eliminar|cambiar|enviar)(?:é|emos)|(?:vamos|voy) a (?:cancelar|eliminar|cambiar"
        r"|enviar)",
    },
    gifts={
        "discount": r"descuentos?|rebajas?",
        "voucher": r"vales?|cupón|cupones|tarjeta regalo",
        "compensation": r"compensa\w+|indemniza\w+|bonificación",
        "free": r"gratis|gratuit\w+|sin coste|sin costo|sin cargo|corre de nuestra cuenta",
        "exception": r"excepción|excepciones|excepcionalmente",
        "guarantee": r"garantiz\w+|garantía|prometo|prometemos|aseguro|aseguramos",
        "right": r"derecho a|tiene derecho|derechos|le corresponde",
        "law": r"por ley|la ley|legalmente|legal\w*|rgpd",
        "policy": r"nuestra política|nuestras condiciones|términos y condiciones|nuestras normas",
        "warranty": r"desistimiento",
    },
    joins=" y |[- ]",
)
