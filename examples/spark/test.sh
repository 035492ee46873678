#!/bin/sh
# Runs the Spark job on a real cluster of one master and two workers on this machine, and compares what it wrote, row by row, with
# an audit without Spark.
#
#     examples/spark/test.sh BINARY [PLANS]
#
# Needs Java 17 and `pip install pyspark pyarrow`. PLANS is the corpus unless another folder is given. A minute or two.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
plans=$(cd "${2:-$here/../../corpus}" && pwd)
work=$(mktemp -d)
home=$(python3 -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME="$home" SPARK_LOCAL_IP=127.0.0.1
master=spark://127.0.0.1:7177

started=""
trap 'for process in $started; do kill "$process" 2>/dev/null || true; done; wait 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
spark() { "$home/bin/spark-class" "$@" >>"$work/spark.log" 2>&1 & started="$started $!"; }
spark org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 7177 --webui-port 0
sleep 5
for worker in 1 2; do
    spark org.apache.spark.deploy.worker.Worker --cores 1 --memory 1g --webui-port 0 --work-dir "$work/worker-$worker" "$master"
done
sleep 5

# Spark hands over neither empty files nor what begins with an underscore.
cp -R "$plans" "$work/plans"
find "$work/plans" -name '_*' -prune -exec rm -rf {} +
find "$work/plans" -type f -size 0 -exec rm {} +
plans="$work/plans"

"$home/bin/spark-submit" --master "$master" --conf spark.executor.memory=512m --conf spark.ui.enabled=false \
    "$here/audit_job.py" --binary "$binary" --secret test --parts 7 "$plans" "$work/spark" >>"$work/spark.log" 2>&1 ||
    { tail -40 "$work/spark.log"; exit 1; }

"$binary" audit "$plans" -o "$work/one" --quiet || [ $? = 3 ]
"$binary" audit merge "$work/spark/journal" -o "$work/merged" --quiet || [ $? = 3 ]
python3 "$here/compare.py" "$work/one" "$work/spark" "$work/merged"
