package io.thespace.plugin;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.event.Outbox;
import io.thespace.event.relay.EventRelay;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.EventType;
import io.thespace.tenant.Tenant;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Plugins in the database: desired state, archives, and the nodes' reports. Each method is one step of a change. */
@Stateless
public class Installations {

    private static final int KEPT_VERSIONS = 3;
    private static final int NODE_SILENCE_SECONDS = 30;
    private static final int MAX_NODES = 100;

    /**
     * In SQL: whether the schema {@code n} of {@code pg_namespace} is an installed plugin's. Its owner is neither the platform's nor, as
     * that of a bundled plugin, a role that cannot sign in.
     */
    public static final String INSTALLED =
            "(n.nspowner <> (select o.nspowner from pg_namespace o where o.nspname = 'core')"
                    + " and exists (select 1 from pg_roles r where r.oid = n.nspowner and r.rolcanlogin and not r.rolsuper))";

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    @Inject
    private PluginTables tables;

    @Inject
    private Outbox outbox;

    @Inject
    private EventRelay relay;

    /** The state of a plugin on a node. */
    record Report(String pluginId, String version, PluginState state, String reason) {}

    /** An archive that is kept. */
    record Kept(String sha256, String version, String publisher) {}

    public List<DesiredPlugin> desiredPlugins() {
        return entities.createQuery("select i from Installation i order by i.id", Installation.class)
                .getResultStream()
                .map(Installation::desired)
                .toList();
    }

    public Optional<DesiredPlugin> find(String id) {
        return Optional.ofNullable(entities.find(Installation.class, id)).map(Installation::desired);
    }

    /** Records the bundled plugins; their desired state is kept. */
    public void bundle(Collection<Manifest> manifests) {
        entities.createNativeQuery("lock table core.plugins in share row exclusive mode")
                .executeUpdate();
        for (Manifest manifest : manifests) {
            Installation there = entities.find(Installation.class, manifest.id());
            if (there == null) {
                entities.persist(Installation.bundled(manifest));
            } else {
                there.carry(manifest.version(), null);
            }
        }
    }

    /** A new plugin, none of whose code has run. */
    public void install(Actor actor, Archive archive, byte[] content, Set<String> granted) {
        keep(archive, content);
        Installation installation = Installation.of(archive);
        installation.grant(granted);
        entities.persist(installation);
        publish(actor, PluginEventTypes.INSTALLED, archive.manifest(), null);
    }

    /** Stores the archive of a version to install, before its first step. */
    public void beginUpgrade(String id, Archive archive, byte[] content) {
        keep(archive, content);
        installation(id).begin(PluginChange.UPGRADING);
    }

    public void begin(String id, PluginChange change) {
        installation(id).begin(change);
    }

    /** Another version of a plugin that does not run. */
    public void replace(Actor actor, Archive archive, byte[] content, Set<String> granted) {
        keep(archive, content);
        Installation installation = installation(archive.manifest().id());
        String from = installation.desired().version();
        installation.grant(granted);
        installation.carry(archive.manifest().version(), archive.sha256());
        installation.become(
                installation.desired().state(), installation.desired().reason());
        publish(actor, PluginEventTypes.UPGRADED, archive.manifest(), from);
        prune(archive.manifest().id());
    }

    /** The last step of enabling or upgrading: from its commit on, every node takes this version. */
    public void enable(Actor actor, Manifest manifest, String sha256, Set<String> granted) {
        Installation installation = installation(manifest.id());
        DesiredPlugin before = installation.desired();
        installation.grant(granted);
        installation.carry(manifest.version(), sha256);
        installation.become(PluginState.ENABLED, null);
        boolean upgrade = before.change() == PluginChange.UPGRADING;
        publish(
                actor,
                upgrade ? PluginEventTypes.UPGRADED : PluginEventTypes.ENABLED,
                manifest,
                upgrade ? before.version() : null);
        prune(manifest.id());
    }

    public void disable(Actor actor, Manifest manifest) {
        installation(manifest.id()).become(PluginState.DISABLED, null);
        publish(actor, PluginEventTypes.DISABLED, manifest, null);
    }

