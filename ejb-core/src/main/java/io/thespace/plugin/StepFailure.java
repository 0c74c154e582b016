package io.thespace.plugin;

import io.thespace.plugin.api.Rejection;
import jakarta.ejb.EJBException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutionException;

/** That one step of bringing a plugin into service failed. */
final class StepFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StepFailure(String step, String why, Throwable cause) {
        super("step %s: %s".formatted(step, why), cause);
    }

    /** With the reason taken from what was thrown. */
    static StepFailure of(String step, Throwable failure) {
        return new StepFailure(step, reason(failure), failure);
    }

    /** A sentence for an administrator. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException
                        || cause instanceof InvocationTargetException
                        || cause instanceof EJBException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Rejection || cause instanceof IllegalStateException) {
            return String.valueOf(cause.getMessage());
        }
        return "it failed with %s: %s".formatted(cause.getClass().getSimpleName(), cause.getMessage());
    }
}
