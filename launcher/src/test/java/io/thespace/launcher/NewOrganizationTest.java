package io.thespace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NewOrganizationTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private HttpServer server;
    private int status = 201;
    private String sent;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean login = exchange.getRequestURI().getPath().equals("/api/auth/login");
            byte[] read = exchange.getRequestBody().readAllBytes();
            if (!login) {
                sent = new String(read, StandardCharsets.UTF_8);
            }
            byte[] body = (login
                            ? "{\"access_token\":\"tok\"}"
                            : status != 201
                                    ? "{\"error\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"owner_email must be an"
                                            + " address.\"}}"
                                    : "{\"organization\":{\"id\":\"o1\"},\"invitation\":{\"code\":\"C-1\"},\"pin\":\"12345678\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(login ? 200 : status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String create(String... words) {
        URI host = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        NewOrganization.create(
                host,
                "admin@localhost",
                "right password",
                List.of(words),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theInvitationIsPrinted() {
        assertThat(create("Acme", "ada@example.org")).contains("o1", "C-1", "12345678", "ada@example.org");
        assertThat(Json.tree(sent).path("owner_email").asText()).isEqualTo("ada@example.org");
    }

    @Test
    void refusalsAndMistakesSayWhy() {
        status = 403;
        assertThatThrownBy(() -> create("Acme", "ada@example.org"))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("The organization was not created (403): owner_email must be an address.");
        assertThatThrownBy(() -> create("Acme"))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("Usage");
    }
}
