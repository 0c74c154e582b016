package io.thespace.wire;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.problem.Statuses;
import java.util.Arrays;

/** The codes of the management API's errors, and the one place where refusals become them. */
public enum ManagementCode {
    INVALID_JSON(400),
    VALIDATION_ERROR(400),
    MISSING_TOKEN(401),
    INVALID_TOKEN(401),
    INSUFFICIENT_PERMISSIONS(403),
    AGENT_NOT_AUTHORIZED(403),
    AGENT_SUSPENDED(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    CONFLICT(409),
    IDEMPOTENCY_CONFLICT(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    IDEMPOTENCY_MISMATCH(422),
    RATE_LIMITED(429),
    INTERNAL_ERROR(500),
    PROVIDER_NOT_CONFIGURED(501),
    SERVICE_DEGRADED(503),
    AUTH_UNAVAILABLE(503);

    private final int status;

    ManagementCode(int status) {
        this.status = status;
    }

    /**
     * Returns the code of a rejection. A capability may give its own error code the name of one of these, which is then
     * used. A capability may name its own refusal as one of these and is then taken by its word.
     */
    public static ManagementCode of(ErrorCode refusal) {
        if (refusal == EndpointError.MALFORMED_JSON) {
            return INVALID_JSON;
        } else if (refusal == EndpointError.TOKEN_MISSING) {
            return MISSING_TOKEN;
        } else if (refusal == EndpointError.KEY_IN_USE) {
            return IDEMPOTENCY_CONFLICT;
        }
        int status = Statuses.of(refusal.kind());
        return Arrays.stream(values())
                .filter(code -> code.status == status && code.name().equals(refusal.name()))
                .findFirst()
                .orElseGet(() -> switch (refusal.kind()) {
                    case INVALID -> VALIDATION_ERROR;
                    case UNAUTHENTICATED -> INVALID_TOKEN;
                    case FORBIDDEN -> INSUFFICIENT_PERMISSIONS;
                    case NOT_FOUND, GONE -> NOT_FOUND;
                    case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
                    case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
                    case TOO_SLOW -> REQUEST_TIMEOUT;
                    case CONFLICT, CHANGED -> CONFLICT;
                    case TOO_LARGE -> PAYLOAD_TOO_LARGE;
                    case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_MEDIA_TYPE;
                    case MISMATCH -> IDEMPOTENCY_MISMATCH;
                    case LIMITED -> RATE_LIMITED;
                    case NOT_CONFIGURED -> PROVIDER_NOT_CONFIGURED;
                    case UNAVAILABLE, UPSTREAM_FAILED, UPSTREAM_LATE -> SERVICE_DEGRADED;
                    case INTERNAL -> INTERNAL_ERROR;
                });
    }

    /** Returns the code of a rejection by the container, of which only the status is known. */
    static ManagementCode of(int status) {
        return switch (status) {
            case 401 -> INVALID_TOKEN;
            case 403 -> INSUFFICIENT_PERMISSIONS;
            case 404 -> NOT_FOUND;
            case 405, 501 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 409 -> CONFLICT;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 429 -> RATE_LIMITED;
            case 503 -> SERVICE_DEGRADED;
            default -> status < 500 ? VALIDATION_ERROR : INTERNAL_ERROR;
        };
    }
}
