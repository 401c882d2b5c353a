"""The same question through Deskhand: the demo company's desk grown to so many procedures, the rest as it comes."""

import json
import sys
import tempfile
import time
from pathlib import Path

given = json.loads(sys.argv[1])
began = time.monotonic()
from deskhand.bootstrap import model_twin, open_desk  # noqa: E402
from deskhand.entrypoints.cli import bench_models  # noqa: E402
from deskhand.workflows.take_in import run_key, take_in  # noqa: E402

bench_models.PROCEDURES = given["rules"]
with tempfile.TemporaryDirectory() as place, model_twin() as name:
    settings = bench_models._grown(Path(given["desk"]), Path(place), name)
    with open_desk(settings, tell=lambda text: None) as desk:
        print(json.dumps({"start_s": time.monotonic() - began}), flush=True)
        people = desk.people_of_the_world()
        pairs = [
            one
            for both in zip(people["double_charge_small"] * 200, people["single_charge"] * 200, strict=False)
            for one in both
        ]
        text, cpu = "I was charged twice for my subscription, can you fix it?", 0.0
        for email in pairs[: given["tickets"]]:
            headers, body = desk.write_as_customer(email, text)
            delivery = desk.doors["zendesk"](headers, body, desk.desk.clock())
            spent = time.process_time()
            for _ in range(given.get("times", 1)):
                take_in(desk.store, delivery, "autonomous")
            desk.wait(run_key(delivery), 120)
            cpu += time.process_time() - spent
        ended = [one.body["model"] for one in desk.queries.of_kinds(["message.ended"])]
        refunds = sum(one.body["action"] == "refund_charge" for one in desk.queries.of_kinds(["effect.done"]))
        found = {
            "cpu_s": cpu,
            "calls": sum(one["calls"] for one in ended),
            "tokens": sum(one["input_tokens"] for one in ended),
            "refunds": refunds,
        }
        print(json.dumps(found))
