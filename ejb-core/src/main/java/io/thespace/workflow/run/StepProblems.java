package io.thespace.workflow.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import io.thespace.problem.Statuses;
import io.thespace.workflow.document.DocumentError;
import io.thespace.workflow.document.StepModel;
import io.thespace.workflow.document.StepModel.Caught;
import io.thespace.workflow.outside.HttpCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Failures of steps as errors of the Serverless Workflow DSL: problem details (RFC 9457) with the types that the DSL names. */
final class StepProblems {

    private static final String STANDARD = "https://serverlessworkflow.io/spec/1.0.0/errors/";

    /** The type prefix of a rejection for which the DSL has no type; its code follows. */
    private static final String OWN = "https://thespace.io/errors/";

    private static final List<String> MEMBERS = List.of("type", "status", "title", "detail");

    private StepProblems() {}

    /** The failure that a {@code raise} task is. */
    static Rejection raised(JsonNode error) {
        List<FieldError> members = new ArrayList<>();
        for (String member : MEMBERS) {
            if (error.hasNonNull(member)) {
                members.add(new FieldError(member, error.get(member).asText()));
            }
        }
        String title = error.path("title").asText(error.path("type").asText());
        String detail = error.path("detail").asText();
        return new Rejection(DocumentError.ERROR_RAISED, detail.isEmpty() ? title : title + ": " + detail, members);
    }

    /**
     * Converts a failure into an error.
     *
     * @param refusal null for a defect
     * @param cause the cause recorded by the run
     */
    static ObjectNode of(Rejection refusal, String cause, StepModel step) {
        ObjectNode error = Json.MAPPER.createObjectNode();
        if (refusal == null) {
            error.put("type", STANDARD + "runtime")
                    .put("status", 500)
                    .put("title", "Internal error")
                    .put("detail", cause);
        } else {
            error.put("type", type(refusal))
                    .put("status", Statuses.of(refusal.code().kind()))
                    .put("title", refusal.code().name())
                    .put("detail", refusal.getMessage());
            refusal.details().forEach(detail -> override(error, refusal, detail));
        }
        return error.put("instance", step.data().reference());
    }

    private static void override(ObjectNode error, Rejection refusal, FieldError detail) {
        boolean raised = refusal.code() == DocumentError.ERROR_RAISED;
        if (detail.field().equals(HttpCalls.STATUS) && detail.message().matches("\\d{3}")) {
            error.put("status", Integer.parseInt(detail.message()));
        } else if (raised && MEMBERS.contains(detail.field())) {
            error.put(detail.field(), detail.message());
        }
    }

    private static String type(Rejection refusal) {
        Kind kind = refusal.code().kind();
        if (refusal.code() == DocumentError.INVALID_WORKFLOW) {
            return STANDARD + "expression";
        } else if (!refusal.details().isEmpty()
                && refusal.details().get(0).field().equals(HttpCalls.STATUS)) {
            return STANDARD + "communication";
        }
        return switch (kind) {
            case UPSTREAM_FAILED, UPSTREAM_LATE, UNAVAILABLE -> STANDARD + "communication";
            case UNAUTHENTICATED -> STANDARD + "authentication";
            case FORBIDDEN -> STANDARD + "authorization";
            default -> OWN + refusal.code().name();
        };
    }

    /** Whether an error has the members that a {@code catch} names. */
    static boolean matches(Caught caught, ObjectNode error) {
        return is(caught.type(), error, "type")
                && is(caught.title(), error, "title")
                && is(caught.detail(), error, "detail")
                && is(caught.instance(), error, "instance")
                && (caught.status() == null
                        || caught.status() == error.path("status").asInt());
    }

    private static boolean is(String expected, ObjectNode error, String member) {
        return expected == null || Objects.equals(expected, error.path(member).asText());
    }
}
