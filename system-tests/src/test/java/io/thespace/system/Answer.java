package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Key.ServerKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A response, from any of the HTTP clients. */
final class Answer {

    /** Content that a response must never contain: markup, Java's names and its stack traces. */
    private static final Pattern LEAK = Pattern.compile(
            "<html|<!doctype|\\bat [a-z]+(\\.\\w+)+\\(|\\b(java|javax|jakarta|org|com|io|fish|sun)\\.[a-z]+\\.[a-zA-Z]|Exception",
            Pattern.CASE_INSENSITIVE);

    private final String request;
    private final int status;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final String body;

    Answer(String request, int status, Map<String, List<String>> headers, String body) {
        this.request = request;
        this.status = status;
        headers.forEach((name, values) -> {
            if (name != null) {
                this.headers.put(name, List.copyOf(values));
            }
        });
        this.body = body;
    }

    int status() {
        return status;
    }

    String body() {
        return body;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }

    JsonNode json() {
        return Json.read(body);
    }

    /** A member of the answered object. */
    JsonNode get(String member) {
        JsonNode value = json().get(member);
        assertThat(value).as("%s in the answer%n%s", member, this).isNotNull();
        return value;
    }

    /** A text member of the answered object. */
    String text(String member) {
        return get(member).asText();
    }

    /** Asserts the status. */
    Answer is(int expected) {
        assertThat(status).as("the status of%n%s", this).isEqualTo(expected);
        return this;
    }

    boolean succeeded() {
        return status >= 200 && status < 300;
    }

    /**
     * Asserts a rejection: the status, and the platform's error body and headers.
     *
     * @return its message
     */
    String refused(int expected) {
        is(expected);
        hasManners();
        leaksNothing();
        assertThat(header("Content-Type").orElse("none"))
                .as("the content type of%n%s", this)
                .matches("(?i)application/json(;\\s*charset=utf-8)?");
        if (request.contains(" /management")) {
            return refusedByManagement();
        }
        JsonNode error = json();
        assertThat(error.path("error").isTextual()
                        && !error.path("error").asText().isBlank())
                .as("there is an error in%n%s", this)
                .isTrue();
        assertThat(error.path("code").asInt()).as("the code in%n%s", this).isEqualTo(expected);
        assertThat(error.path("request_id").asText())
                .as("the request's id in%n%s", this)
                .isEqualTo(header("X-Request-Id").orElse("none"));
        assertThat(error.properties().stream().map(Map.Entry::getKey).toList())
                .as("the members of%n%s", this)
                .isSubsetOf("error", "code", "request_id", "details");
        return error.path("error").asText();
    }

    private String refusedByManagement() {
        assertThat(json().properties().stream().map(Map.Entry::getKey).toList())
                .as("the members of%n%s", this)
                .containsExactly("error");
        JsonNode error = json().path("error");
        assertThat(error.path("code").asText()).as("the code in%n%s", this).matches("[A-Z_]+");
        assertThat(error.path("message").asText())
                .as("the message in%n%s", this)
                .isNotBlank();
        assertThat(error.path("request_id").asText())
                .as("the request's id in%n%s", this)
                .isEqualTo(header("X-Request-Id").orElse("none"));
        assertThat(error.properties().stream().map(Map.Entry::getKey).toList())
                .as("the members of%n%s", this)
                .isSubsetOf("code", "message", "request_id", "field_errors");
        return error.path("message").asText();
    }

    /** Asserts a refusal by the management API with one of its codes. */
    String refused(int expected, String code) {
        String says = refused(expected);
        assertThat(json().at("/error/code").asText())
                .as("the code in%n%s", this)
                .isEqualTo(code);
        return says;
    }

    /** Asserts a refusal of what Payara's own parser may not let through: then it is 400. */
    void refusedOrNotLetThrough(int expected) {
        refused(Stage.KIND != ServerKind.WILDFLY && status == 400 ? 400 : expected);
    }

    /** Asserts a refusal of single members. */
    String refusedFor(int expected, String... fields) {
        String says = refused(expected);
        assertThat(get("details").findValuesAsText("field"))
                .as("the fields at fault in%n%s", this)
                .containsExactlyInAnyOrder(fields);
        return says;
    }

    /** Asserts what every answer carries. */
    Answer hasManners() {
        assertThat(header("X-Request-Id").orElse("none"))
                .as("the request's id of%n%s", this)
                .matches("[A-Za-z0-9._-]{1,128}")
                .isNotEqualTo("none");
        assertThat(header("X-Content-Type-Options")).as("sniffing in%n%s", this).contains("nosniff");
        assertThat(header("Referrer-Policy")).as("referrers in%n%s", this).isPresent();
        assertThat(header("X-Powered-By")).as("the server's name in%n%s", this).isEmpty();
        return this;
    }

    /** Asserts that neither markup nor anything of Java's is told. */
    Answer leaksNothing() {
        assertThat(LEAK.matcher(body).results().map(m -> m.group()).toList())
                .as("leaks in%n%s", this)
                .isEmpty();
        assertThat(header("Server").orElse("").toLowerCase(Locale.ROOT))
                .as("the server's name in%n%s", this)
                .doesNotContain("payara", "glassfish", "wildfly", "undertow", "jboss");
        return this;
    }

    @Override
    public String toString() {
        String shown = body.length() > 2000 ? body.substring(0, 2000) + "…" : body;
        return request + "\n→ " + status + " " + headers + "\n" + shown;
    }
}
