package io.thespace.benchmark;

import io.thespace.launcher.Instance;
import io.thespace.launcher.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The comparator: checks the same tokens by the instance's keys, and counts in the same Redis. */
final class SpringCloudGateway {

    private SpringCloudGateway() {}

    /** @param classpath of benchmarks/spring-gateway */
    static Contender start(String classpath, Instance instance, String redis, URI upstream)
            throws IOException, InterruptedException {
        int port = Ports.unused(1).get(0);
        Path log = Files.createTempFile("spring-gateway", ".log");
        ProcessBuilder command = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx448m",
                "-cp",
                classpath,
                "io.thespace.benchmark.spring.SpringGateway",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.main.banner-mode=off",
                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri="
                        + instance.base().resolve("/api/auth/jwks"),
                "--benchmark.upstream=" + upstream);
        command.environment().put("SPRING_DATA_REDIS_URL", redis);
        return Contender.started(
                "spring",
                port,
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start());
    }
}
