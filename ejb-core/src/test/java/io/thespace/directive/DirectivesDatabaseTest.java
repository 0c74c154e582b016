package io.thespace.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.transaction.Race;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directives on a real PostgreSQL, as the application's role. */
class DirectivesDatabaseTest {

    private static final PageRequest PAGE = new PageRequest(100, Optional.empty());
    private static final RevocationRequest REASON = new RevocationRequest("wrong");

    private static TestDatabase database;

    private Actor actor;
    private Actor stranger;
    private UUID agent;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Directive.class, DirectiveVersion.class, Class.forName("io.thespace.agent.Agent"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void people() throws SQLException {
        actor = somebody();
        stranger = somebody();
        agent = agent(actor, "active");
    }

    private static Actor somebody() throws SQLException {
        UUID org = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
        return new Actor(org, UuidCreator.getTimeOrderedEpoch(), Role.GUEST, null, "test", null, null, false);
    }

    private static UUID agent(Actor owner, String status) throws SQLException {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.agents (id, org_id, name, model, status, created_by, created_at, changed_at)"
                + " values ('%s', '%s', 'a', 'm', '%s', '%s', now(), now())"
                        .formatted(id, owner.orgId(), status, owner.userId()));
        return id;
    }

    private static <T> T as(Actor actor, Function<Directives, T> work) {
        return database.in(actor.orgId(), em -> {
            Directives directives = new Directives();
            directives.em = em;
            return work.apply(directives);
        });
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    private UUID draft(UUID agentId, String name, Integer priority) {
        return as(actor, all -> all.create(actor, new DirectiveOrder(agentId, name, "words of " + name, priority)))
                .id();
    }

    private UUID inForce(UUID agentId, String name, Integer priority) {
        UUID id = draft(agentId, name, priority);
        promote(id, null);
        return id;
    }

    private DirectiveView promote(UUID id, Integer version) {
        return as(actor, all -> all.promote(actor, id, version));
    }

    private DirectiveView change(UUID id, String content) {
        return as(actor, all -> all.change(actor, id, new DirectiveChange(null, content, null)));
    }

    private List<DirectiveVersionView> versions(UUID id) {
        return as(actor, all -> all.versions(actor, id, PAGE)).items();
    }

    private List<String> words() {
        return as(actor, all -> all.resolved(actor, agent)).stream()
                .map(ResolvedDirectiveView::content)
                .toList();
    }

    private List<String> resolved() {
        return as(actor, all -> all.resolved(actor, agent)).stream()
                .map(ResolvedDirectiveView::name)
                .toList();
    }

    @Test
    void aDirectiveGoesFromDraftToInForceToSupersededToRevoked() {
        DirectiveView made = as(actor, all -> all.create(actor, new DirectiveOrder(null, " tone ", "Be kind.", null)));
        assertThat(made.status()).isEqualTo("draft");
        assertThat(made.name()).isEqualTo("tone");
        assertThat(made.priority()).isEqualTo(100);
        assertThat(made.activeVersion()).isNull();
        assertThat(resolved()).isEmpty();

        assertThat(promote(made.id(), 1).activeVersion()).isEqualTo(1);
        DirectiveView changed = change(made.id(), "Be brief.");
        assertThat(changed.latestVersion()).isEqualTo(2);
        assertThat(changed.activeVersion()).isEqualTo(1);
        assertThat(changed.content()).isEqualTo("Be brief.");
        assertThat(words()).containsExactly("Be kind.");

        assertThat(promote(made.id(), null).activeVersion()).isEqualTo(2);
        assertThat(versions(made.id()))
                .extracting(DirectiveVersionView::status)
                .containsExactly("active", "superseded");
        assertThat(words()).containsExactly("Be brief.");

        DirectiveView revoked = as(actor, all -> all.revoke(actor, made.id(), REASON));
        assertThat(revoked.status()).isEqualTo("revoked");
        assertThat(versions(made.id()).get(0).revokedReason()).isEqualTo("wrong");
        assertThat(versions(made.id()).get(0).revokedBy()).isEqualTo(actor.userId());
        assertThat(resolved()).isEmpty();
        change(made.id(), "Be kind and brief.");
        assertThat(promote(made.id(), 3).status()).isEqualTo("active");
    }

    @Test
    void whatCannotBeDoneIsRefused() throws SQLException {
        UUID id = inForce(null, "a", null);
        UUID unknown = UUID.randomUUID();
        UUID archived = agent(actor, "archived");
        refused(DirectiveError.DIRECTIVE_NOT_FOUND, () -> promote(unknown, null));
        refused(DirectiveError.DIRECTIVE_NOT_FOUND, () -> versions(unknown));
        refused(DirectiveError.DIRECTIVE_AGENT_NOT_FOUND, () -> as(actor, all -> all.resolved(actor, unknown)));
        refused(DirectiveError.DIRECTIVE_AGENT_UNKNOWN, () -> draft(unknown, "x", null));
        refused(DirectiveError.DIRECTIVE_AGENT_UNKNOWN, () -> draft(archived, "x", null));
        refused(
                DirectiveError.NOTHING_TO_CHANGE,
                () -> as(actor, all -> all.change(actor, id, new DirectiveChange(null, null, null))));
        refused(DirectiveError.VERSION_UNKNOWN, () -> promote(id, 2));
        refused(DirectiveError.VERSION_UNKNOWN, () -> promote(id, 0));
        refused(DirectiveError.VERSION_NOT_DRAFT, () -> promote(id, 1));
        refused(DirectiveError.IN_FORCE, () -> delete(id));
        as(actor, all -> all.revoke(actor, id, REASON));
        refused(DirectiveError.NOT_IN_FORCE, () -> as(actor, all -> all.revoke(actor, id, REASON)));
        delete(id);
        refused(DirectiveError.DIRECTIVE_NOT_FOUND, () -> as(actor, all -> all.find(actor, id)));
    }

    private void delete(UUID id) {
        as(actor, all -> {
            all.delete(actor, id);
            return null;
        });
    }

    @Test
    void anothersDirectivesDoNotExist() {
        UUID id = inForce(null, "a", null);
        refused(DirectiveError.DIRECTIVE_NOT_FOUND, () -> as(stranger, all -> all.find(stranger, id)));
        refused(DirectiveError.DIRECTIVE_NOT_FOUND, () -> as(stranger, all -> all.promote(stranger, id, null)));
        refused(DirectiveError.DIRECTIVE_AGENT_NOT_FOUND, () -> as(stranger, all -> all.resolved(stranger, agent)));
        assertThat(as(stranger, all -> all.list(stranger, null, null, null, PAGE))
                        .items())
                .isEmpty();
        // Also when a query forgets whose they are.
        List<DirectiveVersion> everything = database.in(
                stranger.orgId(), em -> em.createQuery("select v from DirectiveVersion v", DirectiveVersion.class)
                        .getResultList());
        assertThat(everything).isEmpty();
    }

    /** The order is documented: priority, then the agent's own, then age. */
    @Test
    void whatAppliesToAnAgentIsInOrder() throws SQLException {
        inForce(null, "organization 100", 100);
        inForce(agent, "agent 100", 100);
        inForce(agent, "agent 100, later", 100);
        inForce(null, "organization 900", 900);
        inForce(agent, "agent 0", 0);
        inForce(agent(actor, "active"), "another agent's", 1000);
        draft(agent, "a draft", 1000);

        assertThat(resolved())
                .containsExactly("organization 900", "agent 100", "agent 100, later", "organization 100", "agent 0");
    }

    @Test
    void theListFilters() {
        inForce(null, "a", null);
        draft(null, "b", null);
        inForce(agent, "c", null);

        assertThat(names(null, null, null)).containsExactly("c", "b", "a");
        assertThat(names(DirectiveScope.ORGANIZATION, null, null)).containsExactly("b", "a");
        assertThat(names(DirectiveScope.AGENT, null, null)).containsExactly("c");
        assertThat(names(null, agent, null)).containsExactly("c");
        assertThat(names(null, null, DirectiveStatus.ACTIVE)).containsExactly("c", "a");
        assertThat(as(actor, all -> all.list(actor, null, null, null, new PageRequest(1, Optional.empty())))
                        .nextKey())
                .isNotNull();
    }

    private List<String> names(DirectiveScope scope, UUID agentId, DirectiveStatus status) {
        return as(actor, all -> all.list(actor, scope, agentId, status, PAGE)).items().stream()
                .map(DirectiveView::name)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"content = 'x'", "name = 'x'", "priority = 1", "number = 9", "created_at = now()"})
    void theDatabaseKeepsAVersionAsItIs(String change) {
        UUID id = inForce(null, "a", null);
        String update = "update core.directive_versions set %s where directive_id = '%s'".formatted(change, id);

        assertThatThrownBy(() -> database.in(
                        actor.orgId(), em -> em.createNativeQuery(update).executeUpdate()))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> database.sql(update)).hasMessageContaining("never changes");
    }

    @Test
    void ofTwoPromotionsOfOneVersionOneIsRefused() throws Exception {
        UUID id = draft(null, "a", null);
        List<Object> outcomes = Race.run(List.of(() -> promote(id, 1), () -> promote(id, 1)));

        assertThat(outcomes).filteredOn(DirectiveView.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(DirectiveError.VERSION_NOT_DRAFT::equals)
                .hasSize(1);
    }

    @Test
    void ofTwoVersionsPromotedAtOnceOneIsInForceAndOneSuperseded() throws Exception {
        for (int i = 0; i < 10; i++) {
            UUID id = draft(null, "a" + i, null);
            change(id, "other words");

            assertThat(Race.run(List.of(() -> promote(id, 1), () -> promote(id, 2))))
                    .allMatch(DirectiveView.class::isInstance);
            assertThat(versions(id))
                    .extracting(DirectiveVersionView::status)
                    .containsExactlyInAnyOrder("active", "superseded");
        }
    }

    @Test
    void onlySoManyAreInForceAlsoWhenTwoWantToBeTheLast() throws Exception {
        for (int i = 1; i < Directives.MAX_IN_FORCE; i++) {
            inForce(null, "a" + i, null);
        }
        UUID one = draft(null, "one", null);
        UUID other = draft(null, "other", null);

        List<Object> outcomes = Race.run(List.of(() -> promote(one, null), () -> promote(other, null)));

        assertThat(outcomes).filteredOn(DirectiveView.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(DirectiveError.TOO_MANY_IN_FORCE::equals)
                .hasSize(1);
        inForce(agent, "the agent has its own hundred", null);
        assertThat(resolved()).hasSize(Directives.MAX_IN_FORCE + 1);
    }

    @Test
    void thatSomebodyDidItIsForgotten() {
        UUID id = inForce(null, "a", null);
        change(id, "b");
        Subject subject = new Subject(actor.userId(), null);
        List<String> exported = new ArrayList<>();

        assertThat(counts(people -> people.count(actor, subject)))
                .isEqualTo(Map.of("core.directives", 1L, "core.directive_versions", 2L));
        counts(people -> {
            people.export(actor, subject, (store, row) -> exported.add(store));
            return Map.of();
        });
        assertThat(exported).containsExactly("core.directives", "core.directive_versions", "core.directive_versions");
        assertThat(counts(people -> people.erase(actor, subject, 2)))
                .isEqualTo(Map.of("core.directives", 1L, "core.directive_versions", 1L));
        assertThat(counts(people -> people.erase(actor, subject, 2))).isEqualTo(Map.of("core.directive_versions", 1L));
        assertThat(counts(people -> people.erase(actor, subject, 2))).isEmpty();
        assertThat(counts(people -> people.count(actor, subject))).isEmpty();
        assertThat(counts(people -> people.count(actor, new Subject(null, "ada@example.org"))))
                .isEmpty();
        assertThat(as(actor, all -> all.find(actor, id)).createdBy()).isNull();
        assertThat(resolved()).containsExactly("a");
    }

    private Map<String, Long> counts(Function<DirectivePersonalData, Map<String, Long>> work) {
        return database.in(actor.orgId(), em -> {
            DirectivePersonalData people = new DirectivePersonalData();
            people.em = em;
            return work.apply(people);
        });
    }
}
