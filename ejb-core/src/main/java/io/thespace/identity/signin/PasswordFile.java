package io.thespace.identity.signin;

import io.thespace.identity.key.OwnersFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/**
 * A generated password in a file that only its owner can read. Until it is the administrator's it has a name of its own: of nodes that
 * start for the first time at once, with one folder, one makes the administrator.
 */
record PasswordFile(Path path, String password) {

    static final String NAME = "first-admin-password";

    private static final int RANDOM_BYTES = 18;

    /**
     * Generates a password of 24 characters and writes it.
     *
     * @throws IllegalStateException when the file cannot be written
     */
    static PasswordFile write(Path home) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path path = home.resolve(NAME + '.' + UUID.randomUUID());
        try {
            Files.createDirectories(home);
            OwnersFiles.create(path, password + "\n");
        } catch (IOException e) {
            throw new IllegalStateException("The first administrator's password cannot be written to " + path, e);
        }
        return new PasswordFile(path, password);
    }

    /**
     * The administrator whom it is for exists: gives it the name {@link #NAME}, in place of an earlier one.
     *
     * @throws IllegalStateException when it cannot be renamed; it stays where it is
     */
    PasswordFile keep() {
        Path kept = path.resolveSibling(NAME);
        try {
            Files.move(path, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The first administrator's password is in " + path + ", which cannot be renamed", e);
        }
        return new PasswordFile(kept, password);
    }

    /** Deletes the file after its administrator was not created. */
    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new IllegalStateException("The unused password in " + path + " cannot be removed", e);
        }
    }

    @Override
    public String toString() {
        return "PasswordFile[" + path + "]";
    }
}
