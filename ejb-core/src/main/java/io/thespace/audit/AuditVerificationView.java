package io.thespace.audit;

/**
 * The result of verifying a chain.
 *
 * @param intact whether all checked records are unchanged
 * @param checked the number of records recomputed
 * @param nextAfter where the next verification continues; null at the end of the chain or at a break
 * @param lastPosition the last record's position
 * @param lastHash the last record's hash. Keep both elsewhere to detect later that the chain was truncated
 * @param firstBreak the first altered or missing record
 */
public record AuditVerificationView(
        boolean intact, int checked, Long nextAfter, long lastPosition, String lastHash, BreakView firstBreak) {

    /** For the documentation. */
    public static final AuditVerificationView EXAMPLE =
            new AuditVerificationView(true, 1042, null, 1042, AuditEventView.EXAMPLE.hash(), null);

    /**
     * A break of a chain.
     *
     * @param position of the altered or missing record
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
