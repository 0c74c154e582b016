package io.thespace.mcp.servlet.message;

import io.thespace.log.Log;
import io.thespace.mcp.Tools;
import io.thespace.mcp.federation.remote.Federation;
import io.thespace.worker.RegularTasks;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Notifies the wires when the tools, prompts and resources of this node have changed: a plugin was enabled, disabled or replaced on
 * any node.
 */
@ApplicationScoped
public class ToolChanges {

    /** The resources that change with the tools: they list what plugins there are. */
    public static final List<String> RESOURCES =
            List.of("space:///api/plugins", "space:///api/openapi", "space:///management/openapi");

    private static final Duration PERIOD = Duration.ofMillis(250);

    private static final Log LOG = Log.of(ToolChanges.class);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Inject
    Tools tools;

    @Inject
    Federation federation;

    @Resource
    ManagedThreadFactory threads;

    private RegularTasks checks;
    private long seen;

    @PostConstruct
    void start() {
        seen = tools.version() + federation.version();
        checks = new RegularTasks("mcp tool changes", 1, threads);
        checks.every(PERIOD, this::check);
    }

    @PreDestroy
    void stop() {
        checks.close();
    }

    /** Calls a listener after each change; on one thread, which it must not hold. */
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void check() {
        long now = tools.version() + federation.version();
        if (now == seen) {
            return;
        }
        seen = now;
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.error("A change of tools could not be announced", e);
            }
        }
    }
}
