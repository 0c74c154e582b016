package io.thespace.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.plugin.Sandboxes;
import io.thespace.identity.signin.LoginThrottle;
import io.thespace.identity.signin.LoginThrottle.Attempt;
import io.thespace.identity.signin.LoginThrottle.Guessed;
import io.thespace.invitation.InvitationChanged;
import io.thespace.invitation.ValidationRequest;
import io.thespace.invitation.ValidationView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Validates invitations through the membership backend. */
@ApplicationScoped
public class MembershipChecks {

    private static final Duration REMEMBERED = Duration.ofSeconds(15);
    private static final String HMAC = "HmacSHA256";

    private final byte[] hashKey = new byte[32];

    private final Cache<String, ValidationView> valid = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Grows with each change of an invitation. */
    private final AtomicLong changes = new AtomicLong();

    @Resource
    private ManagedThreadFactory threads;

    private LoginThrottle throttle;
    private MembershipCredential credential;
    private MembershipBackend backend;

    MembershipChecks() {}

    @Inject
    MembershipChecks(LoginThrottle throttle, MembershipCredential credential) {
        this.throttle = throttle;
        this.credential = credential;
    }

    /** With a backend of its own choice. */
    MembershipChecks(LoginThrottle throttle, MembershipBackend backend) {
        this.throttle = throttle;
        this.backend = backend;
    }

    @PostConstruct
    void open() {
        Configuration configuration = Configuration.get();
        new SecureRandom().nextBytes(hashKey);
        backend = new MembershipBackend(
                configuration.find(Key.MEMBERSHIP_URL).orElseGet(() -> Sandboxes.node(configuration)),
                credential::header,
                Duration.ofMillis(configuration.get(Key.MEMBERSHIP_TIMEOUT_MILLIS)),
                threads);
    }

    @PreDestroy
    void close() {
        backend.close();
    }

    /**
     * Validates an invitation. A positive result is cached for some seconds. A positive answer is given again for some
     * seconds without asking.
     *
     * @param actor anonymous, with the address against which failures count
     * @throws Rejection {@code TOO_MANY_ATTEMPTS}, {@code TOO_BUSY}, {@code MEMBERSHIP_BUSY}, {@code MEMBERSHIP_UNAVAILABLE}
     */
    public ValidationView validate(Actor actor, ValidationRequest request) {
        String key = key(request);
        ValidationView known = valid.getIfPresent(key);
        if (known != null && Instant.now().isBefore(known.membership().expiresAt())) {
            return known;
        }
        Attempt attempt =
                throttle.begin(actor.address() == null ? List.of() : List.of(Guessed.address(actor.address())));
        boolean wrong = false;
        long changesBefore = changes.get();
        try {
            ValidationView answer = backend.validate(actor, request);
            wrong = !answer.valid();
            if (answer.valid()) {
                valid.put(key, answer);
                if (changes.get() != changesBefore) {
                    // The validation may have begun before the change.
                    valid.invalidate(key);
                }
            }
            return answer;
        } finally {
            attempt.end(wrong);
        }
    }

    /** Clears the cache when the platform is its own backend and this node changes an invitation. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) InvitationChanged change) {
        changes.incrementAndGet();
        valid.invalidateAll();
    }

    /** The cache key is a keyed hash, so that a memory dump reveals no PIN, and trying all of them requires the key. */
    private String key(ValidationRequest request) {
        // With a key of this process: by a plain hash all PINs of a code could be tried.
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(hashKey, HMAC));
            mac.update(request.code().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Base64.getEncoder().encodeToString(mac.doFinal(request.pin().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + HMAC, e);
        }
    }
}
