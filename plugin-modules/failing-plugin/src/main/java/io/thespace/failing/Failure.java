package io.thespace.failing;

import io.thespace.plugin.api.Rejection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The failures that the plugin can simulate. The name in lower case is an endpoint, and a value in {@code
 * failing.properties}. Its name in lower case is an endpoint, and a value in {@code failing.properties}.
 */
enum Failure {
    NONE("Nothing goes wrong.") {
        @Override
        Object happen() {
            return new Done(true);
        }
    },
    RUNTIME_EXCEPTION("Throws an exception with a secret in its message.") {
        @Override
        Object happen() {
            throw new IllegalStateException("secret-of-the-failing-plugin");
        }
    },
    LINKAGE_ERROR("Throws what a missing class throws.") {
        @Override
        Object happen() {
            throw new NoClassDefFoundError("io/thespace/failing/Missing");
        }
    },
    STACK_OVERFLOW("Calls itself without an end.") {
        @Override
        Object happen() {
            return descend(1);
        }
    },
    OUT_OF_MEMORY("Asks for more memory than there can be.") {
        @Override
        Object happen() {
            return new long[Integer.MAX_VALUE][Integer.MAX_VALUE];
        }
    },
    HANG("Never returns, interrupted or not.") {
        @Override
        Object happen() {
            while (true) {
                try {
                    TimeUnit.DAYS.sleep(1);
                } catch (InterruptedException e) {
                    // Continues, like code that swallows interrupts.
                }
            }
        }
    },
    HANG_UNTIL_INTERRUPTED("Waits until it is interrupted.") {
        @Override
        Object happen() throws InterruptedException {
            new CountDownLatch(1).await();
            return new Done(true);
        }
    },
    EXIT("Calls System.exit.") {
        @Override
        Object happen() {
            System.exit(1);
            return new Done(true);
        }
    },
    HALT("Calls Runtime.halt.") {
        @Override
        Object happen() {
            Runtime.getRuntime().halt(1);
            return new Done(true);
        }
    },
    EXIT_BY_REFERENCE("Calls System.exit through a method reference.") {
        @Override
        Object happen() {
            IntConsumer exit = System::exit;
            exit.accept(1);
            return new Done(true);
        }
    },
    HALT_BY_REFERENCE("Calls Runtime.halt through a method reference.") {
        @Override
        Object happen() {
            IntConsumer halt = Runtime.getRuntime()::halt;
            halt.accept(1);
            return new Done(true);
        }
    },
    UNDECLARED_ANSWER("Answers something else than it declares, which is no JSON either.") {
        @Override
        Object happen() {
            return Map.of("what", new Object());
        }
    },
    LARGE_ANSWER("Answers with ten mebibytes.") {
        @Override
        Object happen() {
            return Map.of("what", "x".repeat(10 << 20));
        }
    },
    NULL_ANSWER("Answers nothing where it declares an answer.") {
        @Override
        Object happen() {
            return null;
        }
    },
    UNDECLARED_REFUSAL("Refuses in a way that it does not declare.") {
        @Override
        Object happen() {
            throw new Rejection(FailingError.UNDECLARED, "Refused in an undeclared way.");
        }
    },
    THREAD_LEAK("Starts a thread that outlives the plugin.") {
        @Override
        Object happen() {
            Thread leak = new Thread(
                    () -> {
                        try {
                            HANG.happen();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("It swallows interrupts", e);
                        }
                    },
                    "failing_plugin-leak");
            leak.setDaemon(true);
            leak.start();
            return new Done(true);
        }
    };

    /** The response that an endpoint declares. */
    public record Done(boolean done) {}

    final String description;

    Failure(String description) {
        this.description = description;
    }

    /** Lets it happen. */
    abstract Object happen() throws InterruptedException;

    /** As it stands in a path and in {@code failing.properties}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Adds after the call, so that no compiler makes a loop of it. */
    @SuppressWarnings("InfiniteRecursion") // that is what it is for
    private static int descend(int depth) {
        return descend(depth + 1) + depth;
    }
}
