#!/usr/bin/env python3
"""An audit as a Spark job: plans from any storage that Spark reads, the same rows as on one machine.

    spark-submit audit_job.py --binary /usr/local/bin/ehcp-lint --secret WORDS PLANS OUT

Every task takes a share of the files (`binaryFile`), hands them to `ehcp-lint audit --part`, and gives back the lines of its
journal. From these come, under OUT:

    plans, findings, statements, identifiers    Parquet, with the columns and types of docs/audit.md
    journal                                     what `ehcp-lint audit merge` takes, for everything that needs all plans

The program must be on every worker, at the same path. Nothing else is installed there: no Python package but Spark's own.
"""
import argparse
import csv
import os
import subprocess
import tempfile

from pyspark.sql import SparkSession
from pyspark.sql import types as t

TABLES = ["plans", "findings", "statements", "identifiers"]


def columns(binary):
    """The columns of each table, as the program itself says them: an audit of nothing writes every table."""
    with tempfile.TemporaryDirectory() as folder:
        plans, out = os.path.join(folder, "plans"), os.path.join(folder, "out")
        os.mkdir(plans)
        with open(os.path.join(plans, "nothing.txt"), "w") as file:
            file.write("Nothing.")
        subprocess.run([binary, "audit", plans, "-o", out, "--quiet"], check=True)
        import json
        with open(os.path.join(out, "run.json")) as file:
            tables = json.load(file)["tables"]
    kinds = {"text": t.StringType(), "whole number": t.LongType(), "true or false": t.BooleanType()}
    return {
        table["name"]: t.StructType([
            t.StructField(column["name"], kinds[column["kind"]], True)
            for column in table["columns"] if not column["with_text_alone"]
        ])
        for table in tables
    }


def reader(binary, secret, root, options):
    """What one task does with its share of the files."""
    def read(rows):
        with tempfile.TemporaryDirectory() as folder:
            plans, part, out = (os.path.join(folder, name) for name in ("plans", "part", "out"))
            os.mkdir(plans)
            for row in rows:
                name = row.path.split(root, 1)[-1].lstrip("/")
                path = os.path.join(plans, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(row.content)
            if not os.listdir(plans):
                return
            # One process: Spark has as many tasks as there are cores.
            audit = [binary, "audit", plans, "-o", part, "--part", secret, "--jobs", "1", "--quiet", *options]
            subprocess.run(audit, check=True, stdin=subprocess.DEVNULL)
            with open(os.path.join(part, "journal.jsonl"), encoding="utf-8", newline="\n") as journal:
                for number, line in enumerate(journal):
                    yield ("header" if number == 0 else "journal", line.rstrip("\n"))
            merged = subprocess.run([binary, "audit", "merge", part, "-o", out, "--quiet"], stdin=subprocess.DEVNULL)
            if merged.returncode not in (0, 3):
                raise RuntimeError(f"ehcp-lint audit merge ended with {merged.returncode}")
            for table in TABLES:
                with open(os.path.join(out, f"{table}.csv"), encoding="utf-8", newline="") as file:
                    lines = csv.reader(file)
                    next(lines)
                    for line in lines:
                        yield (table, "\x1f".join(line))
    return read


def typed(schema):
    """A row of text as the types of the table: an empty field is none."""
    def value(field, text):
        if text == "":
            return None
        if isinstance(field.dataType, t.LongType):
            return int(text)
        if isinstance(field.dataType, t.BooleanType):
            return text == "true"
        return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
    return lambda line: tuple(value(field, text) for field, text in zip(schema.fields, line.split("\x1f")))


def main():
    say = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    say.add_argument("plans")
    say.add_argument("out")
    say.add_argument("--binary", default="ehcp-lint")
    say.add_argument("--secret", required=True, help="any words, the same for every part of one audit")
    say.add_argument("--parts", type=int, default=0, help="into how many shares the files are put; otherwise Spark decides")
    say.add_argument("--option", action="append", default=[], help="an option for ehcp-lint audit, such as --option=--as-of=2026-01-01")
    args = say.parse_args()
    spark = SparkSession.builder.appName("ehcp-lint audit").getOrCreate()
    files = (spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(args.plans).select("path", "content"))
    if args.parts:
        files = files.repartition(args.parts)
    root = args.plans.split("://")[-1].rstrip("/") + "/"
    lines = files.rdd.mapPartitions(reader(args.binary, args.secret, root, args.option)).cache()
    for table, schema in columns(args.binary).items():
        if table in TABLES:
            rows = lines.filter(lambda line, table=table: line[0] == table).map(lambda line: line[1]).map(typed(schema))
            spark.createDataFrame(rows, schema).write.mode("overwrite").parquet(f"{args.out}/{table}")
    # A header, and then every record: one journal, as if one machine had read all plans.
    header = lines.filter(lambda line: line[0] == "header").map(lambda line: line[1]).first()
    records = lines.filter(lambda line: line[0] == "journal").map(lambda line: line[1]).toLocalIterator()
    os.makedirs(f"{args.out}/journal", exist_ok=True)
    with open(f"{args.out}/journal/journal.jsonl", "w", encoding="utf-8", newline="\n") as journal:
        journal.write(header + "\n")
        for record in records:
            journal.write(record + "\n")
    spark.stop()


if __name__ == "__main__":
    main()
