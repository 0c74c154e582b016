package io.thespace.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.event.Outbox;
import io.thespace.identity.Memberships;
import io.thespace.identity.key.Signatures;
import io.thespace.json.Json;
import io.thespace.plugin.Installations;
import io.thespace.plugin.PluginTables;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The steps of a job. Each is a transaction, which begins by locking the request: a node whose lease is over, or whose job was
 * stopped by a hold, does nothing any more.
 */
@Stateless
public class DataRequestSteps {

    /** The time after which the job of a node that died is taken over. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** Stands for all stores of a source. */
    static final String ALL = "*";

    /** The search of every row, which belongs to no store. */
    static final String SEARCH = "search";

    static final String RECEIPT = "data-request-receipt";

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Memberships memberships;

    @Inject
    Signatures signatures;

    @Inject
    Outbox outbox;

    @Inject
    PluginTables plugins;

    /** A request that was taken, and whose it is. */
    record Claim(UUID request, UUID org) {}

    /**
     * A table of the bound tenant's.
     *
     * @param installed whether it is an installed plugin's
     */
    record Table(String schema, String name, boolean installed) {}

    /** Claims the most urgent request that no node works on. Needs no tenant. */
    public Optional<Claim> claim(UUID lease) {
        List<?> rows = em.createNativeQuery(
                        "select request_id, request_org from core.claim_data_request(:lease, :seconds)")
                .setParameter("lease", lease)
                .setParameter("seconds", (int) LEASE.toSeconds())
                .getResultList();
        return rows.stream().findFirst().map(row -> new Claim((UUID) ((Object[]) row)[0], (UUID) ((Object[]) row)[1]));
    }

    /** Deletes up to {@code most} parts of expired exports. Needs no tenant. */
    public long purgeExports(int most) {
        return ((Number) em.createNativeQuery("select core.purge_data_exports(:most)")
                        .setParameter("most", most)
                        .getSingleResult())
                .longValue();
    }

    /**
     * Begins a job; a user who is to be erased can act no more from here on.
     *
     * @return empty when the request is blocked, since the user has become the organization's last owner or a platform
     *     administrator
     */
    public Optional<Job> begin(Actor actor, UUID id, UUID lease) {
        DataRequest request = owned(actor, id, lease);
        boolean erasure = request.kind() == DataRequestKind.ERASURE;
        if (erasure && request.userId() != null) {
            if (memberships.isLastOwner(actor, request.userId())) {
                request.block(
                        "The user is the organization's last owner. Make another member an owner first."
                                + " It is tried again by itself.",
                        Instant.now(),
                        null);
                return Optional.empty();
            }
            if (memberships.isPlatformAdministrator(actor, request.userId())) {
                request.block(
                        "The user is a platform administrator, whose data a data request cannot erase."
                                + " It is tried again by itself.",
                        Instant.now(),
                        null);
                return Optional.empty();
            }
            memberships.suspend(actor, request.userId());
        }
        em.createNativeQuery("delete from core.data_request_stores where request_id = :id"
                        + " and (store = :all or source = :search)")
                .setParameter("id", id)
                .setParameter("all", ALL)
                .setParameter("search", SEARCH)
                .executeUpdate();
        if (erasure) {
            // A source that holds something still is counted again; one whose plugin was purged meanwhile is not.
            em.createNativeQuery("update core.data_request_stores set remaining = 0, outcome = 'pending', note = null"
                            + " where request_id = :id and outcome in ('left', 'pending')")
                    .setParameter("id", id)
                    .executeUpdate();
        }
        return Optional.of(
                new Job(id, lease, actor, request.kind(), new Subject(request.userId(), request.identifier())));
    }

