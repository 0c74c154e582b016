package io.thespace.problem;

import io.thespace.plugin.api.Kind;

/**
 * The one place where kinds of refusal become HTTP statuses (RFC 9110, section 15): those of answers, and those that errors of workflows
 * carry.
 */
public final class Statuses {

    private Statuses() {}

    /** The status of refusals of a kind. */
    public static int of(Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            case TOO_SLOW -> 408;
            case CONFLICT -> 409;
            case GONE -> 410;
            case CHANGED -> 412;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case MISMATCH -> 422;
            case LIMITED -> 429;
            case INTERNAL -> 500;
            case NOT_CONFIGURED -> 501;
            case UPSTREAM_FAILED -> 502;
            case UNAVAILABLE -> 503;
            case UPSTREAM_LATE -> 504;
        };
    }

    /** The status's name, as problem details carry it (RFC 9457, section 3.1.3). */
    public static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> status < 500 ? "Client Error" : "Server Error";
        };
    }
}
