package io.thespace.endpoint;

import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.SpaceDataSource;
import jakarta.transaction.RollbackException;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;

/** Distinguishes outages from defects among the exceptions of handlers; the only place that does. */
public final class Failures {

    private static final Log LOG = Log.of(Failures.class);

    /** PostgreSQL's error codes (appendix A) for a wait that ran out or a conflict that a second try may not meet. */
    private static final Set<String> BUSY = Set.of("40001", "40P01", "55P03", "57014");

    /** Class 22: data exceptions, such as a number out of range. */
    private static final String DATA = "22";

    /** Violations of foreign keys, uniqueness and exclusions: another call was first. */
    private static final Set<String> CONFLICTS = Set.of("23503", "23505", "23P01");

    /** Class 23, the rest: a value is missing or breaks a check that the code before did not make. */
    private static final String INTEGRITY = "23";

    private static final String DEFECT =
            "Something went wrong on our side. It is logged with this request's id; quote it when you report it.";

    private static final int MAX_CAUSES = 20;

    private Failures() {}

    /** The response to a failure. A defect and an outage are logged here, once. */
    public static Rejection rejection(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            if (cause instanceof Rejection rejection) {
                return rejection;
            }
            if (cause instanceof ConstraintViolationException invalid && Decoder.ofArguments(invalid)) {
                return Decoder.invalidArguments(invalid.getConstraintViolations());
            }
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState() == null ? "" : sql.getSQLState();
                if (BUSY.contains(state)) {
                    return Rejection.later(
                            EndpointError.BUSY,
                            "The resources that the call needs are busy. Nothing was changed; try again.",
                            Duration.ofSeconds(1));
                }
                if (state.startsWith(DATA)) {
                    // Decoding refuses what the database cannot store; this is the second line, so it is logged.
                    LOG.warning("The database rejected a value", "sqlstate", state, "cause", sql);
                    return new Rejection(
                            EndpointError.INVALID_REQUEST,
                            "A value is out of the range or the form that can be stored. Nothing was changed.");
                }
                if (CONFLICTS.contains(state)) {
                    LOG.warning("The database rejected a change", "sqlstate", state, "cause", sql);
                    return new Rejection(
                            EndpointError.CONFLICT,
                            "The change conflicts with what is stored. Nothing was changed; read it again and repeat.");
                }
                if (state.startsWith(INTEGRITY)) {
                    LOG.error("A call failed", failure);
                    return new Rejection(EndpointError.DATA_REJECTED, DEFECT);
                }
                if (away(sql, state)) {
                    return away(failure);
                }
            }
            // Payara's transaction manager passes on no more of why a commit failed.
            if (cause instanceof XAException
                    && String.valueOf(cause.getMessage()).contains(SpaceDataSource.LOST_AT_COMMIT)) {
                return away(failure);
            }
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
        }
        LOG.error("A call failed", failure);
        return new Rejection(EndpointError.DEFECT, DEFECT);
    }

    private static Rejection away(Throwable failure) {
        LOG.error("Database unavailable", failure);
        return Rejection.later(
                EndpointError.DATABASE_AWAY,
                "The database is unavailable. Try again; an Idempotency-Key makes that safe.",
                Duration.ofSeconds(2));
    }

    /** A failure and what led to it, the outermost first. */
    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        Deque<Throwable> next = new ArrayDeque<>(List.of(failure));
        while (!next.isEmpty() && causes.size() < MAX_CAUSES) {
            Throwable cause = next.remove();
            causes.add(cause);
            if (cause.getCause() != null) {
                next.add(cause.getCause());
            }
            // WildFly's transaction manager reports the cause of a failed commit only here.
            if (cause instanceof RollbackException) {
                next.addAll(List.of(cause.getSuppressed()));
            }
        }
        return causes;
    }

    /** Classes 08 (connection), 53 (resources), 57P (shutdown and start); and a server's pool that has none to give. */
    private static boolean away(SQLException e, String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || e instanceof SQLTransientException
                || (state.isEmpty()
                        && e.getMessage() != null
                        && e.getMessage().matches("(?s).*llocating (a )?connection.*"))
                || (state.isEmpty() && e.getMessage() != null && e.getMessage().contains("managed connection"));
    }
}