    /**
     * Counts what a source holds, and writes it down. What kept the source from being treated stays written down.
     *
     * @return how many rows there are
     */
    public long tally(Job job, String source, PersonalData people) {
        owned(job);
        Map<String, Long> counts = people.count(job.actor(), job.subject());
        Map<String, String> kept = people.kept();
        em.createNativeQuery("update core.data_request_stores set remaining = 0,"
                        + " outcome = case when outcome = 'kept' then 'kept' else 'pending' end"
                        + " where request_id = :id and source = :source and store <> :all")
                .setParameter("id", job.id())
                .setParameter("source", source)
                .setParameter("all", ALL)
                .executeUpdate();
        counts.forEach((name, rows) -> {
            String reason = kept.getOrDefault(name, kept.get(qualified(source, name)));
            store(job, source, qualified(source, name))
                    .setParameter("found", rows)
                    .setParameter("treated", 0L)
                    .setParameter("remaining", rows)
                    .setParameter("outcome", reason == null ? "pending" : "kept")
                    .setParameter("note", reason)
                    .executeUpdate();
        });
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Erases one batch.
     *
     * @return the number of rows processed
     */
    public long erase(Job job, String source, PersonalData people, int most) {
        owned(job);
        Map<String, Long> treated = people.erase(job.actor(), job.subject(), most);
        treated.forEach((name, rows) -> store(job, source, qualified(source, name))
                .setParameter("found", rows)
                .setParameter("treated", rows)
                .setParameter("remaining", 0L)
                .setParameter("outcome", "pending")
                .setParameter("note", null)
                .executeUpdate());
        return treated.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Exports all that a source holds, in the place of what an earlier attempt exported of it. */
    public void export(Job job, String source, PersonalData people) {
        owned(job);
        for (String table : List.of("core.data_exports", "core.data_request_stores")) {
            em.createNativeQuery("delete from " + table + " where request_id = :id and source = :source")
                    .setParameter("id", job.id())
                    .setParameter("source", source)
                    .executeUpdate();
        }
        try (ExportFile file = new ExportFile(source)) {
            people.export(job.actor(), job.subject(), file);
            file.parts((part, content) -> em.createNativeQuery(
                            "insert into core.data_exports (request_id, org_id, source, part, content)"
                                    + " values (:id, :org, :source, :part, :content)")
                    .setParameter("id", job.id())
                    .setParameter("org", job.actor().orgId())
                    .setParameter("source", source)
                    .setParameter("part", part)
                    .setParameter("content", content)
                    .executeUpdate());
            file.records().forEach((name, rows) -> store(job, source, qualified(source, name))
                    .setParameter("found", rows)
                    .setParameter("treated", rows)
                    .setParameter("remaining", null)
                    .setParameter("outcome", "exported")
                    .setParameter("note", null)
                    .executeUpdate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a job more time than a batch takes. */
    public void extend(Job job, Duration more) {
        owned(job).renew(Instant.now().plus(more));
    }

    /** Writes down what keeps a job from its end. */
    public void obstruct(Job job, String source, String store, String note) {
        owned(job);
        store(job, source, store)
                .setParameter("found", 0L)
                .setParameter("treated", 0L)
                .setParameter("remaining", null)
                .setParameter("outcome", "left")
                .setParameter("note", note)
                .executeUpdate();
    }

    /** Counts the rows of a source, without an effect. */
    public Map<String, Long> count(Actor actor, Subject subject, PersonalData people) {
        return people.count(actor, subject);
    }

    /** All tables with rows of tenants. */
    public List<Table> tables(Actor actor) {
        List<?> rows = em.createNativeQuery("select cast(n.nspname as text), cast(c.relname as text), "
                        + Installations.INSTALLED + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                        + " join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped"
                        + " where c.relkind in ('r', 'p') and not c.relispartition order by 1, 2")
                .getResultList();
        return rows.stream()
                .map(row -> (Object[]) row)
                .map(row -> new Table((String) row[0], (String) row[1], (Boolean) row[2]))
                .toList();
    }

    /** In how many rows of a table of the actor's organization an identifier stands; at most 1,000. */
    public long traces(Actor actor, Table table, String identifier) {
        if (table.installed()) {
            return plugins.traces(actor.orgId(), table.schema(), table.name(), identifier);
        }
        return ((Number) em.createNativeQuery("select core.traces(:schema, :name, :mention)")
                        .setParameter("schema", table.schema())
                        .setParameter("name", table.name())
                        .setParameter("mention", PersonIdentifier.mention(identifier))
                        .getSingleResult())
                .longValue();
    }

    /**
     * Ends a job, or blocks it until the obstacle is removed.
     *
     * @return the resulting state
     */
    public DataRequestState finish(Job job, boolean searched, String backups) {
        DataRequest request = owned(job);
        boolean erasure = job.kind() == DataRequestKind.ERASURE;
        if (erasure) {
            em.createNativeQuery("update core.data_request_stores set outcome = case when remaining = 0 then 'erased'"
                            + " else 'left' end where request_id = :id and outcome in ('pending', 'erased')")
                    .setParameter("id", job.id())
                    .executeUpdate();
        }
        List<StoreView> stores = DataRequests.view(em, request).stores();
        List<String> left = stores.stream()
                .filter(store -> store.outcome().equals("left"))
                .map(store -> store.store().equals(ALL) ? store.source() : store.store())
                .toList();
        Instant now = Instant.now();
        Instant exported =
                erasure ? null : now.plus(Duration.ofDays(Configuration.get().get(Key.PRIVACY_EXPORT_DAYS)));
        if (!left.isEmpty()) {
            request.block(
                    "All is done but in %s; see the notes. It is tried again by itself."
                            .formatted(String.join(", ", left)),
                    now,
                    exported);
            return request.state();
        }
        request.complete(receipt(job, request, stores, searched, backups, now), now, exported);
        if (erasure) {
            request.forget();
        }
        outbox.publish(
                job.actor(),
                PrivacyEventTypes.SOURCE,
                DataRequestCompleted.TYPE,
                job.id().toString(),
                new DataRequestCompleted(job.id(), job.kind().text()));
        return request.state();
    }

    private String receipt(
            Job job, DataRequest request, List<StoreView> stores, boolean searched, String backups, Instant now) {
        try {
            return signatures.sign(
                    RECEIPT,
                    Json.MAPPER.writeValueAsString(new Receipt(
                            signatures.issuer(),
                            now.getEpochSecond(),
                            job.id(),
                            job.actor().orgId(),
                            job.subject().userId(),
                            job.kind().text(),
                            request.createdAt(),
                            request.dueAt(),
                            request.startedAt(),
                            now,
                            stores,
                            searched ? Boolean.TRUE : null,
                            backups)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts and numbers is JSON", e);
        }
    }

    /** Lets a job that broke wait. */
    public void abandon(Job job, String reason) {
        owned(job).block(reason, Instant.now(), null);
    }

    /** A table's name with its schema, which a plugin may leave out. */
    private static String qualified(String source, String store) {
        return store.contains(".") ? store : source + "." + store;
    }

    private Query store(Job job, String source, String store) {
        return em.createNativeQuery("insert into core.data_request_stores as s"
                        + " (request_id, org_id, source, store, found, treated, remaining, outcome, note)"
                        + " values (:id, :org, :source, :store, :found, :treated, :remaining, :outcome, :note)"
                        + " on conflict (request_id, source, store) do update set"
                        + " found = greatest(s.found, s.treated + excluded.found), treated = s.treated + excluded.treated,"
                        + " remaining = excluded.remaining, outcome = excluded.outcome, note = excluded.note")
                .setParameter("id", job.id())
                .setParameter("org", job.actor().orgId())
                .setParameter("source", source)
                .setParameter("store", store);
    }

    private DataRequest owned(Job job) {
        return owned(job.actor(), job.id(), job.lease());
    }

    private DataRequest owned(Actor actor, UUID id, UUID lease) {
        DataRequest request = em.createQuery(
                        "select r from DataRequest r where r.id = :id and r.orgId = :org", DataRequest.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .filter(found -> found.leasedTo(lease))
                .orElseThrow(() -> new Rejection(
                        PrivacyError.JOB_LOST, "Another node has taken the job over, or a legal hold has stopped it."));
        request.renew(Instant.now().plus(LEASE));
        return request;
    }
}
