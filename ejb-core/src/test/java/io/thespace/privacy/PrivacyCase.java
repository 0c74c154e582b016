package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.TestDatabase;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** An organization, somebody in it and data requests about them, on a real PostgreSQL as the application's role. */
abstract class PrivacyCase {

    static final String EMAIL = "xyzzy.plugh@example.org";
    static PrivacyBeans beans;
    static TestDatabase database;
    UUID org;
    UUID subject;
    Actor admin;
    Actor stranger;

    @BeforeAll
    static void start() throws Exception {
        beans = new PrivacyBeans();
        database = beans.database();
    }

    @AfterAll
    static void stop() throws Exception {
        beans.close();
    }

    @BeforeEach
    void people() throws Exception {
        database.sql("truncate core.organizations, core.users cascade");
        beans.published().clear();
        org = organization();
        admin = actor(org, user(org, "admin." + org + "@example.org", "owner"));
        subject = user(org, EMAIL, "member");
        UUID elsewhere = organization();
        stranger = actor(elsewhere, user(elsewhere, "s." + elsewhere + "@example.org", "owner"));
    }

    private static UUID organization() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(id));
        return id;
    }

    static UUID user(UUID orgId, String email, String role) throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.users (id, email, name, created_at) values ('%s', '%s', 'Some Body', now())"
                .formatted(id, email));
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at)"
                + " values ('%s', '%s', '%s', '%s', now())".formatted(UUID.randomUUID(), orgId, id, role));
        return id;
    }

    /** Takes the subject out of the organization, where they did something. */
    void leave() throws Exception {
        database.sql(
                ("insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic) values"
                                + " ('%s', '%s', 't', 's', 'x', '{}', '%3$s', 'r', false);"
                                + " delete from core.memberships where user_id = '%3$s'")
                        .formatted(UuidCreator.getTimeOrderedEpoch(), org, subject));
    }

    static Actor actor(UUID orgId, UUID userId) {
        return new Actor(orgId, userId, Role.USER, null, "test", null, null, false)
                .with(MembershipRole.OWNER.permissions());
    }

    JsonNode exported(UUID id, int part) throws Exception {
        return Json.MAPPER.readTree(
                requests(admin, r -> r.export(admin, id, part)).bytes());
    }

    LegalHoldView cleared(UUID hold) {
        return holds(admin, h -> h.clear(admin, hold, new ClearanceOrder("settled")));
    }

    Actor platform() {
        return Actor.platform(org, "test");
    }

    Optional<DataRequestSteps.Claim> claimed(UUID lease) {
        return beans.in(null, em -> beans.steps(em).claim(lease));
    }

    Job begun(UUID id) {
        UUID lease = UUID.randomUUID();
        while (true) {
            Optional<DataRequestSteps.Claim> claim = claimed(lease);
            assertThat(claim).isPresent();
            if (claim.get().request().equals(id)) {
                return steps(s -> s.begin(platform(), id, lease)).orElseThrow();
            }
        }
    }

    DataRequestView asked(Actor actor, DataRequestKind kind, UUID userId, String identifier) {
        return requests(actor, r -> r.create(actor, new DataRequestOrder(kind, userId, identifier)));
    }

    long erased(Job job, String source, Supplier<PersonalData> people, int most) {
        return steps(s -> s.erase(job, source, people.get(), most));
    }

    DataRequestState finished(Job job) {
        return steps(s -> s.finish(job, true, "none"));
    }

    <T> T steps(Function<DataRequestSteps, T> work) {
        return beans.in(org, em -> work.apply(beans.steps(em)));
    }

    static <T> T requests(Actor actor, Function<DataRequests, T> work) {
        return beans.requests(actor, work);
    }

    static <T> T holds(Actor actor, Function<LegalHolds, T> work) {
        return beans.in(actor.orgId(), em -> work.apply(PrivacyBeans.holds(em)));
    }

    static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    /** So many rows about anybody. */
    static final class Rows implements PersonalData {

        private long left;

        Rows(long left) {
            this.left = left;
        }

        @Override
        public Map<String, Long> count(Actor actor, Subject subject) {
            return left == 0 ? Map.of() : Map.of("rows", left);
        }

        @Override
        public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
            for (long i = 0; i < left; i++) {
                sink.accept("rows", Map.of("number", i, "text", "Something about them."));
            }
        }

        @Override
        public Map<String, Long> erase(Actor actor, Subject subject, int most) {
            long treated = Math.min(left, most);
            left -= treated;
            return treated == 0 ? Map.of() : Map.of("rows", treated);
        }
    }
}
