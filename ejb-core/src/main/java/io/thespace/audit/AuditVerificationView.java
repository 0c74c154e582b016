package io.thespace.audit;

/**
 * What a walk along a chain found.
 *
 * @param intact whether everything is as it was written, as far as this walk came
 * @param checked how many records it recomputed
 * @param nextAfter where the next walk goes on; null when this one came to the end, or to a break
 * @param lastPosition the last record's position
 * @param lastHash the last record's hash. Whoever keeps both elsewhere can tell later that the chain was not cut short
 * @param firstBreak the first thing that is not as it was written
 */
public record AuditVerificationView(
        boolean intact, int checked, Long nextAfter, long lastPosition, String lastHash, BreakView firstBreak) {

    /** For the documentation. */
    public static final AuditVerificationView EXAMPLE =
            new AuditVerificationView(true, 1042, null, 1042, AuditEventView.EXAMPLE.hash(), null);

    /**
     * Where a chain is broken.
     *
     * @param position of the record that is not as it was written, or not there
     * @param finding what is wrong with it, as a sentence
     */
    public record BreakView(long position, String finding) {}

    static String words(String how) {
        return switch (how) {
            case "missing" -> "The record is not there.";
            case "unlinked" -> "The record does not hold the hash of the one before it.";
            case "altered" -> "The record's hash is not that of its content: it was changed.";
            case "head" -> "The record does not fit with where the chain is known to begin or to end.";
            default -> throw new IllegalArgumentException(how);
        };
    }
}
