"""The report on golden tickets, for people and for CI."""

from collections.abc import Mapping
from html import escape as in_html
from xml.sax.saxutils import quoteattr

from rich.markup import escape
from rich.table import Table

from deskhand.entrypoints.printing import console
from deskhand.entrypoints.trials.report import Changes, Report, Ticket

LABELS: Mapping[str, str] = {
    "broken": "Passed before and fails now",
    "mended": "Failed before and passes now",
    "differently": "Fails in another way than before",
    "added": "New",
    "gone": "No longer there",
}
MOST = 12  # tickets that are named in one place
LINE = 220  # characters of a line of a conversation
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;"
    "border-bottom:1px solid #ccc}.failed{color:#a00}.passed{color:#060}"
)


def show(report: Report, since: Changes | None) -> None:
    """What failed and how, how simulated customers fared, what changed, and the count."""
    for one in report.tickets:
        if one.passed:
            continue
        tries = f"  ({one.passes} of {one.tries} tries passed)" if one.tries > 1 else ""
        console.print(f"[bold red]failed[/bold red] {escape(one.id)}{tries}: {escape(one.about)}", highlight=False)
        for each in one.differences:
            told = f"{each['what']}: expected {each['expected']}, got {each['got']}"
            console.print(f"    {told}", markup=False, highlight=False, soft_wrap=True)
        for words in one.said:
            console.print(f"      {' '.join(words.split())[:LINE]}", markup=False, highlight=False, style="dim")
    if any(one.manner for one in (*report.tickets, *report.discarded)):
        console.print(fared(report))
    if since and not since.none:
        table = Table("What changed", "Tickets", title=f"Since the run of {since.since[:16]}")
        for name, label in LABELS.items():
            if ids := getattr(since, name):
                more = [f"and {len(ids) - MOST} more"] if len(ids) > MOST else []
                table.add_row(label, escape(", ".join((*ids[:MOST], *more))))
        console.print(table)
    elif since:
        console.print(f"Nothing changed since the run of {since.since[:16]}.", highlight=False)
    if report.note:
        console.print(report.note, highlight=False)
    console.print(summary(report), style="green" if not report.failed else "bold red", highlight=False)


def fared(report: Report) -> Table:
    """Simulated customers, by manner."""
    table = Table("Manner", "Passed", "Of", "With people in the end", "Not counted", title="Simulated customers")
    for manner in dict.fromkeys(one.manner for one in (*report.tickets, *report.discarded) if one.manner):
        here = [one for one in report.tickets if one.manner == manner]
        lost = sum(one.manner == manner for one in report.discarded)
        with_people, passed = sum(one.with_people for one in here), sum(one.passed for one in here)
        table.add_row(manner, str(passed), str(len(here)), str(with_people), str(lost))
    return table


def summary(report: Report) -> str:
    """In one line."""
    own = [one for one in report.tickets if not one.manner]
    talks = [one for one in report.tickets if one.manner]
    all_, passed = len(own), sum(one.passed for one in own)
    talked = f", and {sum(one.passed for one in talks)} of {len(talks)} conversations" if talks else ""
    every = f", each {report.k} times" if report.k > 1 else ""
    share = f" (pass^{report.k} {100 * (report.pass_at_k or 0):.1f} %)" if report.k > 1 else ""
    return f"{passed} of {all_} golden tickets passed{every}{share}{talked}, in {report.seconds:.0f} s."


def junit(report: Report) -> str:
    """One test case for each ticket, as CI reads it."""
    cases = "".join(_case(one) for one in report.tickets)
    head = f'name="golden tickets" tests="{len(report.tickets)}" failures="{report.failed}" time="{report.seconds:.1f}"'
    suite = f"<testsuites>\n<testsuite {head}>\n{cases}</testsuite>\n</testsuites>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{suite}'


def _case(one: Ticket) -> str:
    head = f"<testcase classname={quoteattr(one.file)} name={quoteattr(_xml(one.id))}"
    if one.passed:
        return f"{head}/>\n"
    told = "\n".join(f"{each['what']}: expected {each['expected']}, got {each['got']}" for each in one.differences)
    message = quoteattr(_xml(told.split("\n")[0]))
    return f"{head}><failure message={message}>{in_html(_xml(told), quote=False)}</failure></testcase>\n"


def _xml(text: str) -> str:
    """Without the characters that no XML may hold."""
    return "".join(c for c in text if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff")


def page(report: Report, since: Changes | None) -> str:
    """The report as one HTML file without anything beside it."""
    rows = "".join(_row(one) for one in report.tickets)
    changed = ""
    if since:
        lines = "".join(
            f"<li>{label}: {in_html(', '.join(getattr(since, name)))}</li>"
            for name, label in LABELS.items()
            if getattr(since, name)
        )
        what = f"<ul>{lines}</ul>" if lines else "<p>Nothing changed.</p>"
        changed = f"<h2>Since the run of {in_html(since.since[:16])}</h2>{what}"
    note = f"<p>{in_html(report.note)}</p>" if report.note else ""
    brain = in_html(report.model or "the built-in brain")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Golden tickets</title><style>{STYLE}</style>'
        f"<h1>Golden tickets</h1><p>{in_html(summary(report))}</p><p>{in_html(report.at[:16])}, {brain}, "
        f"desk {in_html(report.desk[:12])}</p>{note}{changed}<table><thead><tr><th>Ticket</th><th>Result</th>"
        f"<th>What differed</th></tr></thead><tbody>{rows}</tbody></table></html>\n"
    )


def _row(one: Ticket) -> str:
    result = "passed" if one.passed else "failed"
    tries = f" ({one.passes} of {one.tries})" if one.tries > 1 else ""
    told = "".join(
        f"<p>{in_html(each['what'])}: expected {in_html(each['expected'])}, got {in_html(each['got'])}</p>"
        for each in one.differences
    )
    if one.said and not one.passed:
        told += "".join(f"<p><small>{in_html(words)}</small></p>" for words in one.said)
    return (
        f"<tr><td><strong>{in_html(one.id)}</strong><br>{in_html(one.about)}</td>"
        f'<td class="{result}">{result}{tries}</td><td>{told}</td></tr>'
    )
