#!/usr/bin/env python3
"""Whether a Spark job wrote the rows that one machine wrote: compare.py ONE SPARK MERGED."""
import filecmp
import sys
from pathlib import Path

import pyarrow.parquet as parquet

one, spark, merged = map(Path, sys.argv[1:])
wrong = 0
for table in ["plans", "findings", "statements", "identifiers"]:
    here, there = parquet.read_table(one / f"{table}.parquet"), parquet.read_table(spark / table)
    if here.schema.names != there.schema.names or [str(f.type) for f in here.schema] != [str(f.type) for f in there.schema]:
        wrong += 1
        print(f"{table}: the columns differ:\n{here.schema}\n{there.schema}")
        continue
    # The template of a plan, and whether a file is a copy, need all plans: `merge` says them, a task cannot. So of two files
    # with the same bytes a task may list the findings twice: rows are compared as sets.
    names = [name for name in here.schema.names if name not in ("template", "copy")]
    rows = [{tuple(row.values()) for row in rows_of.select(names).to_pylist()} for rows_of in (here, there)]
    same = rows[0] == rows[1]
    print(f"{table}: {len(rows[0])} rows on one machine, {len(rows[1])} from Spark: {'the same' if same else 'DIFFERENT'}")
    wrong += not same
# After the merge everything is the same, to the byte, but for the settings that the two name.
for path in sorted(one.iterdir()):
    if path.name not in ("run.json", "dashboard.html"):
        same = filecmp.cmp(path, merged / path.name, shallow=False)
        print(f"{path.name}: {'the same bytes' if same else 'DIFFERENT'}")
        wrong += not same
sys.exit(wrong > 0)
