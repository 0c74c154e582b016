package io.thespace.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The private keys that sign access tokens, one PEM file each. The file's name is the key's id and sorts by age: the server
 * signs with the newest and publishes all.
 */
public final class SigningKeys {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;

    SigningKeys(Path folder) {
        this.folder = folder;
    }

    /** Makes the first key when there is none. */
    public void ensure() {
        if (ids().isEmpty()) {
            rotate();
        }
    }

    /**
     * Adds a newer key; the older ones still verify.
     *
     * @return its id
     */
    public String rotate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            byte[] random = new byte[2];
            new SecureRandom().nextBytes(random);
            String id = STAMP.format(Instant.now()) + "-" + HexFormat.of().formatHex(random);
            String pem = "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
            PrivateFiles.folder(folder);
            PrivateFiles.write(folder.resolve(id + ".pem"), pem);
            return id;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java makes RSA keys", e);
        }
    }

    /** The keys' ids, oldest first. */
    public List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pem") && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - ".pem".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LaunchFailure("Cannot read " + folder + " (" + e + ").", e);
        }
    }
}
