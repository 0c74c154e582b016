package io.thespace.audit;

/** The outcome of a call. */
public enum AuditOutcome {
    /** It did what it was meant to. */
    DONE,
    /** It had been done before: an idempotency key brought the first answer again. */
    REPLAYED,
    /** It was not allowed, or made no sense. */
    REFUSED,
    /** It could not be done, for no fault of the caller's. */
    FAILED;

    /** As it is stored and shown, for example {@code done}. */
    String text() {
        return switch (this) {
            case DONE -> "done";
            case REPLAYED -> "replayed";
            case REFUSED -> "refused";
            case FAILED -> "failed";
        };
    }
}