    /** Ends a change that failed or was interrupted: restores the previous state and records the reason. */
    public void abandon(String id, String reason) {
        Installation installation = installation(id);
        installation.become(installation.desired().state(), reason);
        entities.flush();
        prune(id);
        entities.createNativeQuery("delete from core.plugin_archives a where a.plugin_id = :id and a.stored_at >"
                        + " (select s.stored_at from core.plugins p join core.plugin_archives s on s.sha256 = p.sha256"
                        + " where p.id = :id)")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** The last step of a removal. */
    public void remove(Actor actor, String id, String version) {
        Installation installation = installation(id);
        entities.remove(installation);
        entities.flush();
        entities.createNativeQuery("delete from core.plugin_archives where plugin_id = :id")
                .setParameter("id", id)
                .executeUpdate();
        entities.createNativeQuery("delete from core.plugin_nodes where plugin_id = :id")
                .setParameter("id", id)
                .executeUpdate();
        relay.unsubscribe(PluginSubscriptions.name(id));
        if (actor.orgId() != null) {
            outbox.publish(
                    actor,
                    PluginEventTypes.SOURCE,
                    PluginEventTypes.UNINSTALLED,
                    id,
                    new PluginHappened(id, version, null));
        }
    }

    /** Stores what a removed plugin leaves. */
    public UUID export(String id, String version, byte[] content) {
        purgeExports();
        UUID export = UuidCreator.getTimeOrderedEpoch();
        entities.createNativeQuery("insert into core.plugin_exports (id, plugin_id, version, content)"
                        + " values (:export, :id, :version, :content)")
                .setParameter("export", export)
                .setParameter("id", id)
                .setParameter("version", version)
                .setParameter("content", content)
                .executeUpdate();
        return export;
    }

    /** Deletes what plugins left a month ago. */
    public void purgeExports() {
        entities.createNativeQuery("delete from core.plugin_exports where made_at < now() - interval '30 days'")
                .executeUpdate();
    }

    /** The plugins whose data was exported at their removal, as long as that is kept. */
    public List<String> exported() {
        return texts(entities.createNativeQuery(
                "select distinct plugin_id from core.plugin_exports order by plugin_id limit 1000"));
    }

    /** Returns the schemas of plugins, installed or not, with rows of the bound tenant, or rows without a tenant. */
    public List<String> schemasInUse() {
        UUID orgId = Tenant.current().orElse(null);
        String schemas = "select cast(n.nspname as text) from pg_namespace n where n.nspname !~ '^pg_'"
                + " and n.nspname not in ('core', 'flow', 'plugin_call', 'public', 'information_schema') and ";
        List<String> inUse = new ArrayList<>(texts(entities.createNativeQuery(
                schemas + "not " + INSTALLED + " and core.holds_tenants_rows(cast(n.nspname as text)) order by 1")));
        texts(entities.createNativeQuery(schemas + INSTALLED + " order by 1")).stream()
                .filter(schema -> tables.holdsRows(orgId, schema))
                .forEach(inUse::add);
        Collections.sort(inUse);
        return inUse;
    }

    public Optional<byte[]> export(UUID export) {
        return first(entities.createNativeQuery("select content from core.plugin_exports where id = :id")
                        .setParameter("id", export))
                .map(content -> (byte[]) content);
    }

    /** The newest export of a plugin's data, as long as it is kept. */
    public Optional<UUID> newestExport(String id) {
        return first(entities.createNativeQuery("select id from core.plugin_exports where plugin_id = :id"
                                + " order by made_at desc, id desc limit 1")
                        .setParameter("id", id))
                .map(export -> (UUID) export);
    }

    /** The key that signs the tickets of plugins' transactions. */
    public byte[] callKey() {
        return (byte[]) entities.createNativeQuery("select key from core.plugin_call_key")
                .getSingleResult();
    }

    /** The {@code plugin.json} of an archive that is kept. */
    public Optional<byte[]> manifest(String sha256) {
        return first(entities.createNativeQuery("select manifest from core.plugin_archives where sha256 = :sha256")
                        .setParameter("sha256", sha256))
                .map(json -> ((String) json).getBytes(StandardCharsets.UTF_8));
    }

    /** An archive's bytes. */
    public Optional<byte[]> content(String sha256) {
        return first(entities.createNativeQuery("select content from core.plugin_archives where sha256 = :sha256")
                        .setParameter("sha256", sha256))
                .map(content -> (byte[]) content);
    }

    /** The archives of each plugin that are kept, newest first. */
    public Map<String, List<Kept>> kept() {
        List<?> rows = entities.createNativeQuery("select plugin_id, sha256, version, publisher"
                        + " from core.plugin_archives order by plugin_id, stored_at desc")
                .getResultList();
        Map<String, List<Kept>> kept = new TreeMap<>();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            kept.computeIfAbsent((String) columns[0], id -> new ArrayList<>())
                    .add(new Kept((String) columns[1], (String) columns[2], (String) columns[3]));
        }
        return kept;
    }

