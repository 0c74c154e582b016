package io.thespace.wire;

import io.thespace.endpoint.Family;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.FieldError;
import io.thespace.problem.Statuses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of an error, independent of the API family's format.
 *
 * @param code in the family's terms; null where a family has none
 * @param details errors of single members; may be empty
 */
public record ErrorBody(int status, String code, String message, String requestId, List<FieldError> details) {

    /** A refusal by the platform. */
    public static ErrorBody of(
            Family family, ErrorCode refusal, String message, String requestId, List<FieldError> details) {
        String code =
                switch (family) {
                    case PLATFORM -> null;
                    case MANAGEMENT -> ManagementCode.of(refusal).name();
                };
        return new ErrorBody(Statuses.of(refusal.kind()), code, message, requestId, details);
    }

    /** A refusal by the container. */
    static ErrorBody of(Family family, int status, String message, String requestId) {
        String code =
                switch (family) {
                    case PLATFORM -> null;
                    case MANAGEMENT -> ManagementCode.of(status).name();
                };
        return new ErrorBody(status, code, message, requestId, List.of());
    }

    /** The family's own form. */
    public Map<String, Object> in(Family family) {
        Map<String, Object> body = new LinkedHashMap<>();
        switch (family) {
            case PLATFORM -> {
                body.put("error", message);
                body.put("code", status);
                body.put("request_id", requestId);
                if (!details.isEmpty()) {
                    body.put("details", fields(family));
                }
            }
            case MANAGEMENT -> {
                Map<String, Object> error = new LinkedHashMap<>();
                error.put("code", code);
                error.put("message", message);
                error.put("request_id", requestId);
                if (!details.isEmpty()) {
                    error.put("field_errors", fields(family));
                }
                body.put("error", error);
            }
        }
        return body;
    }

    /** Problem details (RFC 9457), with what the family has beyond them as extension members. */
    public Map<String, Object> problem(Family family) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", Statuses.title(status));
        body.put("status", status);
        body.put("detail", message);
        if (code != null) {
            body.put("code", code);
        }
        body.put("request_id", requestId);
        if (!details.isEmpty()) {
            body.put(
                    switch (family) {
                        case PLATFORM -> "details";
                        case MANAGEMENT -> "field_errors";
                    },
                    fields(family));
        }
        return body;
    }

    private List<Map<String, Object>> fields(Family family) {
        return details.stream().map(detail -> field(family, detail)).toList();
    }

    private static Map<String, Object> field(Family family, FieldError detail) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("field", detail.field());
        if (family == Family.MANAGEMENT) {
            field.put("code", detail.code());
        }
        field.put("message", detail.message());
        return field;
    }
}
