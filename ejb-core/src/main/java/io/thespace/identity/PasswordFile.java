package io.thespace.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

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
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createDirectories(home);
            Files.deleteIfExists(path);
            try (SeekableByteChannel file = Files.newByteChannel(
                    path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
                ByteBuffer bytes = ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
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
