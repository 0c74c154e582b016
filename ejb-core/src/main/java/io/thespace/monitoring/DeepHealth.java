package io.thespace.monitoring;

import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Times and judges everything that the node depends on. */
@ApplicationScoped
public class DeepHealth {

    private Dependencies dependencies;
    private Checkup checkup;
    private Plugins plugins;

    DeepHealth() {}

    @Inject
    DeepHealth(Dependencies dependencies, Checkup checkup, Plugins plugins) {
        this.dependencies = dependencies;
        this.checkup = checkup;
        this.plugins = plugins;
    }

    /** Runs all checks at the same time; one that hangs costs its own time limit and delays no other. */
    public DeepHealthView examine(Actor actor) {
        Instant now = Instant.now();
        long start = System.nanoTime();
        List<Check> checks = new ArrayList<>(dependencies.ofServices(actor.orgId()));
        checks.addAll(dependencies.ofNode());
        plugins.list().stream()
                .filter(plugin -> !Services.isDisabled(plugin))
                .map(dependencies::of)
                .forEach(checks::add);
        List<CheckView> views = checkup.run(checks);
        return new DeepHealthView(status(views), now, (System.nanoTime() - start) / 1_000_000, views);
    }

    static String status(List<CheckView> checks) {
        if (checks.stream().anyMatch(check -> check.required() && check.status().equals("down"))) {
            return "down";
        }
        return checks.stream().allMatch(check -> check.status().equals("ok")) ? "ok" : "degraded";
    }
}
