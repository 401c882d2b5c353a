"""Portuguese."""

from deskhand.planning.tongue import Tongue, by_unit, counted, tens

PORTUGUESE = Tongue(
    code="pt",
    telling=(
        "o os as de do da dos das e é são que em um uma por para com não se seu sua seus nós ao na no mais foi tem está"
        " como já você vosso será nosso nossa pelo pela lhe"
    ),
    months=(
        "janeiro jan",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ),
    weekdays=("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
    numbers=(
        counted(
            "dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete dezoito"
            " dezanove"
        )
        | tens("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa")
        | {"duas": 2, "quatorze": 14, "dezesseis": 16, "dezessete": 17, "dezenove": 19, "dúzia": 12, "cem": 100}
        | {"mil": 1000}
    ),
    units=by_unit(
        second="segundo segundos",
        minute="minuto minutos",
        hour="hora horas",
        day="dia dias",
        week="semana semanas",
        month="mês meses",
        year="ano anos",
    ),
    money={"euro": "EUR", "euros": "EUR", "dólar": "USD", "dólares": "USD", "libras": "GBP", "reais": "BRL"},
    percent="por cento",
    soon=(
        r"amanhã|depois de amanhã|ainda hoje|hoje mesmo|esta (?:noite|semana)",
        r"(?:na|no) (?:próxima|próximo) (?:semana|mês|ano)|(?:próxima semana|próximo mês)|fim (?:de semana|do mês)",
        r"em breve|em poucos (?:minutos|dias)|nos próximos dias|até (?:segunda|terça|quarta|quinta|sexta)\b",
    ),
    ours=r"\b(?:tenho|temos|já)",
    theirs=r"\b(?:foi|foram|está|estão)",
    deeds={
        "refunded": "reembolsado reembolsada devolvido devolvida estornado",
        "credited": "creditado creditada",
        "cancelled": "cancelado cancelada anulado",
        "sent": "enviado enviada reenviado",
        "changed": "alterado alterada mudado atualizado atualizada",
        "reset": "redefinido redefinida reposta",
        "created": "criado criada aberto",
        "closed": "fechado fechada encerrado encerrada",
        "deleted": "eliminado eliminada apagado apagada excluído excluída",
        "added": "adicionado adicionada",
        "forwarded": "encaminhado encaminhada",
        "unlocked": "desbloqueado desbloqueada",
        "locked": "bloqueado bloqueada",
        "activated": "ativado ativada",
        "notified": "informado avisado notificado",
        "contacted": "contactado contatado",
        "fixed": "corrigido corrigida resolvido resolvida",
        "approved": "aprovado aprovada",
    },
    did={
        "refunded": "reembolsei reembolsámos reembolsamos devolvi devolvemos",
        "cancelled": "cancelei cancelámos cancelamos",
        "sent": "enviei enviámos enviamos",
        "deleted": "eliminei eliminámos apaguei apagámos excluí excluímos",
        "changed": "alterei alterámos alteramos mudei mudámos",
        "closed": "fechei fechámos",
        "created": "criei criámos abri abrimos",
    },
    vows={
        "refund": r"(?:vamos|vou|iremos) (?:reembolsar|devolver)|(?:reembolsar|devolver)(?:ei|emos)",
        "give": r"(?:vamos|vou|iremos) (?:oferecer|dar)|oferecemos-lhe|lhe oferecemos",
        "receive": r"(?:receberá|irá receber|vai receber|terá)",
        "contact": r"(?:entrará em contac?to|vai ligar|irá ligar|ligará)",
        "cancel": r"(?:vamos|vou|iremos) (?:cancelar|eliminar|apagar|alterar|enviar)",
    },
    gifts={
        "discount": r"descontos?",
        "voucher": r"vales?|cupão|cupões|cupom|cupons|cartão presente",
        "compensation": r"compensa\w+|indemniza\w+|indeniza\w+",
        "free": r"grátis|gratuit\w+|sem custos?|por nossa conta",
        "exception": r"exceção|exceções|excecionalmente",
        "guarantee": r"garant\w+|prometo|prometemos|asseguro|asseguramos",
        "right": r"direito a|tem direito|direitos",
        "law": r"por lei|a lei|legalmente|legal|rgpd|lgpd",
        "policy": r"nossa política|nossas condições|termos e condições",
    },
    joins=" e |[- ]",
)
