package io.thespace.plugin;

import io.thespace.endpoint.Bulkhead;
import io.thespace.endpoint.Mount;
import io.thespace.endpoint.Routes;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.migration.Migrations;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Subscription;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * One version of a plugin that was started on this node. Every call of its code runs in its bulkhead; all references to
 * its classes are held here and released with it.
 */
final class RunningPlugin {

    /** First segments of what the platform serves below each plugin's path. */
    private static final Set<String> PLATFORM_PATHS = Set.of("endpoints", "health", "ui");

    private static final Log LOG = Log.of(RunningPlugin.class);
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(2);

    private final Code code;
    private final Bulkhead bulkhead;
    private final Duration limit;
    private final ValidatorFactory validators;
    private final Mount mount;
    private final Instant since = Instant.now();
    private Plugin plugin;
    private List<Endpoint<?>> endpoints = List.of();
    private List<EventType> events = List.of();
    private List<Subscription<?>> subscriptions = List.of();

    private RunningPlugin(Code code, Bulkhead bulkhead, Duration limit) {
        this.code = code;
        this.bulkhead = bulkhead;
        this.limit = limit;
        this.validators = Validation.buildDefaultValidatorFactory();
        this.mount = new Mount(code.manifest().id(), Json.separate(), validators.getValidator(), bulkhead);
    }

    /**
     * Brings a plugin into service, but for its endpoints' place in the table of routes: rehearses and runs its migrations,
     * starts it, asks what it answers and how it is. Endpoints that the table of routes would not take fail here: once the platform
     * has committed that a plugin is enabled, every node would fail on them.
     *
     * @throws Rejection {@code STEP_FAILED} with the step that failed and why; the plugin's code is closed then
     */
    static RunningPlugin start(
            Code code,
            Function<Code, PluginContext> contexts,
            Migrations migrations,
            Bulkhead bulkhead,
            Duration limit) {
        String id = code.manifest().id();
        RunningPlugin running = null;
        boolean started = false;
        try {
            for (Step step : List.of(Step.REHEARSE, Step.MIGRATE)) {
                step.run(id, () -> {
                    code.migrate(migrations, step == Step.REHEARSE);
                    return null;
                });
            }
            running = new RunningPlugin(code, bulkhead, limit);
            running.start(Step.START.run(id, () -> contexts.apply(code)));
            started = true;
            return running;
        } finally {
            if (!started && running == null) {
                bulkhead.drain(Duration.ZERO);
                code.close();
            } else if (!started) {
                running.stop(Duration.ZERO);
            }
        }
    }

    private void start(PluginContext context) {
        plugin = Step.LOAD.run(id(), () -> inside(code::make));
        Step.START.run(
                id(),
                () -> inside(() -> {
                    plugin.start(context);
                    return null;
                }));
        events = Step.DECLARE.run(id(), () -> inside(() -> List.copyOf(plugin.events())));
        subscriptions = Step.DECLARE.run(id(), () -> inside(() -> List.copyOf(plugin.subscriptions())));
        endpoints = Step.DECLARE.run(id(), () -> inside(() -> List.copyOf(plugin.endpoints())));
        Step.DECLARE.run(id(), () -> {
            checkDeclared();
            return null;
        });
        Step.PROBE.run(id(), () -> {
            Health health = inside(plugin::health);
            if (!health.ok()) {
                throw new IllegalStateException("it reports that it is not healthy: " + health.reason());
            }
            return null;
        });
    }

    private <T> T inside(Callable<T> work) throws ExecutionException {
        return bulkhead.run(work, limit);
    }

    private void checkDeclared() {
        if (!subscriptions.isEmpty() && !code.manifest().permissions().contains("events:subscribe")) {
            throw new IllegalStateException("it needs the permission events:subscribe in its plugin.json");
        }
        boolean mayBePublic =
                code.sha256() == null || code.manifest().permissions().contains("endpoints:public");
        for (Endpoint<?> endpoint : endpoints) {
            if (PLATFORM_PATHS.contains(endpoint.path().split("/", 3)[1])) {
                throw new IllegalStateException("%s %s is a path that the platform serves for every plugin"
                        .formatted(endpoint.method(), endpoint.path()));
            }
            if (endpoint.handler() == null) {
                throw new IllegalStateException("%s %s has no handler".formatted(endpoint.method(), endpoint.path()));
            }
            if (endpoint.role() == null && !mayBePublic) {
                throw new IllegalStateException(
                        "%s %s needs no sign-in, which takes the permission endpoints:public in plugin.json"
                                .formatted(endpoint.method(), endpoint.path()));
            }
            if ((endpoint.tool() || endpoint.resource() || endpoint.prompt())
                    && !code.manifest().permissions().contains("mcp:tools")) {
                throw new IllegalStateException(
                        "%s %s is a tool, a resource or a prompt, which takes the permission mcp:tools in plugin.json"
                                .formatted(endpoint.method(), endpoint.path()));
            }
        }
        Routes.check(mount, endpoints);
    }

    /** Stops accepting calls, drains running ones, stops the plugin and releases its classes. */
    void stop(Duration drain) {
        if (plugin != null) {
            try {
                int left = bulkhead.drain(drain);
                if (left > 0) {
                    LOG.warning("Calls of a plugin did not end", "plugin", id(), "calls", left);
                }
                bulkhead.runLast(
                        () -> {
                            plugin.stop();
                            return null;
                        },
                        limit);
            } catch (ExecutionException | Rejection e) {
                LOG.warning("A plugin did not stop", "plugin", id(), "cause", Step.reason(e));
            }
        }
        bulkhead.drain(Duration.ZERO);
        validators.close();
        code.close();
    }

    /** Returns its health, queried within a short limit. */
    Health health() {
        try {
            Health health = bulkhead.run(plugin::health, HEALTH_LIMIT);
            return health == null ? Health.failing("It does not say how it is.") : health;
        } catch (ExecutionException e) {
            return Health.failing("Its health check " + Step.reason(e) + ".");
        } catch (Rejection e) {
            return Health.failing("Its health check did not come back: " + e.getMessage());
        }
    }

    /**
     * Queries its personal data on a separate thread.
     *
     * @throws ExecutionException wrapping any exception of the plugin
     * @throws Rejection as {@link Bulkhead#run}
     */
    <T> T people(Function<PersonalData, T> question, Duration within) throws ExecutionException {
        return bulkhead.run(() -> question.apply(plugin.personalData()), within);
    }

    Optional<byte[]> file(String path) throws IOException {
        return code.file(path);
    }

    String id() {
        return code.manifest().id();
    }

    Manifest manifest() {
        return code.manifest();
    }

    String sha256() {
        return code.sha256();
    }

    Mount mount() {
        return mount;
    }

    Instant since() {
        return since;
    }

    List<Endpoint<?>> endpoints() {
        return endpoints;
    }

    List<EventType> events() {
        return events;
    }

    List<Subscription<?>> subscriptions() {
        return subscriptions;
    }
}
