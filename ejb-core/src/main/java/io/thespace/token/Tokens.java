package io.thespace.token;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.agent.AgentStatus;
import io.thespace.identity.AccessReduced;
import io.thespace.identity.MembershipRole;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Personal access tokens. A caller can list and revoke their own, and with {@link Permission#USER_MANAGE} all of their
 * organization.
 */
@Stateless
public class Tokens {

    /** A well-formed token that never existed, for documentation and tests. */
    public static final String EXAMPLE =
            "ibex_pat_031OKJT4j1jqTPXMbvEnvz_" + "JAanpjzMehrxcMTxd5w2acQ8bcDyyCiBSPploaLC5Bk1d8M2w";

    private static final int MAX_TOKENS = 1_000;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Event<AccessReduced> changes;

    @Inject
    void tell(Event<AccessReduced> listeners) {
        changes = listeners;
    }

    /** Whether a bearer's text claims to be such a token. */
    public static boolean claimed(String text) {
        return text.startsWith(TokenText.PREFIX);
    }

    /**
     * Returns the principal of a token at this moment. Needs no tenant. Needs no tenant.
     *
     * @param text as the client sent it
     * @throws Rejection {@code TOKEN_MALFORMED}, {@code TOKEN_INVALID}, {@code TOKEN_REVOKED}, {@code TOKEN_EXPIRED},
     *     {@code HOLDER_SUSPENDED}, {@code AGENT_SUSPENDED}
     */
    public HolderView holder(Actor actor, String text) {
        TokenText token = TokenText.parse(text)
                .orElseThrow(() -> new Rejection(
                        TokenError.TOKEN_MALFORMED,
                        "This is not a personal access token, or it was copied incompletely: its checksum is wrong."));
        @SuppressWarnings("unchecked") // native queries are not typed
        List<Object[]> rows = em.createNativeQuery("select org_id, user_id, agent_id, hash, permissions,"
                        + " cast(floor(extract(epoch from expires_at)) as bigint), revoked_at is not null,"
                        + " organization_status = 'active' and user_status = 'active' and membership_status = 'active',"
                        + " agent_status, membership_role, platform_admin,"
                        + " coalesce(last_used_at < now() - interval '1 minute', true)"
                        + " from core.token_standing(:id)")
                .setParameter("id", token.id())
                .getResultList();
        // Compared in constant time; what is not there is compared with what nothing equals.
        byte[] known = (rows.isEmpty() ? "" : (String) rows.get(0)[3]).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(known, token.hash().getBytes(StandardCharsets.US_ASCII))) {
            throw new Rejection(TokenError.TOKEN_INVALID, "The personal access token does not exist.");
        }
        Object[] row = rows.get(0);
        Instant expiresAt = row[5] == null ? null : Instant.ofEpochSecond(((Number) row[5]).longValue());
        if ((Boolean) row[6]) {
            throw new Rejection(TokenError.TOKEN_REVOKED, "The personal access token is revoked. Make a new one.");
        }
        if (expiresAt != null && !Instant.now().isBefore(expiresAt)) {
            throw new Rejection(TokenError.TOKEN_EXPIRED, "The personal access token has expired. Make a new one.");
        }
        if (!(Boolean) row[7]) {
            throw new Rejection(
                    TokenError.HOLDER_SUSPENDED, "The token's organization or user is suspended. Ask its owner.");
        }
        if (row[8] != null && !AgentStatus.of((String) row[8]).acts()) {
            throw new Rejection(TokenError.AGENT_SUSPENDED, "The agent is %s; activate it first.".formatted(row[8]));
        }
        Set<Permission> permissions = new HashSet<>(Permission.of(((Number) row[4]).longValue()));
        permissions.retainAll(MembershipRole.permissions((String) row[9], (Boolean) row[10]));
        return new HolderView(
                token.id(), (UUID) row[0], (UUID) row[1], (UUID) row[2], permissions, expiresAt, (Boolean) row[11]);
    }

    /** Writes down that a token was used, unless that was done within the last minute. */
    public void used(Actor actor, UUID id) {
        em.createNativeQuery("update core.tokens set last_used_at = now() where id = :id"
                        + " and coalesce(last_used_at < now() - interval '1 minute', true)")
                .setParameter("id", id)
                .executeUpdate();
    }

    /**
     * Makes a token. One that is made with a token expires with that one at the latest, and is revoked with it.
     *
     * @throws Rejection {@code TOKEN_REVOKED}, {@code AGENT_NOT_AUTHORIZED}, {@code PERMISSION_EXCEEDED}, {@code INVALID_EXPIRY},
     *     {@code AGENT_UNKNOWN}, {@code TOO_MANY_TOKENS}
     */
    public NewTokenView create(Actor actor, TokenOrder order) {
        if (actor.agentId() != null && !actor.agentId().equals(order.agentId())) {
            throw Rejection.of(
                    TokenError.AGENT_NOT_AUTHORIZED, "agent_id", "An agent may create tokens only for itself.");
        }
        List<String> exceeding = order.permissions().stream()
                .filter(permission -> !actor.may(permission))
                .map(Permission::text)
                .sorted()
                .toList();
        if (!exceeding.isEmpty()) {
            throw Rejection.of(
                    TokenError.PERMISSION_EXCEEDED,
                    "permissions",
                    "You cannot grant what you may not do yourself: %s.".formatted(String.join(", ", exceeding)));
        }
        Instant now = Instant.now();
        if (order.expiresAt() != null && !order.expiresAt().isAfter(now)) {
            throw Rejection.of(TokenError.INVALID_EXPIRY, "expires_at", "expires_at must be in the future.");
        }
        Token parent = actor.tokenId() == null ? null : parent(actor);
        if (parent != null && parent.outlivedBy(order.expiresAt())) {
            throw Rejection.of(
                    TokenError.INVALID_EXPIRY,
                    "expires_at",
                    "expires_at must not be after that of the token you use: %s."
                            .formatted(parent.view().expiresAt()));
        }
        if (order.agentId() != null) {
            checkAgent(actor, order.agentId());
        }
        if (holding(actor, now) >= MAX_TOKENS) {
            throw new Rejection(
                    TokenError.TOO_MANY_TOKENS,
                    "You have %d tokens that hold. Revoke one first.".formatted(MAX_TOKENS));
        }
        TokenText text = TokenText.make(UuidCreator.getTimeOrderedEpoch());
        Token token = new Token(text, actor.orgId(), actor.userId(), order, parent, now);
        em.persist(token);
        return new NewTokenView(token.view(), text.text());
    }

    /** The token that the caller uses, which cannot be revoked until the transaction ends. */
    private Token parent(Actor actor) {
        return em.createQuery("select t from Token t where t.id = :id and t.orgId = :org", Token.class)
                .setParameter("id", actor.tokenId())
                .setParameter("org", actor.orgId())
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .getResultStream()
                .filter(token -> !token.revoked())
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        TokenError.TOKEN_REVOKED, "The personal access token is revoked. Make a new one."));
    }

    /** How many tokens of the caller's are neither revoked nor expired. */
    private long holding(Actor actor, Instant now) {
        return em.createQuery(
                        "select count(t) from Token t where t.orgId = :org and t.userId = :user"
                                + " and t.revokedAt is null and (t.expiresAt is null or t.expiresAt > :now)",
                        Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", actor.userId())
                .setParameter("now", now)
                .getSingleResult();
    }

    private void checkAgent(Actor actor, UUID agentId) {
        long living = em.createQuery(
                        "select count(a) from Agent a where a.id = :id and a.orgId = :org and a.status <> :archived",
                        Long.class)
                .setParameter("id", agentId)
                .setParameter("org", actor.orgId())
                .setParameter("archived", AgentStatus.ARCHIVED.text())
                .getSingleResult();
        if (living == 0) {
            throw Rejection.of(
                    TokenError.AGENT_UNKNOWN, "agent_id", "agent_id must be an agent of yours that is not archived.");
        }
    }

    /** The tokens that the caller may see, the newest first. */
    public Page<TokenView> list(Actor actor, PageRequest page) {
        TypedQuery<Token> rows = em.createQuery(
                        "select t from Token t where t.orgId = :org"
                                + (all(actor) ? "" : " and t.userId = :user")
                                + (page.after().isEmpty() ? "" : " and t.id < :after")
                                + " order by t.id desc",
                        Token.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(page.limit() + 1);
        if (!all(actor)) {
            rows.setParameter("user", actor.userId());
        }
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        return Page.of(rows.getResultList().stream().map(Token::view).toList(), page.limit(), token -> token.id()
                .toString());
    }

    /**
     * Returns a token.
     *
     * @throws Rejection {@code TOKEN_NOT_FOUND}
     */
    public TokenView find(Actor actor, UUID id) {
        return token(actor, id, LockModeType.NONE).view();
    }

    /**
     * Ends a token, and all that were made with it: on this node at once, on every other within a second.
     *
     * @throws Rejection {@code TOKEN_NOT_FOUND}, {@code ALREADY_REVOKED}
     */
    public TokenView revoke(Actor actor, UUID id, RevocationOrder order) {
        Token token = token(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (token.revoked()) {
            throw new Rejection(TokenError.ALREADY_REVOKED, "This token is revoked already.");
        }
        token.revoke(actor.userId(), order.reason(), Instant.now());
        em.flush();
        // A generation each time, as each sees what the one before it committed until it held its lock.
        int revoked;
        do {
            revoked = revokeChildren(actor);
        } while (revoked > 0);
        changes.fire(new AccessReduced(actor.orgId()));
        return token.view();
    }

    private int revokeChildren(Actor actor) {
        return em.createNativeQuery(
                        "update core.tokens c set revoked_at = p.revoked_at, revoked_by = p.revoked_by,"
                                + " revoked_reason = p.revoked_reason, version = c.version + 1 from core.tokens p"
                                + " where p.id = c.parent_id and p.revoked_at is not null and c.revoked_at is null and c.org_id = :org")
                .setParameter("org", actor.orgId())
                .executeUpdate();
    }

    private static boolean all(Actor actor) {
        return actor.may(Permission.USER_MANAGE);
    }

    private Token token(Actor actor, UUID id, LockModeType lock) {
        Token token = em.createQuery("select t from Token t where t.id = :id and t.orgId = :org", Token.class)
                .setParameter("id", id)
                .setParameter("org", actor.orgId())
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .filter(found -> all(actor) || found.view().userId().equals(actor.userId()))
                .orElse(null);
        if (token == null) {
            throw new Rejection(TokenError.TOKEN_NOT_FOUND, "There is no token with this id for you.");
        }
        return token;
    }
}
