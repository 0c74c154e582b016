package io.thespace.mcp.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.identity.IdentityError;
import io.thespace.identity.access.AccessStatusInvalidated;
import io.thespace.identity.access.Authentication;
import io.thespace.identity.signin.SignInEnded;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerReviewsTest {

    private static final UUID ORG = UUID.randomUUID();

    private final Actor caller =
            new Actor(ORG, UUID.randomUUID(), Role.USER, UUID.randomUUID(), "request-1", null, null, false);
    private final Map<String, Supplier<Actor>> tokens = new ConcurrentHashMap<>();
    private final Signals signals = new Signals();
    private final ListenerReviews reviews = new ListenerReviews();

    /** Of a token whose holder's access changes. */
    private final class Tokens extends Authentication {

        @Override
        public Actor authenticateAnew(String bearerToken, String requestId) {
            return tokens.get(bearerToken).get();
        }
    }

    private static final class Threads implements ManagedThreadFactory {

        @Override
        public Thread newThread(Runnable work) {
            return new Thread(work);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            return ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        }
    }

    @BeforeEach
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here that injects
    void start() {
        reviews.authentication = new Tokens();
        reviews.threads = new Threads();
        reviews.redis = new Redis(Optional.empty());
        reviews.signals = signals;
        signals.threads = reviews.threads;
        signals.redis = reviews.redis;
        signals.start();
        reviews.start();
    }

    @AfterEach
    void stop() {
        reviews.stop();
        signals.stop();
    }

    private static Supplier<Actor> refused(IdentityError error) {
        return () -> {
            throw new Rejection(error, "Refused.");
        };
    }

    /** A client that waits, until it is out, and whose token was valid when it began to. */
    private CountDownLatch listen(String token) throws InterruptedException {
        CountDownLatch reviewed = new CountDownLatch(1);
        tokens.put(token, () -> {
            reviewed.countDown();
            return caller;
        });
        CountDownLatch ended = begin(token);
        over(reviewed);
        return ended;
    }

    private CountDownLatch begin(String token) {
        CountDownLatch ended = new CountDownLatch(1);
        Runnable unused = reviews.begin(caller, token, ended::countDown);
        return ended;
    }

    private static void over(CountDownLatch wait) throws InterruptedException {
        assertThat(wait.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoseTokenIsRevokedIsOutAndOthersStay() throws InterruptedException {
        CountDownLatch stays = listen("valid");
        CountDownLatch revoked = listen("revoked");
        tokens.put("revoked", refused(IdentityError.TOKEN_REVOKED));

        reviews.accessReduced(new AccessStatusInvalidated(ORG));

        over(revoked);
        assertThat(stays.getCount()).isOne();
    }

    @Test
    void whoseRightsHaveChangedIsOut() throws InterruptedException {
        CountDownLatch viewer = listen("viewer");
        CountDownLatch reader = listen("reader");
        tokens.put("viewer", () -> new Actor(ORG, caller.userId(), Role.GUEST, null, "r", null, null, false));
        tokens.put("reader", () -> caller.with(Set.of(Permission.MEMORY_READ)));

        reviews.accessReduced(new AccessStatusInvalidated(ORG));

        over(viewer);
        over(reader);
    }

    @Test
    void whoseSignInHasEndedIsOut() throws InterruptedException {
        CountDownLatch ended = listen("ended");
        tokens.put("ended", refused(IdentityError.TOKEN_REVOKED));

        reviews.signInEnded(new SignInEnded(ORG, caller.signInId()));

        over(ended);
    }

    @Test
    void whoseTokenHasExpiredIsOutAtTheNextRegularReview() throws InterruptedException {
        CountDownLatch expired = listen("expired");
        tokens.put("expired", refused(IdentityError.TOKEN_EXPIRED));

        reviews.tick();

        over(expired);
    }

    /** A revocation between the authentication of a request and its stream. */
    @Test
    void whoseTokenWasRevokedMeanwhileIsOut() throws InterruptedException {
        tokens.put("late", refused(IdentityError.SUSPENDED));
        over(begin("late"));
    }

    @Test
    void whoCannotBeCheckedNowStays() throws InterruptedException {
        CountDownLatch unknown = listen("unknown");
        CountDownLatch asked = new CountDownLatch(1);
        tokens.put("unknown", () -> {
            asked.countDown();
            throw new Rejection(IdentityError.IDENTITY_UNAVAILABLE, "Try again.");
        });

        reviews.accessReduced(new AccessStatusInvalidated(ORG));

        over(asked);
        CountDownLatch later = listen("later");
        tokens.put("later", refused(IdentityError.TOKEN_EXPIRED));
        reviews.accessReduced(new AccessStatusInvalidated(ORG));
        over(later);
        assertThat(unknown.getCount()).isOne();
    }

    @Test
    void whoLeftIsNotEnded() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        tokens.put("gone", () -> caller);
        reviews.begin(caller, "gone", left::countDown).run();
        CountDownLatch waits = listen("waits");
        tokens.put("gone", refused(IdentityError.TOKEN_REVOKED));
        tokens.put("waits", refused(IdentityError.TOKEN_REVOKED));

        reviews.accessReduced(new AccessStatusInvalidated(ORG));

        over(waits);
        assertThat(left.getCount()).isOne();
    }
}
