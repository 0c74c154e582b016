package io.thespace.plugin.api;

/** The category of an {@link ErrorCode}. Each protocol maps kinds to its own status codes in exactly one place. */
public enum Kind {
    /** The request is malformed or violates a documented rule. */
    INVALID,
    /** The request has no valid credentials. */
    UNAUTHENTICATED,
    /** The caller is authenticated but not allowed to do this. */
    FORBIDDEN,
    /** The resource does not exist or is not visible to the caller; the two cases are indistinguishable. */
    NOT_FOUND,
    /** The resource was permanently deleted. */
    GONE,
    /** The path exists, but not with this method. */
    METHOD_NOT_ALLOWED,
    /** There is no representation that the caller accepts. */
    NOT_ACCEPTABLE,
    /** The current state of the resource does not allow this. */
    CONFLICT,
    /** The resource has changed since the caller read it. */
    CHANGED,
    /** The request did not arrive in time. */
    TOO_SLOW,
    /** The body is larger than its limit. */
    TOO_LARGE,
    /** The media type of the body is not supported. */
    UNSUPPORTED_MEDIA_TYPE,
    /** An idempotency key was used again with another request. */
    MISMATCH,
    /** Too many requests; retry later. */
    LIMITED,
    /** The feature is not configured on this platform. */
    NOT_CONFIGURED,
    /** A dependency is unavailable or busy; retry later. */
    UNAVAILABLE,
    /** An upstream server did not respond or sent an invalid response. */
    UPSTREAM_FAILED,
    /** An upstream server did not respond in time. */
    UPSTREAM_LATE,
    /** A defect of the platform or the plugin. */
    INTERNAL
}
