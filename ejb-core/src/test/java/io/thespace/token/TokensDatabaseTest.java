package io.thespace.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.AccessReduced;
import io.thespace.identity.Fired;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens on a real PostgreSQL, as the application's role. */
class TokensDatabaseTest {

    private static final Actor NOBODY = Actor.anonymous("test", null, null);

    private static TestDatabase database;

    private final Fired<AccessReduced> fired = new Fired<>();
    private Actor owner;
    private Actor member;
    private Actor stranger;
    private UUID agent;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Token.class, Class.forName("io.thespace.agent.Agent"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void people() throws Exception {
        UUID acme = organization();
        owner = person(acme, MembershipRole.OWNER);
        member = person(acme, MembershipRole.MEMBER);
        stranger = person(organization(), MembershipRole.OWNER);
        agent = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.agents (id, org_id, name, model, status, created_by, created_at, changed_at)"
                + " values ('%s', '%s', 'a', 'm', 'active', '%s', now(), now())"
                        .formatted(agent, acme, owner.userId()));
    }

    private static UUID organization() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(id));
        return id;
    }

    private static Actor person(UUID orgId, MembershipRole role) throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.users (id, email, name, created_at) values ('%s', '%s@example.org', 'P', now())"
                .formatted(id, id));
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at)"
                + " values ('%s', '%s', '%s', '%s', now())".formatted(UUID.randomUUID(), orgId, id, role.text()));
        return new Actor(orgId, id, Role.GUEST, null, "test", null, null, false).with(role.permissions());
    }

    private <T> T as(Actor actor, Function<Tokens, T> work) {
        return database.in(actor.orgId(), em -> {
            Tokens tokens = new Tokens();
            tokens.em = em;
            tokens.tell(fired);
            return work.apply(tokens);
        });
    }

    private NewTokenView made(Actor actor, UUID agentId, Instant expiresAt, Permission... permissions) {
        return as(
                actor,
                tokens -> tokens.create(actor, new TokenOrder("test", List.of(permissions), agentId, expiresAt)));
    }

    private HolderView holder(NewTokenView token) {
        return as(NOBODY, tokens -> tokens.holder(NOBODY, token.accessToken()));
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    @Test
    void aTokenStandsForItsMaker() throws Exception {
        NewTokenView token = made(member, null, null, Permission.MEMORY_READ, Permission.AGENT_READ);

        HolderView holder = holder(token);

        assertThat(holder.orgId()).isEqualTo(member.orgId());
        assertThat(holder.userId()).isEqualTo(member.userId());
        assertThat(holder.tokenId()).isEqualTo(token.token().id());
        assertThat(holder.agentId()).isNull();
        assertThat(holder.permissions()).containsExactlyInAnyOrder(Permission.MEMORY_READ, Permission.AGENT_READ);
        assertThat(token.token().permissions()).containsExactlyInAnyOrder("memory_read", "agent_read");
        assertThat(token.toString()).doesNotContain(token.accessToken());
    }

    @Test
    void whoHasAThousandTokensRevokesOneFirst() throws Exception {
        database.sql("insert into core.tokens (id, org_id, user_id, name, hash, permissions, created_at, expires_at)"
                + " select gen_random_uuid(), '%s', '%s', 'n', repeat('h', 43), 0, now(),"
                        .formatted(member.orgId(), member.userId())
                + " case when n <= 5 then now() - interval '1 hour' end from generate_series(1, 1004) n");
        NewTokenView last = made(member, null, null, Permission.MEMORY_READ);

        refused(TokenError.TOO_MANY_TOKENS, () -> made(member, null, null, Permission.MEMORY_READ));
        made(owner, null, null, Permission.MEMORY_READ);

        as(member, tokens -> tokens.revoke(member, last.token().id(), new RevocationOrder(null)));
        made(member, null, null, Permission.MEMORY_READ);
    }

    /** The user, as they are when they show a token of theirs. */
    private static Actor with(Actor actor, NewTokenView token, Permission... permissions) {
        return new Actor(
                actor.orgId(),
                actor.userId(),
                actor.role(),
                null,
                "test",
                null,
                null,
                false,
                null,
                Set.of(permissions),
                token.token().id());
    }

    private void revoke(Actor actor, NewTokenView token) {
        as(actor, tokens -> tokens.revoke(actor, token.token().id(), new RevocationOrder("lost")));
    }

    @Test
    void whatATokenMakesEndsWithItAtTheLatest() {
        Instant end = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        NewTokenView parent = made(member, null, end, Permission.TOKEN_CREATE, Permission.MEMORY_READ);
        Actor maker = with(member, parent, Permission.TOKEN_CREATE, Permission.MEMORY_READ);

        refused(TokenError.INVALID_EXPIRY, () -> made(maker, null, end.plusSeconds(1), Permission.MEMORY_READ));
        refused(TokenError.PERMISSION_EXCEEDED, () -> made(maker, null, end, Permission.MEMORY_WRITE));
        NewTokenView child = made(maker, null, null, Permission.MEMORY_READ);

        assertThat(child.token().expiresAt()).isEqualTo(end);
        assertThat(made(maker, null, end.minusSeconds(1), Permission.MEMORY_READ)
                        .token()
                        .expiresAt())
                .isEqualTo(end.minusSeconds(1));
    }

    @Test
    void whatATokenMadeIsRevokedWithIt() {
        NewTokenView parent = made(member, null, null, Permission.TOKEN_CREATE);
        Actor maker = with(member, parent, Permission.TOKEN_CREATE);
        NewTokenView child = made(maker, null, null, Permission.TOKEN_CREATE);
        NewTokenView grandchild = made(with(member, child, Permission.TOKEN_CREATE), null, null);
        NewTokenView other = made(member, null, null, Permission.TOKEN_CREATE);

        revoke(member, parent);

        refused(TokenError.TOKEN_REVOKED, () -> holder(child));
        refused(TokenError.TOKEN_REVOKED, () -> holder(grandchild));
        refused(TokenError.TOKEN_REVOKED, () -> made(maker, null, null, Permission.TOKEN_CREATE));
        assertThat(holder(other).tokenId()).isEqualTo(other.token().id());
        assertThat(as(member, tokens -> tokens.find(member, grandchild.token().id()))
                        .revokedReason())
                .isEqualTo("lost");
    }

    @Test
    void itsTextIsKeptNowhere() throws Exception {
        NewTokenView token = made(member, null, null, Permission.MEMORY_READ);
        String secret = token.accessToken().substring(32, 75);

        assertThat(database.sql("update core.tokens set name = name where tokens::text like '%" + secret + "%'"))
                .isZero();
        assertThat(database.sql("update core.tokens set name = name where id = '"
                        + token.token().id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void nobodyGrantsWhatTheyLack() {
        refused(TokenError.PERMISSION_EXCEEDED, () -> made(member, null, null, Permission.USER_MANAGE));
        refused(TokenError.PERMISSION_EXCEEDED, () -> made(owner, null, null, Permission.ORGANIZATION_SUSPEND));
        refused(TokenError.INVALID_EXPIRY, () -> made(member, null, Instant.EPOCH, Permission.MEMORY_READ));
        refused(TokenError.AGENT_UNKNOWN, () -> made(member, UUID.randomUUID(), null, Permission.MEMORY_READ));
        refused(TokenError.AGENT_UNKNOWN, () -> made(stranger, agent, null, Permission.MEMORY_READ));
    }

    @Test
    void anAgentMakesTokensForItselfAlone() {
        NewTokenView own = made(owner, agent, null, Permission.MEMORY_READ);
        Actor acting = new Actor(
                owner.orgId(),
                owner.userId(),
                Role.GUEST,
                null,
                "test",
                null,
                null,
                false,
                agent,
                owner.permissions(),
                own.token().id());
        refused(TokenError.AGENT_NOT_AUTHORIZED, () -> made(acting, null, null, Permission.MEMORY_READ));
        assertThat(holder(made(acting, agent, null, Permission.MEMORY_READ)).agentId())
                .isEqualTo(agent);
    }

    /** A demotion of a user also reduces the permissions of their tokens. */
    @Test
    void aTokenMayNoMoreThanItsUserNow() throws Exception {
        NewTokenView token = made(owner, null, null, Permission.USER_MANAGE, Permission.MEMORY_READ);
        database.sql("update core.memberships set role = 'viewer' where user_id = '" + owner.userId() + "'");

        assertThat(holder(token).permissions()).containsExactly(Permission.MEMORY_READ);
    }

    @Test
    void aRevokedTokenIsRefused() {
        NewTokenView token = made(member, null, null, Permission.MEMORY_READ);

        TokenView revoked =
                as(member, tokens -> tokens.revoke(member, token.token().id(), new RevocationOrder("lost")));

        assertThat(revoked.revokedAt()).isNotNull();
        assertThat(revoked.revokedReason()).isEqualTo("lost");
        assertThat(fired.events()).containsExactly(new AccessReduced(member.orgId()));
        refused(TokenError.TOKEN_REVOKED, () -> holder(token));
        refused(
                TokenError.ALREADY_REVOKED,
                () -> as(member, tokens -> tokens.revoke(member, token.token().id(), new RevocationOrder(null))));
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        NewTokenView token = made(member, null, Instant.now().plusSeconds(60), Permission.MEMORY_READ);
        assertThat(holder(token).expiresAt()).isNotNull();
        database.sql("update core.tokens set expires_at = now() where id = '"
                + token.token().id() + "'");

        refused(TokenError.TOKEN_EXPIRED, () -> holder(token));
    }

    @ParameterizedTest
    @CsvSource({
        "update core.organizations set status = 'suspended' where id = 'ORG'",
        "update core.organizations set status = 'deleted' where id = 'ORG'",
        "update core.memberships set status = 'suspended' where user_id = 'USER'",
        "update core.users set status = 'disabled' where id = 'USER'",
    })
    void aSuspendedHolderIsRefused(String statement) throws Exception {
        NewTokenView token = made(member, null, null, Permission.MEMORY_READ);
        database.sql(statement
                .replace("ORG", member.orgId().toString())
                .replace("USER", member.userId().toString()));

        refused(TokenError.HOLDER_SUSPENDED, () -> holder(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"draft", "paused", "suspended", "archived"})
    void anAgentThatIsNotActiveIsRefused(String status) throws Exception {
        NewTokenView token = made(member, agent, null, Permission.MEMORY_READ);
        assertThat(holder(token).agentId()).isEqualTo(agent);
        database.sql("update core.agents set status = '%s' where id = '%s'".formatted(status, agent));

        refused(TokenError.AGENT_SUSPENDED, () -> holder(token));
    }

    @Test
    void aTokenGoesWithItsMembership() throws Exception {
        NewTokenView token = made(member, null, null, Permission.MEMORY_READ);
        database.sql("delete from core.memberships where user_id = '" + member.userId() + "'");

        refused(TokenError.TOKEN_INVALID, () -> holder(token));
    }

    @Test
    void whatWasNeverMadeIsRefused() {
        refused(TokenError.TOKEN_INVALID, () -> as(NOBODY, tokens -> tokens.holder(NOBODY, Tokens.EXAMPLE)));
        refused(TokenError.TOKEN_MALFORMED, () -> as(NOBODY, tokens -> tokens.holder(NOBODY, "ibex_pat_x")));
        NewTokenView token = made(member, null, null, Permission.MEMORY_READ);
        // The right id with another secret.
        String forged = TokenText.make(token.token().id()).text();
        refused(TokenError.TOKEN_INVALID, () -> as(NOBODY, tokens -> tokens.holder(NOBODY, forged)));
    }

    @Test
    void theLastUseIsWrittenDownOnceAMinute() throws Exception {
        NewTokenView token = made(member, null, null, Permission.MEMORY_READ);
        UUID id = token.token().id();
        assertThat(holder(token).stale()).isTrue();

        use(id);

        assertThat(holder(token).stale()).isFalse();
        Instant first = as(member, tokens -> tokens.find(member, id)).lastUsedAt();
        assertThat(first).isNotNull();
        use(id);
        assertThat(as(member, tokens -> tokens.find(member, id)).lastUsedAt()).isEqualTo(first);
        database.sql("update core.tokens set last_used_at = now() - interval '61 seconds' where id = '" + id + "'");
        assertThat(holder(token).stale()).isTrue();
    }

    private void use(UUID id) {
        as(member, tokens -> {
            tokens.used(Actor.platform(member.orgId(), "test"), id);
            return null;
        });
    }

    @Test
    void everybodySeesTheirOwnAndAManagerAll() {
        List<UUID> mine = List.of(
                made(member, null, null, Permission.MEMORY_READ).token().id(),
                made(member, null, null, Permission.MEMORY_READ).token().id(),
                made(member, null, null, Permission.MEMORY_READ).token().id());
        UUID owners = made(owner, null, null, Permission.MEMORY_READ).token().id();

        assertThat(list(member)).containsExactly(mine.get(2), mine.get(1), mine.get(0));
        assertThat(list(owner)).containsExactly(owners, mine.get(2), mine.get(1), mine.get(0));
        assertThat(list(stranger)).isEmpty();
        refused(TokenError.TOKEN_NOT_FOUND, () -> as(member, tokens -> tokens.find(member, owners)));
        refused(TokenError.TOKEN_NOT_FOUND, () -> as(stranger, tokens -> tokens.find(stranger, owners)));
        refused(
                TokenError.TOKEN_NOT_FOUND,
                () -> as(stranger, tokens -> tokens.revoke(stranger, owners, new RevocationOrder(null))));
        assertThat(as(owner, tokens -> tokens.find(owner, mine.get(0))).id()).isEqualTo(mine.get(0));
    }

    private List<UUID> list(Actor actor) {
        List<UUID> ids = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Optional<String> from = after;
            Page<TokenView> page = as(actor, tokens -> tokens.list(actor, new PageRequest(2, from)));
            page.items().forEach(token -> ids.add(token.id()));
            after = Optional.ofNullable(page.nextKey());
        } while (after.isPresent());
        return ids;
    }

    /** Row-level security holds when a query forgets its predicate. */
    @Test
    void aQueryWithoutAPredicateShowsNothingOfOthers() {
        made(member, null, null, Permission.MEMORY_READ);
        for (String entity : List.of("Token", "Agent")) {
            String all = "select count(e) from " + entity + " e";
            long others = database.in(
                    stranger.orgId(), em -> em.createQuery(all, Long.class).getSingleResult());
            long nobodys =
                    database.in(null, em -> em.createQuery(all, Long.class).getSingleResult());
            assertThat(others + nobodys).as(entity).isZero();
        }
    }

    @Test
    void permissionsHaveDistinctBitsThatSurviveTheWay() {
        Set<Permission> all = Set.of(Permission.values());
        assertThat(Permission.of(Permission.bitmap(all))).containsExactlyInAnyOrderElementsOf(all);
        assertThat(Long.bitCount(Permission.bitmap(all))).isEqualTo(all.size());
        assertThat(Permission.bitmap(all)).isPositive();
        assertThat(Permission.of(1L << 62)).isEmpty();
    }
}
