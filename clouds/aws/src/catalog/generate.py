#!/usr/bin/env python3
"""Writes this driver's catalogue (types.csv, places.txt) from a folder of facts about AWS.

usage: generate.py FOLDER

FOLDER holds, as CSV with a header:
  aws-instance-types.csv        instance_type, vcpus, memory_mib, gpu_name, gpu_count, gpu_memory_mib_each, architectures,
                                on_demand_usd_per_hour_us_east_1
  aws-gpu-zone-offerings.csv    region, zone, instance_type
  aws-gpu-spot-advisor.csv      region, instance_type, savings_over_on_demand_percent
Chosen are the x86-64 GPU types that some zone offers, and the CPU types below. No list says which zones offer those: they
count as offered in every zone, and where one is not, AWS refuses it as `Unsupported`, which the driver reports as capacity.
"""
import collections
import csv
import pathlib
import sys

CPU_TYPES = """t3.medium t3.large c6i.large c6i.xlarge c7i.large c7i.xlarge c7i.2xlarge c7i.4xlarge c7i.8xlarge
m7i.large m7i.xlarge m7i.2xlarge m7i.4xlarge""".split()

SOURCE = "# Written by src/catalog/generate.py from AWS's instance types, us-east-1 prices, GPU zone offerings and spot advisor of 2026."

# "f" types hold a slice of one L4, which has this much memory in all.
L4_MEMORY_MIB = 22888


def read(folder, name):
    with open(folder / name, newline="") as file:
        return list(csv.DictReader(file))


def write(name, columns, lines):
    out = pathlib.Path(__file__).parents[1] / "main/resources/org/deepseekplugin/cloud/aws" / name
    out.write_text("\n".join([SOURCE, "# " + columns, *lines]) + "\n")


def accelerators(row):
    """count, MiB each; a slice counts as a part of the whole."""
    if not row["gpu_name"]:
        return "", ""
    count, memory = int(row["gpu_count"]), int(row["gpu_memory_mib_each"])
    if count:
        return count, memory
    return round(8 * memory / L4_MEMORY_MIB) / 8, L4_MEMORY_MIB


def type_line(row):
    count, memory = accelerators(row)
    fields = [row["instance_type"], row["vcpus"], row["memory_mib"], row["gpu_name"], count, memory]
    return ",".join(map(str, [*fields, row["on_demand_usd_per_hour_us_east_1"]]))


def place_line(type_, zones, savings):
    """type region:letters of its zones[:spot savings in percent] ..."""
    letters = collections.defaultdict(str)
    for region, zone in sorted(zones):
        letters[region] += zone.removeprefix(region)
    places = (f"{r}:{z}:{savings[r, type_]}" if (r, type_) in savings else f"{r}:{z}" for r, z in letters.items())
    return " ".join([type_, *places])


def main(folder):
    zones = collections.defaultdict(set)
    for row in read(folder, "aws-gpu-zone-offerings.csv"):
        zones[row["instance_type"]].add((row["region"], row["zone"]))
    everywhere = set().union(*zones.values())
    zones.update({type_: everywhere for type_ in CPU_TYPES})
    savings = {
        (row["region"], row["instance_type"]): row["savings_over_on_demand_percent"]
        for row in read(folder, "aws-gpu-spot-advisor.csv")
    }
    rows = [row for row in read(folder, "aws-instance-types.csv") if row["instance_type"] in zones]
    rows = [row for row in rows if "x86_64" in row["architectures"]]
    write(
        "types.csv",
        "type,vcpus,memory_mib,accelerator,count,accelerator_memory_mib,on_demand_usd_per_hour_us_east_1",
        [type_line(row) for row in rows],
    )
    write(
        "places.txt",
        "type region:zone letters:spot savings in percent ...; * stands for the places of all types together",
        ["* " + place_line("", everywhere, {}).strip()]
        + [place_line(row["instance_type"], zones[row["instance_type"]], savings)
           for row in rows if row["instance_type"] not in CPU_TYPES]
        + [type_ + " *" for type_ in CPU_TYPES],
    )


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
