package io.thespace.identity.key;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.log.Log;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets that the platform must be able to read again, such as keys for external services, before they are
 * stored: with AES-256-GCM (NIST SP 800-38D), a key that is not in the database, and a context as associated data, so
 * that a ciphertext cannot be decrypted elsewhere.
 *
 * <p>A sealed text consists of one byte for the format, four for the key id, a nonce of twelve bytes, and the
 * ciphertext with its tag.
 */
@ApplicationScoped
public class Sealing {

    private static final Log LOG = Log.of(Sealing.class);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte FORMAT = 1;
    private static final int KEY = 32;
    private static final int KEY_ID = 4;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String FILE = "sealing.key";

    private volatile byte[] key;

    /** With the key that configuration names. */
    public Sealing() {}

    /**
     * With a key.
     *
     * @param key 32 bytes
     */
    public Sealing(byte[] key) {
        this.key = key.clone();
    }

    /**
     * Seals a text for a place.
     *
     * @throws IllegalStateException without a usable key, with advice
     */
    public byte[] seal(String text, String place) {
        byte[] secret = key();
        byte[] nonce = new byte[NONCE];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed =
                cipher(Cipher.ENCRYPT_MODE, secret, nonce, place, text.getBytes(StandardCharsets.UTF_8), "cannot seal");
        return ByteBuffer.allocate(1 + KEY_ID + NONCE + sealed.length)
                .put(FORMAT)
                .put(id(secret))
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * Seals a text that a caller sent.
     *
     * @param unusable the error code without a usable key
     * @throws Rejection with that code and advice
     */
    public byte[] seal(String text, String place, ErrorCode unusable) {
        try {
            return seal(text, place);
        } catch (IllegalStateException e) {
            LOG.error("Secret not sealed", e);
            throw new Rejection(unusable, e.getMessage());
        }
    }

    /**
     * Opens what was sealed for this place.
     *
     * @throws IllegalStateException when it was sealed with another key, for another place, or changed
     */
    public String open(byte[] sealed, String place) {
        if (sealed.length < 1 + KEY_ID + NONCE || sealed[0] != FORMAT) {
            throw new IllegalStateException("It is not what this version seals.");
        }
        byte[] secret = key();
        if (!Arrays.equals(Arrays.copyOfRange(sealed, 1, 1 + KEY_ID), id(secret))) {
            throw new IllegalStateException(
                    "It was sealed with another key than this node has. Give all nodes the same "
                            + Key.SEALING_KEY.name() + ", or the same file SPACE_HOME/keys/" + FILE + ".");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1 + KEY_ID, 1 + KEY_ID + NONCE);
        byte[] rest = Arrays.copyOfRange(sealed, 1 + KEY_ID + NONCE, sealed.length);
        return new String(
                cipher(
                        Cipher.DECRYPT_MODE,
                        secret,
                        nonce,
                        place,
                        rest,
                        "does not open: it was changed, or sealed for another place"),
                StandardCharsets.UTF_8);
    }

    private static byte[] cipher(int mode, byte[] secret, byte[] nonce, String place, byte[] in, String failure) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(in);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("It " + failure + ".", e);
        }
    }

    /** The key id in a sealed text; it reveals nothing else about the key. */
    private static byte[] id(byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("the-space sealing key".getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(digest.digest(secret), KEY_ID);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private byte[] key() {
        byte[] known = key;
        if (known == null) {
            Configuration configuration = Configuration.get();
            known = configuration
                    .find(Key.SEALING_KEY)
                    .orElseGet(() -> file(configuration.get(Key.HOME).resolve("keys")));
            key = known;
        }
        return known;
    }

    /** The key in a folder, which is made when there is none. */
    static byte[] file(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[KEY];
                new SecureRandom().nextBytes(random);
                Files.createDirectories(folder);
                OwnersFiles.create(file, Base64.getEncoder().encodeToString(random));
            }
        } catch (FileAlreadyExistsException e) {
            // Another node of this folder was first; its key counts.
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The sealing key SPACE_HOME/keys/" + FILE + " cannot be written: " + e
                            + ". Let the server write there, or set " + Key.SEALING_KEY.name() + ".",
                    e);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(Files.readString(file).strip());
            if (bytes.length == KEY) {
                return bytes;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private static IllegalStateException unreadable(Exception cause) {
        return new IllegalStateException(
                "The sealing key SPACE_HOME/keys/" + FILE + " cannot be read: it must hold 32 bytes in Base64.", cause);
    }
}
