"""What is found wrong while policy files are loaded: all of it is told at once, and each thing once."""

from deskhand.domain.errors import DeskFault, Fault


class Faults:
    """Collects; `tell` raises what was collected. The same fault on several actions is told once, with all of them."""

    def __init__(self) -> None:
        self._found: dict[Fault, list[str]] = {}

    def add(self, file: str, line: int, what: str, action: str = "") -> None:
        self._found.setdefault(Fault(file, line, what), []).append(action)

    def extend(self, faults: tuple[Fault, ...]) -> None:
        for fault in faults:
            self.add(fault.file, fault.line, fault.what)

    def tell(self) -> None:
        """Raises `DeskFault` if anything was found."""
        if self._found:
            raise DeskFault(tuple(_on(fault, actions) for fault, actions in self._found.items()))


def _on(fault: Fault, actions: list[str]) -> Fault:
    named = ", ".join(dict.fromkeys(action for action in actions if action))
    return Fault(fault.file, fault.line, f"{fault.what} (on {named})") if named else fault
