package io.thespace.monitoring;

import io.thespace.configuration.Version;
import io.thespace.endpoint.Routes;
import io.thespace.log.Log;
import io.thespace.metrics.Meters;
import io.thespace.migration.Migrations;
import io.thespace.plugin.PluginView;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Actor;
import io.thespace.redis.Redis;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol;

/** The registry of what this node is made of: the platform's own services and the plugins. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Services {

    private static final Log LOG = Log.of(Services.class);

    private static final String CORE = "core";
    private static final String OK = "ok";
    private static final String FAILING = "failing";
    private static final String DISABLED = "disabled";
    private static final String UNKNOWN = "unknown";

    private static final Pattern REDIS_VERSION = Pattern.compile("(?m)^redis_version:([0-9A-Za-z.-]{1,30})");

    private record Seen(String status, Instant since) {}

    private final ConcurrentMap<String, Seen> seen = new ConcurrentHashMap<>();
    private volatile String databaseVersion = UNKNOWN;
    private volatile String redisVersion = UNKNOWN;

    @Inject
    private Dependencies dependencies;

    @Inject
    private Checkup checkup;

    @Inject
    private Plugins plugins;

    @Inject
    private Routes routes;

    @Inject
    private Migrations migrations;

    @Inject
    private Probes probes;

    @Inject
    private Redis redis;

    @Inject
    private Meters meters;

    /** Checks at regular intervals, to record when a failure began and to update the Prometheus metrics. */
    @Schedule(hour = "*", minute = "*", second = "*/15", persistent = false)
    void watch() {
        try {
            list(Actor.platform(null, "services"));
        } catch (RuntimeException e) {
            // The next look is soon; a timer that throws may not get one.
            LOG.warning("Service checks failed", "cause", e);
        }
    }

    /** Every service as it is now: the core's, then the plugins by id. */
    public List<ServiceView> list(Actor actor) {
        List<PluginView> known = plugins.list();
        List<Check> checks = new ArrayList<>(dependencies.ofServices(actor.orgId()));
        known.stream()
                .filter(plugin -> !isDisabled(plugin))
                .map(dependencies::of)
                .forEach(checks::add);
        Map<String, CheckView> found = new LinkedHashMap<>();
        checkup.run(checks).forEach(check -> found.put(check.name(), check));
        learnVersions(found);

        List<ServiceView> services = new ArrayList<>();
        services.add(core("database", databaseVersion, found.get(Dependencies.DATABASE)));
        services.add(core("redis", redisVersion, found.get(Dependencies.REDIS)));
        services.add(core("migrations", schemaVersion(), found.get(Dependencies.MIGRATIONS)));
        services.add(core("identity", Version.TEXT, found.get(Dependencies.SIGNING_KEYS)));
        services.add(core("events", Version.TEXT, found.get(Dependencies.EVENTS)));
        int mounted = routes.all().size();
        services.add(service(
                "routes",
                CORE,
                Version.TEXT,
                mounted > 0 ? OK : FAILING,
                mounted > 0 ? null : "No endpoint is mounted. Check the node's log and restart it."));
        for (PluginView plugin : known) {
            services.add(plugin(plugin, found.get(Dependencies.PLUGIN + plugin.id())));
        }
        remember(services);
        return List.copyOf(services);
    }

    static boolean isDisabled(PluginView plugin) {
        return DISABLED.equals(plugin.state());
    }

    private ServiceView core(String name, String version, CheckView check) {
        return service(name, CORE, version, status(check), reason(check));
    }

    private ServiceView plugin(PluginView plugin, CheckView check) {
        return check == null
                ? service(plugin.id(), "plugin", plugin.version(), DISABLED, "An administrator disabled it.")
                : service(plugin.id(), "plugin", plugin.version(), status(check), reason(check));
    }

    private static String status(CheckView check) {
        return check.status().equals("down") ? FAILING : check.status();
    }

    private static String reason(CheckView check) {
        return check.status().equals(OK) ? null : check.finding() + " " + check.advice();
    }

    private ServiceView service(String name, String kind, String version, String status, String reason) {
        Seen now = seen.compute(
                kind + ":" + name,
                (key, before) ->
                        before != null && before.status.equals(status) ? before : new Seen(status, Instant.now()));
        return new ServiceView(name, kind, version, status, reason, now.since);
    }

    private void remember(List<ServiceView> services) {
        Map<String, Boolean> working = new LinkedHashMap<>();
        services.stream()
                .filter(service -> !service.status().equals(DISABLED))
                .forEach(
                        service -> working.put(service.name(), !service.status().equals(FAILING)));
        meters.services(working);
        seen.keySet()
                .retainAll(services.stream()
                        .map(service -> service.kind() + ":" + service.name())
                        .toList());
    }

    private String schemaVersion() {
        return migrations.shipped().getOrDefault(CORE, UNKNOWN);
    }

    /**
     * Read once per connection: an update of a service closes its connections, which is detected by the next failure.
     */
    private void learnVersions(Map<String, CheckView> found) {
        if (!found.get(Dependencies.DATABASE).status().equals("down")) {
            databaseVersion = databaseVersion.equals(UNKNOWN) ? askDatabase() : databaseVersion;
        } else {
            databaseVersion = UNKNOWN;
        }
        if (!found.get(Dependencies.REDIS).status().equals("down")) {
            redisVersion = redisVersion.equals(UNKNOWN) ? askRedis() : redisVersion;
        } else {
            redisVersion = UNKNOWN;
        }
    }

    private String askDatabase() {
        try {
            return probes.version();
        } catch (SQLException e) {
            return UNKNOWN;
        }
    }

    private String askRedis() {
        Matcher version = REDIS_VERSION.matcher(redis.ask(
                jedis ->
                        new String((byte[]) jedis.sendCommand(Protocol.Command.INFO, "server"), StandardCharsets.UTF_8),
                () -> ""));
        return version.find() ? version.group(1) : UNKNOWN;
    }
}
