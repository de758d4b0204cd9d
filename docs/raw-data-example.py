#!/usr/bin/env python3
"""Reads one trial's raw data with nothing but Python: availability of each shard, and whether all the money is still there.

    python3 docs/raw-data-example.py runs/…/trials/007-….raw        exit status 0 if no cent is missing, 1 if one is
"""
import collections, csv, gzip, io, json, pathlib, struct, sys, zipfile

folder = pathlib.Path(sys.argv[1])
trial = json.loads((folder / "trial.json").read_text())
with gzip.open(folder / "requests.csv.gz", "rt", newline="") as table:
    requests = list(csv.DictReader(table))

# Availability: served, and in time, of all that was to be sent in the window; transfers across shards count for neither shard.
NOT_SERVED = {"OVERLOADED", "UNAVAILABLE", "QUARANTINED"}
sent, ok = collections.Counter(), collections.Counter()
for request in requests:
    shard, intended = int(request["shard"]), int(request["intendedMicros"])
    across = request["otherAccount"] and int(request["otherAccount"]) % trial["shards"] != shard
    if not across and trial["windowFromMillis"] <= intended // 1000 < trial["windowToMillis"]:
        served = request["outcome"] == "accepted" or request["outcome"] == "refused" and request["reason"] not in NOT_SERVED
        sent[shard] += 1
        ok[shard] += served and int(request["answeredMicros"]) - intended <= trial["deadlineMillis"] * 1000
for shard in sorted(sent):
    print(f"shard {shard} availability {ok[shard] / sent[shard]:.4f}{' (victim)' if shard in trial['victimShards'] else ''}")

# Money: what the journals hold, on accounts and under way, is what clients know to have come in, give or take what nobody answered.
def records(segment):
    while header := segment.read(8):
        length = struct.unpack("<II", header)[0]  # and the CRC32C, which Python's library cannot compute
        if length == 0:
            return  # zeros: nothing was written from here on
        yield segment.read((length + 7) // 8 * 8)[:length]

held = trial["accounts"] * trial["initialBalanceCents"]
journals = zipfile.ZipFile(folder / "journals.zip")
for name in sorted(name for name in journals.namelist() if name.endswith(".log")):
    for record in list(records(io.BytesIO(journals.read(name))))[1:]:  # the first is the snapshot that opens the segment
        kind, account, other, zero, id, cents, number = struct.unpack("<iiiiqqq", record)
        held += {1: cents, 2: -cents}.get(kind, 0)  # a deposit, a withdrawal; all others only move what is there

low = high = trial["accounts"] * trial["initialBalanceCents"]
for request in requests:
    cents = {"deposit": 1, "withdraw": -1}.get(request["kind"], 0) * int(request["amountCents"] or 0)
    known, maybe = request["outcome"] == "accepted", request["outcome"] in ("indeterminate", "unanswered")
    low, high = low + cents * (known or maybe and cents < 0), high + cents * (known or maybe and cents > 0)
print(f"the journals hold {held} cents; by what clients were told it is {low} to {high}")
sys.exit(0 if low <= held <= high else 1)
