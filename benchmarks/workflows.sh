#!/bin/sh
# Runs of workflows that events start in the instance that ./deploy.sh runs: benchmarks/workflows.sh [sizes, such as 100,1000,10000]
# SPACE_ADMIN_PASSWORD signs in; SPACE_ACCESS_TOKEN_SECONDS of that instance must outlast the runs (7200 does). Their workflows stay.
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
export SPACE_HOME="${SPACE_HOME:-$PWD/.space}"
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.WorkflowBenchmark "$@"
