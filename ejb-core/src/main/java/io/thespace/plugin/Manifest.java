package io.thespace.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.thespace.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The manifest of a plugin, its {@code plugin.json}.
 *
 * @param id in {@code snake_case}; also the name of its schema and its place under {@code /api/plugins}
 * @param mainClass the class that implements {@link io.thespace.plugin.api.Plugin}; null for a bundled plugin, which is a bean
 * @param version as semver 2.0
 * @param requires the range of platform versions that it works with, for example {@code >=0.1.0 & <1.0.0}
 * @param dependencies the plugins that it needs, as {@code id} or {@code id@range}
 * @param permissions the permissions that it requests, for example {@code events:publish}
 * @param ui its dashboard modules
 * @param metrics its business metrics
 */
public record Manifest(
        String id,
        String mainClass,
        String name,
        String version,
        String requires,
        String description,
        String author,
        String license,
        List<String> dependencies,
        List<String> permissions,
        List<UiModule> ui,
        List<Metric> metrics) {

    /**
     * A page or part of a page, as an ES module.
     *
     * @param place its place
     * @param title the displayed title
     * @param module its file, below the plugin's {@code ui/}
     */
    public record UiModule(Place place, String title, String module) {

        /** The place in the dashboard. */
        public enum Place {
            SETTINGS,
            WIDGET,
            MENU
        }
    }

    /**
     * A business metric, computed from the plugin's events.
     *
     * @param name in {@code snake_case}
     * @param event the type of event that counts
     * @param sum the member of the event's data that is added up; null to count events
     * @param by the member of the event's data by which sums are grouped, for example {@code currency}; null for one
     *     sum
     */
    public record Metric(String name, String description, String event, String sum, String by) {}

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{1,47}");
    private static final Pattern SEMVER = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][0-9A-Za-z.+-]{1,64})?");
    private static final Pattern PERMISSION = Pattern.compile(
            "database:schema|events:publish|events:subscribe|directory:read|endpoints:public|mcp:tools|sandbox|actions:[a-z][a-z0-9_]{1,47}|http:[a-z0-9.-]{1,253}(:\\d{1,5})?");

    private static final int MAX_METRICS = 50;

    /** Ids that are not a plugin's to have: schemas of the database, and words that the platform's own paths and groups have. */
    private static final Set<String> RESERVED = Set.of(
            """
            accept accept_invitation actions activate agent agents analytics api approval_rules archive asyncapi audit audit_events auth \
            authorization bulk_delete business_metrics cancel catalog changes channels claim clear code complete contexts control_center \
            core credentials dashboard data_requests deep_health deliveries diagram directives disable docs documentation echo enable \
            endpoint_status endpoints event_subscribers event_types events export exports finance flow frontend gateway \
            gateway_model_files gateway_models gateway_routes generate health history hub hub_documentation identity import infer \
            information_schema install invitations invoke jwks latency legal_holds llm login logout management management_documentation \
            management_health mcp mcp_agents mcp_contexts mcp_credentials mcp_models mcp_servers me members membership memories messages metrics \
            models monitoring notifications openapi organizations pause plugin plugin_call plugins predict preferences probe promote \
            providers public rate_limits reactivate read ready reassign receipt refresh replay requests reset resolved retry revoke \
            rotate_secret routes runs schedules search servers services sessions signal suspend system tasks terminate test tokens tools \
            ui ui_registry uninstall upstreams usage users v1 v2 validate validate_invitation verify versions waiting_events webhooks \
            workflow_runs workflow_tasks workflows"""
                    .split("\\s+"));

    public Manifest {
        check(
                id != null && ID.matcher(id).matches(),
                "needs an id of 2 to 48 lower-case letters, digits and _, not " + id);
        check(!isReserved(id), "has the id " + id + ", which is reserved");
        check(name != null && !name.isBlank() && name.length() <= 200, "needs a name of at most 200 characters");
        check(version != null && SEMVER.matcher(version).matches(), "needs a version such as 1.0.0, not " + version);
        description = description == null ? "" : description;
        author = author == null ? "" : author;
        dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
        ui = ui == null ? List.of() : List.copyOf(ui);
        metrics = metrics == null ? List.of() : List.copyOf(metrics);
        for (String permission : permissions) {
            check(
                    PERMISSION.matcher(permission).matches(),
                    ("asks for the permission %s, which there is not; there are database:schema, events:publish,"
                                    + " events:subscribe, directory:read, endpoints:public, mcp:tools, sandbox, actions:plugin and"
                                    + " http:host")
                            .formatted(permission));
        }
        for (UiModule module : ui) {
            check(
                    module.place() != null
                            && module.module() != null
                            && module.module().matches("[A-Za-z0-9_-][A-Za-z0-9_./-]{0,200}")
                            && !module.module().contains(".."),
                    "has a ui entry that needs a place (settings, widget or menu) and a module such as settings.js");
        }
        check(metrics.size() <= MAX_METRICS, "has more than " + MAX_METRICS + " metrics");
        for (Metric metric : metrics) {
            check(
                    metric.name() != null && metric.name().matches("[a-z][a-z0-9_]{0,62}") && metric.event() != null,
                    "has a metric that needs a name in snake_case and an event");
        }
    }

    /** Whether a plugin cannot have this id. */
    public static boolean isReserved(String id) {
        return RESERVED.contains(id) || id.startsWith("pg_");
    }

    /**
     * Reads a {@code plugin.json}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Manifest read(byte[] json) {
        try {
            return Json.MAPPER.readValue(json, Manifest.class);
        } catch (ValueInstantiationException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(
                    "plugin.json has the member " + e.getPropertyName() + ", which is not known.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("plugin.json is malformed: it must be one JSON object in UTF-8.", e);
        }
    }

    /** As JSON. */
    String text() {
        try {
            return Json.MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest cannot be written", e);
        }
    }

    private static void check(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("plugin.json " + fault + ".");
        }
    }
}
