package io.thespace.identity.signin;

import io.thespace.identity.key.OwnersFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** A generated password in a file that only its owner can read. */
record PasswordFile(Path path, String password) {

    static final String NAME = "first-admin-password";

    private static final int RANDOM_BYTES = 18;

    /**
     * Generates a password of 24 characters and writes it, in place of an earlier one.
     *
     * @throws IllegalStateException when the file cannot be written
     */
    static PasswordFile write(Path home) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path path = home.resolve(NAME);
        try {
            Files.createDirectories(home);
            Files.deleteIfExists(path);
            OwnersFiles.create(path, password + "\n");
        } catch (IOException e) {
            throw new IllegalStateException("The first administrator's password cannot be written to " + path, e);
        }
        return new PasswordFile(path, password);
    }

    /** The administrator whom it was for did not come to be. */
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
