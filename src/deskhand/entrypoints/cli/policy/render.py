"""`deskhand policy render`: the rules in plain English."""

import sys
from pathlib import Path

from deskhand.bootstrap import policy_files
from deskhand.entrypoints.printing import print_json
from deskhand.execution.catalogue.all_actions import schema_of_texts
from deskhand.policy.loading import load_policies
from deskhand.policy.render import render
from deskhand.settings import read_settings


def run(folder: Path, *, as_json: bool) -> None:
    files = policy_files(read_settings(folder).folder)
    policy = load_policies(files, schema_of_texts(files))
    if as_json:
        print_json({"policy": policy.digest, "markdown": render(policy)})
    else:
        sys.stdout.write(render(policy))
