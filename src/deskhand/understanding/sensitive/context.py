"""What stands before a number tells what it is."""

import re

NEAR = 40  # characters
BEHIND = 25
NUMBER_OF = r"(?: ?(?:numbers?|num|no|nr|nº|n°|id|ids|code|is|was|for|of|and|,|:|\.|#|-)){0,4}"
NAMED = re.compile(
    r"(?:#|\b(?:orders?|invoices?|tracking|bookings?|references?|ref|tickets?|receipts?|cases?|shipments?|parcels?"
    r"|serial|customers?|subscriptions?|quotes?|po|sku|parts?|models?|versions?|build|articles?|items?|products?|ean"
    r"|upc|gtin|isbn|imei|iccid|sim|vat|fedex|ups|dhl|usps|sn|s/n|bestellung|bestellnummer|auftrag|rechnung|rechnungsnummer|sendung|sendungsnummer|kundennummer|commande"
    rf"|facture|suivi|pedido|factura|seguimiento|ordine|fattura|bestelling|factuur|zam[oó]wienie|faktura){NUMBER_OF})"
    r"\s{0,3}$",
    re.IGNORECASE,
)
CARD = re.compile(
    r"(?<!sim )(?<!gift )(?<!loyalty )(?:\b|_)(?:(?:credit|debit|bank)?cards?|visa|master ?card|master|amex"
    r"|american express|discover|diners|jcb|maestro|union ?pay|kredit\w{0,6}|\w{0,12}karten?|cartes?|tarjetas?|carta"
    r"|kaart|kort|karta|kart[ąy]|cart[aã]o)(?:\b|_)",
    re.IGNORECASE,
)


def before(text: str, place: int) -> str:
    """What stands shortly before this place."""
    return text[max(0, place - NEAR) : place]


def around(text: str, start: int, end: int) -> str:
    """What stands shortly before, and directly behind."""
    return f"{before(text, start)}\n{text[end : end + BEHIND]}"


def named(text: str, place: int) -> bool:
    """Whether the words directly before say that this is the number of an order, an invoice, a parcel and the like."""
    return NAMED.search(before(text, place)) is not None


def of_card(text: str, start: int, end: int) -> bool:
    """Whether a card is spoken of nearby."""
    return CARD.search(around(text, start, end)) is not None
