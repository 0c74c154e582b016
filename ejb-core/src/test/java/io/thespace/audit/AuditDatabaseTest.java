package io.thespace.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.EndpointError;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records, their chains and what guards them, on a real PostgreSQL. */
class AuditDatabaseTest {

    private static final AuditEvents.Filter ALL = new AuditEvents.Filter(null, null, null, null, null, null);

    private static TestDatabase database;

    private final Actor alice = actor(UUID.randomUUID());
    private final Actor bob = actor(UUID.randomUUID());

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(AuditRecord.class, AuditEntry.class, AuditEvent.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void nothing() throws Exception {
        database.sql("truncate core.audit_inbox, core.audit_events, core.audit_chains");
    }

    private static Actor actor(UUID orgId) {
        return new Actor(
                orgId, UUID.randomUUID(), Role.USER, UUID.randomUUID(), "r-" + orgId, null, "192.0.2.1", false);
    }

    private static AuditDraft draft(Actor actor) {
        return new AuditDraft(actor, "POST", "/api/things/{id}", "things", "thing", Map.of("id", "7"));
    }

    private static void write(Actor actor, AuditEntry... entries) {
        database.in(actor.orgId(), em -> {
            AuditTrail trail = new AuditTrail();
            trail.entities = em;
            trail.append(List.of(entries));
            return null;
        });
    }

    private static AuditedAnswer answer(int status, boolean replayed, int digest) {
        return new AuditedAnswer(status, replayed, HexFormat.of().toHexDigits((byte) digest));
    }

    private static void write(Actor actor, int count) {
        for (int i = 0; i < count; i++) {
            write(actor, draft(actor).done(answer(200, false, i)));
        }
    }

    private static int seal() {
        return database.in(null, em -> chains(em).seal(1000));
    }

    private static AuditChains chains(jakarta.persistence.EntityManager em) {
        AuditChains chains = new AuditChains();
        chains.entities = em;
        return chains;
    }

    private static <T> T read(Actor actor, Function<AuditEvents, T> question) {
        return database.in(actor.orgId(), em -> {
            AuditEvents events = new AuditEvents();
            events.entities = em;
            return question.apply(events);
        });
    }

    private static Page<AuditEventView> recent(Actor actor, int limit, String after) {
        return read(actor, events -> events.recent(actor, ALL, new PageRequest(limit, Optional.ofNullable(after))));
    }

    private static AuditVerificationView verify(Actor actor) {
        return read(actor, events -> events.verify(actor, 0));
    }

    @Test
    void aRecordTellsWhoWhatWhichAndWhatCameOfIt() {
        AuditDraft draft = draft(alice);
        draft.asked(new byte[] {1});
        draft.changed("before", null);
        write(alice, draft.done(answer(201, false, 2)));
        write(alice, draft.refused(new Rejection(EndpointError.ROLE_MISSING, "No.")));
        write(alice, draft.refused(new Rejection(EndpointError.DEFECT, "Oh.")));
        assertThat(seal()).isEqualTo(3);

        List<AuditEventView> items = recent(alice, 10, null).items();

        AuditEventView done = items.get(2);
        assertThat(done.userId()).isEqualTo(alice.userId());
        assertThat(done.orgId()).isEqualTo(alice.orgId());
        assertThat(done.signInId()).isEqualTo(alice.signInId());
        assertThat(List.of(done.role(), done.address(), done.method(), done.path(), done.source(), done.action()))
                .containsExactly("user", "192.0.2.1", "POST", "/api/things/{id}", "things", "thing");
        assertThat(done.resource()).isEqualTo("{\"id\": \"7\"}");
        assertThat(List.of(done.outcome(), done.status(), done.requestDigest(), done.answerDigest()))
                .containsExactly("done", 201, "01", "02");
        assertThat(done.beforeDigest()).hasSize(64);
        assertThat(done.afterDigest()).isNull();
        assertThat(items.get(1).outcome()).isEqualTo("refused");
        assertThat(items.get(1).kind()).isEqualTo("FORBIDDEN");
        assertThat(items.get(1).error()).isEqualTo("ROLE_MISSING");
        assertThat(items.get(0).outcome()).isEqualTo("failed");
    }

    @Test
    void eachRecordHoldsTheHashOfTheOneBefore() {
        write(alice, 5);
        write(bob, 2);
        seal();
        write(alice, 2);
        seal();

        List<AuditEventView> items = recent(alice, 10, null).items();

        assertThat(items).extracting(AuditEventView::position).containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
        for (int i = 0; i < 6; i++) {
            assertThat(items.get(i).previous())
                    .isEqualTo(items.get(i + 1).hash())
                    .hasSize(64);
        }
        assertThat(items.get(6).previous()).isEmpty();
        assertThat(verify(alice))
                .isEqualTo(
                        new AuditVerificationView(true, 7, null, 7, items.get(0).hash(), null));
        assertThat(verify(bob).checked()).isEqualTo(2);
    }

    @Test
    void pagesFollowTheChain() {
        write(alice, 5);
        seal();

        Page<AuditEventView> first = recent(alice, 2, null);
        write(alice, 1);
        seal();
        Page<AuditEventView> second = recent(alice, 2, first.nextKey());

        assertThat(first.items()).extracting(AuditEventView::position).containsExactly(5L, 4L);
        assertThat(second.items()).extracting(AuditEventView::position).containsExactly(3L, 2L);
        assertThat(recent(alice, 2, second.nextKey()).nextKey()).isNull();
    }

    @Test
    void filtersNarrow() {
        write(alice, draft(alice).done(answer(200, true, 0)));
        seal();
        Instant now = Instant.now();
        for (AuditEvents.Filter fits : List.of(
                new AuditEvents.Filter(alice.userId(), null, null, null, null, null),
                new AuditEvents.Filter(null, "things", null, null, null, null),
                new AuditEvents.Filter(null, null, AuditOutcome.REPLAYED, null, null, null),
                new AuditEvents.Filter(null, null, null, alice.requestId(), null, null),
                new AuditEvents.Filter(null, null, null, null, now.minusSeconds(60), now.plusSeconds(60)))) {
            assertThat(count(fits)).as("%s", fits).isOne();
        }
        for (AuditEvents.Filter fails : List.of(
                new AuditEvents.Filter(bob.userId(), null, null, null, null, null),
                new AuditEvents.Filter(null, "other", null, null, null, null),
                new AuditEvents.Filter(null, null, AuditOutcome.DONE, null, null, null),
                new AuditEvents.Filter(null, null, null, "other", null, null),
                new AuditEvents.Filter(null, null, null, null, now.plusSeconds(60), null),
                new AuditEvents.Filter(null, null, null, null, null, now.minusSeconds(60)))) {
            assertThat(count(fails)).as("%s", fails).isZero();
        }
    }

    private int count(AuditEvents.Filter filter) {
        return read(alice, events -> events.recent(alice, filter, new PageRequest(10, Optional.empty())))
                .items()
                .size();
    }

    /** What the platform itself did belongs to no organization. */
    @Test
    void thePlatformHasAChainOfItsOwn() {
        Actor platform = Actor.platform(null, "r");
        write(platform, draft(platform).done(answer(200, false, 0)));
        seal();

        assertThat(recent(platform, 10, null).items())
                .extracting(AuditEventView::orgId)
                .containsOnlyNulls();
        assertThat(verify(platform).checked()).isOne();
        assertThat(recent(alice, 10, null).items()).isEmpty();
    }

    @Test
    void oneTenantNeitherSeesNorWritesAnothers() {
        write(alice, 1);
        seal();

        assertThat(read(bob, events -> events.recent(alice, ALL, new PageRequest(10, Optional.empty())))
                        .items())
                .isEmpty();
        assertThat(read(bob, events -> events.verify(alice, 0)).checked()).isZero();
        assertThatThrownBy(() -> database.in(bob.orgId(), em -> {
                    em.persist(draft(alice).done(answer(200, false, 0)));
                    em.flush();
                    return null;
                }))
                .hasStackTraceContaining("row-level security");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update core.audit_inbox set outcome = 'refused'",
                "delete from core.audit_inbox",
                "update core.audit_events set outcome = 'refused'",
                "delete from core.audit_events",
                "insert into core.audit_events select i.*, 9, '', '' from core.audit_inbox i",
                "update core.audit_chains set hash = ''",
                "delete from core.audit_chains",
                "truncate core.audit_events"
            })
    void theApplicationChangesNothingOfIt(String statement) {
        write(alice, 1);
        seal();

        assertThatThrownBy(() -> database.in(
                        alice.orgId(), em -> em.createNativeQuery(statement).executeUpdate()))
                .hasStackTraceContaining("permission denied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update core.audit_events set outcome = 'refused' where position = 3 | 3 | changed",
                "update core.audit_events set hash = '\\x00' where position = 3 | 3 | changed",
                "update core.audit_events set previous = '\\x00' where position = 3 | 3 | before it",
                "delete from core.audit_events where position = 3 | 3 | not there",
                "delete from core.audit_events where position = 1 | 1 | not there",
                "delete from core.audit_events where position = 5 | 5 | not there",
                "delete from core.audit_events | 1 | not there",
                "delete from core.audit_chains | 1 | begin or to end",
                "update core.audit_chains set first_position = 3 | 3 | begin or to end",
                "update core.audit_chains set position = 4 | 5 | begin or to end",
                "update core.audit_chains set hash = '\\x00' | 5 | begin or to end",
            })
    void whatTheOwnerOfTheTablesTampersWithIsFound(String statement, long position, String finding) throws Exception {
        write(alice, 5);
        seal();
        assertThat(verify(alice).intact()).isTrue();

        database.sql(statement);

        AuditVerificationView found = verify(alice);
        assertThat(found.intact()).isFalse();
        assertThat(found.firstBreak().position()).isEqualTo(position);
        assertThat(found.firstBreak().finding()).contains(finding);
    }

