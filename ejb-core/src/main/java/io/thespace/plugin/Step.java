package io.thespace.plugin;

import io.thespace.log.Log;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.EJBException;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** A step of bringing a plugin into service. */
enum Step {
    /** The archive is unpacked on this node. */
    UNPACK,
    /** The migrations are tried and rolled back. */
    REHEARSE,
    /** The migrations are run. */
    MIGRATE,
    /** The plugin's class is loaded and made. */
    LOAD,
    /** The plugin starts. */
    START,
    /** The plugin declares its endpoints. */
    DECLARE,
    /** The plugin reports its health. */
    PROBE;

    private static final Log LOG = Log.of(Step.class);

    /**
     * Does this step.
     *
     * @throws Rejection {@code STEP_FAILED} with the step and the reason; logged here
     */
    <T> T run(String plugin, Callable<T> work) {
        try {
            return work.call();
        } catch (Exception | LinkageError e) {
            LOG.error("A step of a plugin failed", e, "plugin", plugin, "step", this);
            throw new Rejection(
                    PluginError.STEP_FAILED, "step %s: %s".formatted(name().toLowerCase(Locale.ROOT), reason(e)));
        }
    }

    /** Formats an exception as a sentence for an administrator. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException
                        || cause instanceof InvocationTargetException
                        || cause instanceof EJBException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof LinkageError) {
            return "its classes are missing or do not fit together; the log names them";
        } else if (cause instanceof StackOverflowError) {
            return "it called itself without end";
        } else if (cause instanceof OutOfMemoryError) {
            return "it asked for more memory than there is";
        } else if (cause instanceof ReflectiveOperationException) {
            return "its main_class cannot be made: it must be public, implement Plugin and have a public constructor without arguments";
        }
        return cause.getMessage() == null ? "it failed without saying why; the log says where" : cause.getMessage();
    }
}
