package io.thespace.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.audit.AuditAccess;
import io.thespace.event.EventsAccess;
import io.thespace.identity.TestDatabase;
import io.thespace.metrics.Meters;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations on a real PostgreSQL, as the application's role. */
class RequestDatabaseTest {

    private static TestDatabase database;

    private final Actor alice = actor(UUID.randomUUID());
    private final Actor bob = actor(UUID.randomUUID());

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(AuditAccess.entity(), EventsAccess.entity());
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void nothing() throws Exception {
        database.sql("truncate core.requests");
    }

    private static Actor actor(UUID orgId) {
        return new Actor(orgId, UUID.randomUUID(), Role.ADMIN, UUID.randomUUID(), "r", null, null, false);
    }

    private static RequestEntry entry(Actor actor, String requestId, Instant at) {
        return new RequestEntry(
                UuidCreator.getTimeOrderedEpoch(),
                actor.orgId(),
                requestId,
                actor.userId(),
                new CallView(
                        at,
                        "GET",
                        "/api/x",
                        "X",
                        502,
                        "UPSTREAM_UNREACHABLE",
                        false,
                        new CallView.Identity(actor.userId(), "admin", actor.signInId(), null, null, "s", false),
                        List.of(new CallView.Decision("role", "user", "admin", true)),
                        new CallView.Quota("gateway-admin", 1000, 60, 3, 12),
                        "/p",
                        "miss",
                        List.of(new CallView.UpstreamView("http://a", "failed", "UPSTREAM_UNREACHABLE", null, null, 3)),
                        new CallView.Timings(0.25, null, 3.5),
                        List.of()));
    }

    private static <T> T requests(UUID orgId, Function<Requests, T> work) {
        return database.in(orgId, em -> {
            Requests requests = new Requests();
            requests.em = em;
            requests.events = EventsAccess.on(em);
            requests.audit = AuditAccess.on(em);
            return work.apply(requests);
        });
    }

    /** As the writer does: without a tenant, for all of them. */
    private static void write(RequestEntry... entries) {
        requests(null, requests -> {
            requests.write(List.of(entries));
            return null;
        });
    }

    private static long purge(Instant before, int most) {
        return requests(null, requests -> requests.purge(before, most));
    }

    private static RequestView explain(Actor actor, String requestId) {
        return requests(actor.orgId(), requests -> requests.explain(actor, requestId));
    }

    @Test
    void aCallIsToldAsItWasWritten() {
        Instant now = Instant.parse("2026-01-31T12:00:00.123Z");
        RequestEntry first = entry(alice, "one", now);
        RequestEntry again = entry(alice, "one", now.plusSeconds(1));
        write(first, again, entry(alice, "other", now));
        assertThat(explain(alice, "one"))
                .isEqualTo(new RequestView("one", List.of(again.call(), first.call()), List.of()));
    }

    @Test
    void whatItCausedIsToldWithIt() throws Exception {
        Instant now = Instant.now();
        for (String id : List.of("one", "other")) {
            database.sql(
                    """
                    insert into core.organizations (id, name, created_at) values ('%1$s', 'O', now()) on conflict do nothing;
                    insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic)
                        values ('%2$s', '%1$s', 't', '/s', 'x', '{}', '%3$s', false)
                    """
                            .formatted(alice.orgId(), UuidCreator.getTimeOrderedEpoch(), id));
        }
        write(entry(alice, "one", now), entry(alice, "late", now.minusSeconds(60)));
        assertThat(explain(alice, "one").calls().get(0).events())
                .singleElement()
                .satisfies(event -> assertThat(event.requestId()).isEqualTo("one"));
        assertThat(explain(alice, "late").calls().get(0).events()).isEmpty();
    }

    @Test
    void nobodyElseIsTold() {
        write(entry(alice, "mine", Instant.now()));
        assertThatThrownBy(() -> explain(bob, "mine")).isInstanceOfSatisfying(Rejection.class, e -> assertThat(e.code())
                .isEqualTo(RequestError.REQUEST_NOT_FOUND));
        // Also when the query forgets its predicate.
        Object seen = database.in(bob.orgId(), em -> em.createNativeQuery("select count(*) from core.requests")
                .getSingleResult());
        assertThat(seen).isEqualTo(0L);
    }

    @Test
    void whatIsOldIsDropped() {
        write(entry(alice, "a", Instant.now()), entry(bob, "b", Instant.now()));
        Instant now = Instant.now();
        assertThat(purge(now.minusSeconds(60), 10)).isZero();
        assertThat(purge(now.plusSeconds(60), 1)).isEqualTo(1);
        assertThat(purge(now.plusSeconds(60), 10)).isEqualTo(1);
    }

    @Test
    void aPersonsCallsGoWithThem() {
        write(entry(alice, "a", Instant.now()), entry(alice, "b", Instant.now()), entry(bob, "c", Instant.now()));
        PersonalData.Subject subject = new PersonalData.Subject(alice.userId(), "alice@example.org");
        List<Object> told = new ArrayList<>();
        Map<String, Long> erased = database.in(alice.orgId(), em -> {
            RequestPersonalData people = new RequestPersonalData();
            people.em = em;
            assertThat(people.count(alice, subject)).isEqualTo(Map.of("core.requests", 2L));
            people.export(alice, subject, (store, row) -> told.add(row));
            assertThat(people.erase(alice, subject, 1)).isEqualTo(Map.of("core.requests", 1L));
            return people.erase(alice, subject, 10);
        });
        assertThat(told).hasSize(2);
        assertThat(erased).isEqualTo(Map.of("core.requests", 1L));
        assertThat(explain(bob, "c").calls()).hasSize(1);
    }

    private static Meters telling(List<Long> told) {
        return new Meters() {
            @Override
            public void explained(long written, long dropped) {
                told.addAll(List.of(written, dropped));
            }
        };
    }

    /** More than there is room for is dropped, and nobody waits. */
    @Test
    void aFullLogDropsRecordsAndNoCalls() {
        List<Integer> batches = new ArrayList<>();
        Requests requests = new Requests() {
            @Override
            public void write(List<RequestEntry> entries) {
                batches.add(entries.size());
            }
        };
        List<Long> told = new ArrayList<>();
        RequestLog log = new RequestLog(requests, telling(told));
        RequestEntry entry = entry(alice, "a", Instant.now());
        for (int i = 0; i < RequestLog.MAX_WAITING + 7; i++) {
            log.add(entry);
        }
        log.flush();
        assertThat(told).containsExactly((long) RequestLog.MAX_WAITING, 7L);
        assertThat(batches).hasSize(RequestLog.MAX_WAITING / 500).containsOnly(500);
    }

    /** A database that is away costs the batch that it was tried with. */
    @Test
    void whatCannotBeWrittenIsDropped() {
        Requests requests = new Requests() {
            @Override
            public void write(List<RequestEntry> entries) {
                throw new IllegalStateException("away");
            }
        };
        List<Long> told = new ArrayList<>();
        RequestLog log = new RequestLog(requests, telling(told));
        for (int i = 0; i < 700; i++) {
            log.add(entry(alice, "a", Instant.now()));
        }
        log.flush();
        log.flush();
        assertThat(told).containsExactly(0L, 500L, 0L, 200L);
    }
}
