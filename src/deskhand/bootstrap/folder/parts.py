"""Parts of a desk folder that several files make together: questions of `[records]`, and second versions."""

from collections.abc import Iterable
from dataclasses import replace

from deskhand.bootstrap.folder.files import texts
from deskhand.connectors.records.question import Question
from deskhand.domain.errors import DeskFault, Fault
from deskhand.procedures.loading import Known, load_procedures
from deskhand.procedures.procedure import Procedure
from deskhand.settings import Settings


def questions(settings: Settings, *, events: bool = False) -> tuple[Question, ...]:
    """`events`: those over all customers, which name nobody."""
    records = settings.table.records
    if records is None:
        return ()
    asked = records.events if events else records.questions
    found = tuple(Question(name, one.about, one.sql, one.binds, one.fields, one.rows) for name, one in asked.items())
    file, part = str(settings.folder / "desk.toml"), "records.events" if events else "records"
    wrong = [Fault(file, 1, f"{part}.{one.name}: {what}") for one in found for what in one.faults()]
    bound = [one.name for one in found if events and one.binds]
    wrong += [Fault(file, 1, f"{part}.{name}: is about nobody in particular, so it takes no binds") for name in bound]
    if wrong:
        raise DeskFault(tuple(wrong))
    return found


def seconds(settings: Settings, known: Known, procedures: Iterable[Procedure]) -> dict[str, Procedure]:
    """The second version of each trial of [rollout.trials]. It may propose no more than the first."""
    firsts, found = {one.id: one for one in procedures}, dict[str, Procedure]()
    files, faults = texts(settings.folder, "trials"), list[Fault]()
    for name, trial in settings.table.rollout.trials.items():
        if trial.model:
            continue
        file = f"trials/{name}.yaml"
        if file not in files:
            faults.append(Fault(file, 1, f"rollout.trials.{name} of desk.toml wants this file"))
            continue
        try:
            # A procedure is named as its file is, and this one as the first version.
            (second,) = load_procedures({f"procedures/{trial.procedure}.yaml": files[file]}, known)
        except DeskFault as fault:
            faults += [replace(one, file=file) for one in fault.faults]
            continue
        found[name], first = second, firsts.get(trial.procedure)
        if first and (more := sorted(set(second.may_propose) - set(first.may_propose))):
            faults.append(Fault(file, 1, f"it may propose {', '.join(more)}, which {first.id} itself may not"))
    if faults:
        raise DeskFault(tuple(faults))
    return found
