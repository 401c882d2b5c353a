"""How an effect's key travels: in an external id of ours, under which Salesforce keeps one task and no second."""

import hashlib

KEY_FIELD = "Deskhand_Key__c"


def mark(key: str) -> str:
    return f"dh_{hashlib.sha256(key.encode()).hexdigest()[:40]}"