    /** Stores a node's report in place of its previous one, and deletes reports of nodes that stopped reporting. */
    public void report(UUID node, List<Report> reports) {
        entities.createNativeQuery("delete from core.plugin_nodes where node_id = :node"
                        + " or reported_at < now() - make_interval(secs => :silence)")
                .setParameter("node", node)
                .setParameter("silence", NODE_SILENCE_SECONDS)
                .executeUpdate();
        for (Report report : reports) {
            entities.createNativeQuery("insert into core.plugin_nodes (node_id, plugin_id, version, state, reason)"
                            + " values (:node, :plugin, :version, :state, :reason)")
                    .setParameter("node", node)
                    .setParameter("plugin", report.pluginId())
                    .setParameter("version", report.version())
                    .setParameter("state", report.state().text())
                    .setParameter("reason", report.reason())
                    .executeUpdate();
        }
    }

    /** The recent reports of all nodes. */
    public Map<String, List<InstalledPluginView.NodeView>> nodes() {
        List<?> rows = entities.createNativeQuery(
                        "select plugin_id, node_id, version, state, reason, reported_at from core.plugin_nodes"
                                + " where reported_at > now() - make_interval(secs => :silence)"
                                + " order by plugin_id, node_id")
                .setParameter("silence", NODE_SILENCE_SECONDS)
                .getResultList();
        Map<String, List<InstalledPluginView.NodeView>> nodes = new TreeMap<>();
        for (Object row : rows) {
            Object[] c = (Object[]) row;
            List<InstalledPluginView.NodeView> of = nodes.computeIfAbsent((String) c[0], id -> new ArrayList<>());
            if (of.size() < MAX_NODES) {
                of.add(new InstalledPluginView.NodeView(
                        (UUID) c[1], (String) c[2], (String) c[3], (String) c[4], (Instant) c[5]));
            }
        }
        return nodes;
    }

    private static List<String> texts(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().map(String.class::cast).toList();
    }

    private static Optional<Object> first(Query query) {
        List<?> rows = query.getResultList();
        return rows.stream().findFirst().map(Object.class::cast);
    }

    private void keep(Archive archive, byte[] content) {
        entities.createNativeQuery("insert into core.plugin_archives"
                        + " (sha256, plugin_id, version, publisher, manifest, content)"
                        + " values (:sha256, :id, :version, :publisher, :manifest, :content)"
                        + " on conflict (sha256) do update set stored_at = now()")
                .setParameter("sha256", archive.sha256())
                .setParameter("id", archive.manifest().id())
                .setParameter("version", archive.manifest().version())
                .setParameter("publisher", archive.publisher())
                .setParameter("manifest", archive.manifest().text())
                .setParameter("content", content)
                .executeUpdate();
    }

    private void prune(String id) {
        entities.flush();
        entities.createNativeQuery("delete from core.plugin_archives where plugin_id = :id and sha256 not in"
                        + " (select sha256 from core.plugin_archives where plugin_id = :id"
                        + " order by stored_at desc limit :kept)"
                        + " and sha256 not in (select sha256 from core.plugins where sha256 is not null)")
                .setParameter("id", id)
                .setParameter("kept", KEPT_VERSIONS)
                .executeUpdate();
    }

    private Installation installation(String id) {
        Installation found = entities.find(Installation.class, id);
        if (found == null) {
            throw Plugins.unknown(id);
        }
        return found;
    }

    private void publish(Actor actor, EventType type, Manifest manifest, String from) {
        if (actor.orgId() != null) {
            outbox.publish(
                    actor,
                    PluginEventTypes.SOURCE,
                    type,
                    manifest.id(),
                    new PluginHappened(manifest.id(), manifest.version(), from));
        }
    }
}
