package io.thespace.identity.key;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that access tokens are signed and verified with.
 *
 * <p>The private halves lie in {@code SPACE_HOME/keys}, which is read again at most every 30 seconds: put a new file there,
 * whose name sorts last, and this node signs with it from then on; take an old one away, and its tokens stay good until
 * they expire. Each key is published in the database before anything is signed with it.
 */
@ApplicationScoped
public class KeyRing {

    private static final Log LOG = Log.of(KeyRing.class);
    private static final long READ_NANOSECONDS = Duration.ofSeconds(30).toNanos();
    /** A key rests so long after it was published, so that every node's next look finds it. */
    private static final long REST_NANOSECONDS = Duration.ofSeconds(1).toNanos();

    private static final Actor PLATFORM = Actor.platform(null, "signing-keys");

    private final VerificationKeys verification =
            new VerificationKeys(this::fetch, Duration.ofSeconds(30), Duration.ofMillis(200));
    private final ReentrantLock reading = new ReentrantLock();
    private volatile List<Held> held = List.of();
    private volatile long readAt;
    private final SigningKeys published;

    private record Held(KeyPairFile key, long publishedAt) {}

    /** For the proxy. */
    KeyRing() {
        published = null;
    }

    @Inject
    KeyRing(SigningKeys published) {
        this.published = published;
    }

    /**
     * Reads the keys for the first time, at the node's start. It must not wait for a lock: servers let calls of beans that
     * do not belong to the start wait until the start is over, and one of those may hold it.
     *
     * @throws IllegalStateException with a sentence that names the folder or file at fault
     */
    public void open() {
        readAt = System.nanoTime();
        held = read();
    }

    /**
     * The key to sign with now.
     *
     * @throws IllegalStateException before the keys were opened
     */
    public KeyPairFile signer() {
        List<Held> keys = held;
        if (keys.isEmpty()) {
            throw new IllegalStateException("The node is starting: its signing keys are not read yet.");
        }
        if (System.nanoTime() - readAt > READ_NANOSECONDS && reading.tryLock()) {
            try {
                readAt = System.nanoTime();
                keys = read();
                held = keys;
            } catch (RuntimeException e) {
                LOG.error("The signing keys could not be read again; the ones read before stay in use", e);
            } finally {
                reading.unlock();
            }
        }
        for (int i = keys.size() - 1; i >= 0; i--) {
            if (System.nanoTime() - keys.get(i).publishedAt() > REST_NANOSECONDS) {
                return keys.get(i).key();
            }
        }
        return keys.get(keys.size() - 1).key();
    }

    /** Every node's public keys that living tokens may be signed with. */
    public VerificationKeys verification() {
        return verification;
    }

    /**
     * Signs something and verifies it with what every node sees.
     *
     * @return the id of the key that was used
     * @throws IllegalStateException when the key is not usable, saying what to do
     */
    public String prove() {
        KeyPairFile key = signer();
        byte[] text = "the keys work".getBytes(StandardCharsets.UTF_8);
        PublicKey seen = verification
                .find(key.kid())
                .orElseThrow(() -> new IllegalStateException("The key " + key.kid()
                        + " is not published in the database, so other nodes refuse what it signs."));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.privateKey());
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(seen);
            signature.update(text);
            if (!signature.verify(signed)) {
                throw new IllegalStateException(
                        "What SPACE_HOME/keys/" + key.kid() + ".pem signs does not fit the published key.");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key SPACE_HOME/keys/" + key.kid() + ".pem cannot sign.", e);
        }
        return key.kid();
    }

    private List<Held> read() {
        Map<String, Held> before = new HashMap<>();
        held.forEach(h -> before.put(h.key().kid(), h));
        Path folder = Configuration.get().get(Key.HOME).resolve("keys");
        List<Held> now = new ArrayList<>();
        for (KeyPairFile key : KeyPairFile.readAll(folder)) {
            if (!published.publish(PLATFORM, key.kid(), key.publicKey().getEncoded())) {
                throw new IllegalStateException("The signing key SPACE_HOME/keys/" + key.kid()
                        + ".pem has the name of another node's key. Rename the file.");
            }
            Held known = before.get(key.kid());
            now.add(
                    known != null && known.key().publicKey().equals(key.publicKey())
                            ? known
                            : new Held(key, System.nanoTime()));
        }
        return List.copyOf(now);
    }

    private Map<String, PublicKey> fetch() {
        Map<String, PublicKey> keys = new HashMap<>();
        for (SigningKeyView key : published.living(PLATFORM)) {
            try {
                keys.put(
                        key.kid(),
                        KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.publicKey())));
            } catch (GeneralSecurityException e) {
                LOG.error("A published signing key is unreadable", e, "kid", key.kid());
            }
        }
        return keys;
    }
}
