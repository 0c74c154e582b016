package io.thespace.health;

import java.util.Map;
import java.util.Optional;

/**
 * The health of this node, as the application reports it to the server. The application registers a {@link Source} when it
 * has started and removes it when it stops; the MicroProfile Health checks read it. The registry is static, because the
 * checks lie in the EAR's {@code lib/} and the source in a module that {@code lib/} cannot refer to. Thread-safe.
 */
public final class NodeHealth {

    private static volatile Source source;

    private NodeHealth() {}

    /**
     * The result of one kind of check.
     *
     * @param up whether the check passes
     * @param details further members of the server's response, by name
     */
    public record State(boolean up, Map<String, String> details) {

        /** Copies the details. */
        public State {
            details = Map.copyOf(details);
        }
    }

    /** The application's own judgement. Each method returns within a time limit of its own. */
    public interface Source {

        /** Whether the process works, regardless of its dependencies. */
        State live();

        /** Whether the node can serve requests. */
        State ready();
    }

    /** Registers the application's judgement. */
    public static synchronized void register(Source one) {
        source = one;
    }

    /** Removes the application's judgement, unless another one was registered since. */
    public static synchronized void remove(Source one) {
        if (source == one) {
            source = null;
        }
    }

    /** The registered source; empty before the application has started and after it has stopped. */
    static Optional<Source> source() {
        return Optional.ofNullable(source);
    }
}
