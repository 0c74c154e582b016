package io.thespace.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** {@code deploy.sh organization}: creates an organization on a running instance and prints its first owner's invitation. */
final class NewOrganization {

    private NewOrganization() {}

    /**
     * Creates it as a platform administrator.
     *
     * @param words the organization's name and its first owner's email address
     * @throws LaunchFailure when the instance does not answer, or refuses
     */
    static void create(URI host, String email, String password, List<String> words, PrintStream out) {
        if (words.size() != 2) {
            throw new LaunchFailure("Usage: ./deploy.sh organization <name> <owner's email address>");
        }
        Api api = new Api();
        String token = api.signIn(host, email, password);
        HttpResponse<String> answer = api.exchange(HttpRequest.newBuilder(host.resolve("/management/v1/organizations"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.text(Map.of("name", words.get(0), "owner_email", words.get(1))))));
        if (answer.statusCode() != 201) {
            throw new LaunchFailure(
                    "The organization was not created (%d): %s".formatted(answer.statusCode(), refusal(answer.body())));
        }
        JsonNode made = Json.tree(answer.body());
        out.println("Organization  " + made.path("organization").path("id").asText());
        out.println("Owner         " + words.get(1));
        out.println("Code          " + made.path("invitation").path("code").asText());
        out.println("PIN           " + made.path("pin").asText() + "  (shown only this once)");
        out.println(
                "Valid until   " + made.path("invitation").path("expires_at").asText());
        out.println(
                "The owner accepts with POST %s/api/frontend/membership/accept-invitation {code, pin, email, name, password}."
                        .formatted(host.toString().replaceAll("/$", "")));
    }

    /** The error message of the management API; the whole body without one. */
    private static String refusal(String body) {
        String says = Json.tree(body).at("/error/message").asText();
        return says.isEmpty() ? Api.shortened(body) : says;
    }
}
