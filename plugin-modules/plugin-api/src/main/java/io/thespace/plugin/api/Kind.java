package io.thespace.plugin.api;

/** What sort of refusal an {@link ErrorCode} is. Each protocol maps kinds to its own codes in exactly one place. */
public enum Kind {
    /** The request is malformed or breaks a rule that its sender can see. */
    INVALID,
    /** No valid credentials came with the request. */
    UNAUTHENTICATED,
    /** The caller is known and may not do this. */
    FORBIDDEN,
    /** The thing does not exist, or not for this caller: the two answer alike. */
    NOT_FOUND,
    /** What was here is deleted, and will not come back. */
    GONE,
    /** The path exists, but not with this method. */
    METHOD_NOT_ALLOWED,
    /** No representation that the caller accepts. */
    NOT_ACCEPTABLE,
    /** The state of the thing does not allow this now. */
    CONFLICT,
    /** The thing is not any more as the caller last saw it. */
    CHANGED,
    /** The request did not arrive in time. */
    TOO_SLOW,
    /** The body is larger than its limit. */
    TOO_LARGE,
    /** The body is of a media type that is not understood here. */
    UNSUPPORTED_MEDIA_TYPE,
    /** An idempotency key was used again with another request. */
    MISMATCH,
    /** Too many requests; a later one may pass. */
    LIMITED,
    /** What would do this is not set up here; somebody has to. */
    NOT_CONFIGURED,
    /** Something that the request needs is away; a later one may pass. */
    UNAVAILABLE,
    /** Somebody behind the platform who should have answered did not, or wrongly. */
    UPSTREAM_FAILED,
    /** Somebody behind the platform did not answer in time. */
    UPSTREAM_LATE,
    /** A defect of ours. */
    INTERNAL
}
