package io.thespace.migration;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Refuses scripts that would run outside of a transaction, and ends a rehearsal after its last script. */
final class InOneTransaction implements Callback {

    private final FlywayException over;
    private int left;

    /** For a migration. */
    InOneTransaction() {
        this(0, null);
    }

    /**
     * For a dry run.
     *
     * @param pending the number of pending scripts
     * @param over the exception that ends it
     */
    InOneTransaction(int pending, FlywayException over) {
        this.left = pending;
        this.over = over;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        if (event == Event.BEFORE_EACH_MIGRATE) {
            try {
                if (context.getConnection().getAutoCommit()) {
                    throw new FlywayException(context.getMigrationInfo().getScript()
                            + " does not run in a transaction, as its statements or its configuration ask for."
                            + " Scripts of plugins run in one transaction.");
                }
            } catch (SQLException e) {
                throw new FlywayException("The connection of the migration is lost", e);
            }
        } else if (over != null && --left == 0) {
            throw over;
        }
    }

    @Override
    public String getCallbackName() {
        return "in one transaction";
    }
}
