package io.thespace.benchmark;

import io.thespace.launcher.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * nginx as a plain proxy with keep-alive connections: the lower bound, since it neither authenticates nor counts
 * requests.
 */
final class Nginx {

    private Nginx() {}

    /**
     * Starts it.
     *
     * @return empty when it is not installed
     */
    static Optional<Contender> start(URI upstream, String prefix) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("nginx");
        int port = Ports.unused(1).get(0);
        Path configuration = Files.writeString(
                folder.resolve("nginx.conf"),
                """
                daemon off;
                worker_processes auto;
                pid %1$s/pid;
                error_log stderr warn;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  keepalive_requests 1000000000;
                  upstream benchmark { server %2$s; keepalive 128; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%3$d;
                    location /api/v1/gateway%4$s/ {
                      proxy_pass http://benchmark/;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                    }
                  }
                }
                """
                        .formatted(folder, upstream.getAuthority(), port, prefix));
        String program = System.getenv().getOrDefault("NGINX", "nginx");
        try {
            Process process = new ProcessBuilder(
                            program, "-e", "stderr", "-p", folder.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            return Optional.of(Contender.started("nginx", port, process));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("error=2")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
