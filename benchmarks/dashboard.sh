#!/bin/sh
# What the dashboard of the instance that ./deploy.sh runs loads, and how smooth its live tail is: benchmarks/dashboard.sh [seconds]
# SPACE_ADMIN_PASSWORD signs in. Needs Chromium (Debian: apt-get install chromium; CHROMIUM names its program elsewhere).
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
export SPACE_HOME="${SPACE_HOME:-$PWD/.space}"
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.DashboardBenchmark "$@"
