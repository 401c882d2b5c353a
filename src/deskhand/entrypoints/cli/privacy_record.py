"""The work of `deskhand privacy record` and `dpia`, without opening the desk."""

from pathlib import Path

from deskhand.bootstrap.privacy_record import dpia, record
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings


def show(folder: Path, *, as_json: bool, risks: bool) -> None:
    settings = read_settings(folder)
    told = dpia(settings) if risks else record(settings)
    if as_json:
        print_json(told)
        return
    for part, values in told.items():
        console.print(f"{part.replace('_', ' ').capitalize()}", markup=False)
        rows = values.items() if isinstance(values, dict) else ((one, "") for one in values)
        for name, value in rows if not isinstance(values, str) else [(values, "")]:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            console.print(f"  {name}" + (f": {shown}" if shown != "" else ""), markup=False, soft_wrap=True)
