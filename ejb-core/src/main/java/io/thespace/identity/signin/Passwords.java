package io.thespace.identity.signin;

import io.thespace.identity.IdentityError;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords and PINs with Argon2id, in the normal form of RFC 8265 (OpaqueString): passwords that look alike on two
 * keyboards are the same. A hash takes 19 MiB and some tens of milliseconds of one core, so only so many are made at once and only
 * so many calls wait for a turn, since each holds a worker of the server; the others are refused at once.
 */
@ApplicationScoped
public class Passwords {

    static final int MIN_LENGTH = 12;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** The maximum of waiting calls per concurrent hash computation. */
    private static final int WAITING_PER_TURN = 16;

    private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private static final Pattern SPACES = Pattern.compile("\\p{Zs}");

    private final SecureRandom random = new SecureRandom();
    private final Semaphore places;
    private final Semaphore turns;
    private final long patienceMilliseconds;
    private volatile String nobodys;

    public Passwords() {
        this(Math.max(2, Runtime.getRuntime().availableProcessors()), 5_000);
    }

    Passwords(int atOnce, long patienceMilliseconds) {
        this.places = new Semaphore(atOnce * (1 + WAITING_PER_TURN));
        this.turns = new Semaphore(atOnce, true);
        this.patienceMilliseconds = patienceMilliseconds;
    }

    /**
     * The hash to keep, as a PHC string.
     *
     * @throws Rejection {@code PASSWORD_TOO_SHORT}, {@code TOO_BUSY}
     */
    public String hash(String password) {
        String prepared = prepare(password);
        if (prepared.codePointCount(0, prepared.length()) < MIN_LENGTH) {
            throw Rejection.of(
                    IdentityError.PASSWORD_TOO_SHORT,
                    "password",
                    "The password needs at least " + MIN_LENGTH + " characters.");
        }
        return hashOf(password);
    }

    /**
     * The hash to keep of a secret that the platform made itself, of any length.
     *
     * @throws Rejection {@code TOO_BUSY}
     */
    public String hashOf(String secret) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = argon2id(prepare(secret), salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    /** The result of comparing a password with a hash. */
    public enum Match {
        NONE,
        /** As older versions hashed it: not in normal form. It is to be hashed anew. */
        OUTDATED,
        CURRENT
    }

    /**
     * Compares a password with a hash; takes the same time with and without a hash.
     *
     * @param phc null without such an account
     * @throws Rejection {@code TOO_BUSY}
     */
    public Match match(String password, String phc) {
        String prepared = prepare(password);
        boolean current = matchesExactly(prepared, phc);
        boolean outdated = !prepared.equals(password) && matchesExactly(password, phc);
        return current ? Match.CURRENT : outdated ? Match.OUTDATED : Match.NONE;
    }

    /** As {@link #match}, for callers that cannot update the hash. */
    public boolean matches(String password, String phc) {
        return match(password, phc) != Match.NONE;
    }

    /** RFC 8265, section 4.2.2: spaces of all sorts become the one of ASCII, and characters are composed; case and width stay. */
    private static String prepare(String password) {
        return Normalizer.normalize(SPACES.matcher(password).replaceAll(" "), Normalizer.Form.NFC);
    }

    private boolean matchesExactly(String password, String phc) {
        Matcher parts = PHC.matcher(phc == null ? nobodys() : phc);
        if (!parts.matches()) {
            throw new IllegalStateException("A password hash in the database is not an Argon2id PHC string");
        }
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] actual = argon2id(
                password,
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual) && phc != null;
    }

    /** A hash of today's cost that no password has. */
    private String nobodys() {
        String hash = nobodys;
        if (hash == null) {
            byte[] noise = new byte[SALT_BYTES + HASH_BYTES];
            random.nextBytes(noise);
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            hash = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$"
                    + base64.encodeToString(Arrays.copyOf(noise, SALT_BYTES)) + "$"
                    + base64.encodeToString(Arrays.copyOfRange(noise, SALT_BYTES, noise.length));
            nobodys = hash;
        }
        return hash;
    }

    private byte[] argon2id(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            return inTurn(password, salt, memoryKib, passes, lanes, length);
        } finally {
            places.release();
        }
    }

    private static Rejection busy() {
        return Rejection.later(
                IdentityError.TOO_BUSY, "Too many sign-ins are under way. Try again in a moment.", RETRY_AFTER);
    }

    private byte[] inTurn(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        boolean turn;
        try {
            turn = turns.tryAcquire(patienceMilliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            turn = false;
        }
        if (!turn) {
            throw busy();
        }
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return hash;
        } finally {
            turns.release();
        }
    }
}