    @Test
    void anAlteredRecordWithAHashThatFitsIsFoundInTheNext() throws Exception {
        write(alice, 5);
        seal();

        database.sql("update core.audit_events set outcome = 'refused' where position = 3");
        database.sql("update core.audit_events e set hash = core.audit_hash(e) where position = 3");

        assertThat(verify(alice).firstBreak().position()).isEqualTo(4);
    }

    @Test
    void aWalkGoesOnWhereTheLastOneEnded() {
        write(alice, 5);
        seal();

        assertThat(read(alice, events -> events.verify(alice, 3)).checked()).isEqualTo(2);
        assertThat(read(alice, events -> events.verify(alice, 5)).intact()).isTrue();
        assertThat(read(alice, events -> events.verify(alice, 99)).intact()).isTrue();
        assertThat(read(alice, events -> events.verify(alice, -1)).checked()).isEqualTo(5);
    }

    /** Any number of nodes seal at once, while records come from everywhere. */
    @Test
    void manyWriteAndManySeal() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Actor actor = i % 2 == 0 ? alice : bob;
            work.add(threads.submit(() -> write(actor, 100)));
            work.add(threads.submit(() -> {
                for (int j = 0; j < 50; j++) {
                    seal();
                }
            }));
        }
        for (Future<?> one : work) {
            one.get();
        }
        threads.shutdown();
        seal();

        assertThat(verify(alice).checked()).isEqualTo(200);
        assertThat(verify(alice).intact()).isTrue();
        assertThat(verify(bob).lastPosition()).isEqualTo(200);
        assertThat(verify(bob).intact()).isTrue();
    }

    /** A transaction that takes long keeps nobody from writing into the same chain, nor the others from being sealed. */
    @Test
    void aLongTransactionStopsNobody() {
        database.in(alice.orgId(), em -> {
            em.persist(draft(alice).done(answer(200, false, 0)));
            em.flush();
            write(alice, 1);
            assertThat(seal()).isOne();
            return null;
        });
        assertThat(seal()).isOne();
        assertThat(verify(alice).checked()).isEqualTo(2);
    }

    @Test
    void whatIsOldIsDroppedAndTheRestStaysVerifiable() throws Exception {
        write(alice, 5);
        database.sql("update core.audit_inbox set recorded_at = now() - interval '40 days'");
        seal();
        write(alice, 3);
        seal();

        assertThat(purge(Instant.now().minus(Duration.ofDays(41)), 1000)).isZero();
        assertThat(purge(Instant.now().minus(Duration.ofDays(35)), 2)).isEqualTo(2);
        assertThat(verify(alice)).matches(view -> view.intact() && view.checked() == 6);
        // Nobody who calls it gets rid of what is young.
        assertThat(purge(Instant.now(), 1000)).isEqualTo(3);

        assertThat(verify(alice)).matches(view -> view.intact() && view.checked() == 3);
        assertThat(recent(alice, 10, null).items()).hasSize(3);
        database.sql("delete from core.audit_events where position = 6");
        assertThat(verify(alice).firstBreak().position()).isEqualTo(6);
    }

    private static long purge(Instant before, int most) {
        return database.in(null, em -> chains(em).purge(before, most));
    }
}
