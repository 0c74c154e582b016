#!/bin/sh
# Requests per second through the gateway of the instance that ./deploy.sh runs: benchmarks/gateway.sh [clients] [seconds]
# The instance needs SPACE_GATEWAY_NETWORKS=127.0.0.0/8, SPACE_LIMITS=gateway.admin=100000/10 and SPACE_ACCESS_TOKEN_SECONDS=7200;
# SPACE_ADMIN_PASSWORD signs in. Spring Cloud Gateway comes from Maven Central; nginx has to be installed, or NGINX names its program.
set -eu
cd "$(dirname "$0")/.."
./mvnw -q -pl benchmarks -am -DskipTests package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
./mvnw -q -f benchmarks/spring-gateway/pom.xml package dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
export SPACE_HOME="${SPACE_HOME:-$PWD/.space}"
exec java -cp "benchmarks/target/classes:$(cat benchmarks/target/classpath.txt)" io.thespace.benchmark.GatewayBenchmark \
  "benchmarks/spring-gateway/target/classes:$(cat benchmarks/spring-gateway/target/classpath.txt)" "$@"
