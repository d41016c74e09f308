#!/usr/bin/env python3
"""Writes the emulator's AWS catalogue from a folder of facts.

usage: generate.py FOLDER

FOLDER holds aws-instance-types.csv, aws-gpu-zone-offerings.csv and aws-gpu-spot-advisor.csv (their columns: see read()).
GPU types are offered in the zones that the facts name; the CPU types below in every zone. On-demand prices are those of
us-east-1; spot prices follow from the advisor's savings and are estimates.
"""
import collections
import csv
import pathlib
import sys

CPU_TYPES = """t3.medium t3.large c6i.large c6i.xlarge c7i.large c7i.xlarge c7i.2xlarge c7i.4xlarge c7i.8xlarge
m7i.large m7i.xlarge m7i.2xlarge m7i.4xlarge m7g.large m7g.xlarge c7g.xlarge c7g.2xlarge""".split()

SOURCE = "# Made by catalogue/generate.py from lists of AWS instance types, GPU zone offerings and the spot advisor, dated 2026."


def read(folder, name):
    with open(folder / name, newline="") as file:
        return list(csv.DictReader(file))


def write(name, title, lines):
    out = pathlib.Path(__file__).parent / "../src/main/resources/org/deepseekplugin/emulator/aws/catalogue" / name
    out.write_text("\n".join([SOURCE, "# " + title, *lines]) + "\n")


def types(rows):
    columns = [
        "instance_type", "vcpus", "memory_mib", "gpu_manufacturer", "gpu_name", "gpu_count", "gpu_memory_mib_each",
        "network_gbps_peak", "efa_interfaces_max", "architectures", "on_demand_usd_per_hour_us_east_1",
    ]
    chosen = [row for row in rows if row["gpu_manufacturer"] or row["instance_type"] in CPU_TYPES]
    write("types.csv", ",".join(columns), [",".join(row[column] for column in columns) for row in chosen])
    return {row["instance_type"] for row in chosen}


def zones(rows, known):
    offered = collections.defaultdict(set)
    for row in rows:
        if row["instance_type"] in known:
            offered[row["zone"]].add(row["instance_type"])
    regions = {row["zone"]: row["region"] for row in rows}
    cpu = sorted(known.intersection(CPU_TYPES))
    write(
        "zones.txt",
        "region zone type..., CPU types: " + " ".join(cpu),
        [" ".join([regions[zone], zone, *sorted(offered[zone])]) for zone in sorted(offered)],
    )


def savings(rows, known):
    by_region = collections.defaultdict(list)
    for row in rows:
        if row["instance_type"] in known:
            by_region[row["region"]].append(row["instance_type"] + "=" + row["savings_over_on_demand_percent"])
    write("savings.txt", "region type=percent...", [" ".join([r, *sorted(by_region[r])]) for r in sorted(by_region)])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    facts = pathlib.Path(sys.argv[1])
    names = types(read(facts, "aws-instance-types.csv"))
    zones(read(facts, "aws-gpu-zone-offerings.csv"), names)
    savings(read(facts, "aws-gpu-spot-advisor.csv"), names)
