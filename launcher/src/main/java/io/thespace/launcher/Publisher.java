package io.thespace.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The publisher of plugins: has a key pair, and signs archives with it. */
final class Publisher {

    private static final String DIGESTS = "digests.json";
    private static final String SIGNATURE = "digests.sig";

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final String name;

    /**
     * A publisher.
     *
     * @throws LaunchFailure for a name that cannot stand in SPACE_PLUGIN_PUBLISHERS
     */
    Publisher(String name) {
        if (!name.matches("[a-z0-9][a-z0-9_.-]{0,62}")) {
            throw new LaunchFailure("\"" + name + "\" is not a publisher's name. It takes up to 63 lower-case letters,"
                    + " digits, and _ . - in between; for example acme.");
        }
        this.name = name;
    }

    /**
     * Creates a key pair: the private key in {@code {name}.key}, readable by its owner only, and the public key in
     * {@code {name}.pub}.
     *
     * @return the value for SPACE_PLUGIN_PUBLISHERS
     */
    String makeKey(Path folder) {
        Path privateFile = folder.resolve(name + ".key");
        Path publicFile = folder.resolve(name + ".pub");
        for (Path file : List.of(privateFile, publicFile)) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new LaunchFailure(file + " is there already, and stays as it is.");
            }
        }
        if (!Files.isDirectory(folder)) {
            throw new LaunchFailure("There is no folder " + folder + ".");
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String setting = name + "="
                    + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
            PrivateFiles.write(
                    privateFile,
                    BEGIN + "\n"
                            + Base64.getEncoder()
                                    .encodeToString(pair.getPrivate().getEncoded()) + "\n" + END + "\n");
            Files.writeString(publicFile, setting + "\n");
            return setting;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java makes Ed25519 keys", e);
        } catch (IOException e) {
            throw new LaunchFailure("Cannot write " + publicFile + " (" + e + ").", e);
        }
    }

    /**
     * Signs an archive, replacing any earlier signature. On failure the archive is unchanged. The archive is there as
     * it was, or signed.
     *
     * @param key a key file written by {@link #makeKey}
     * @return the number of files covered by the signature
     */
    int sign(Path archive, Path key) {
        PrivateKey secret = read(key);
        Path signed = archive.toAbsolutePath().resolveSibling("." + archive.getFileName() + ".signed");
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.getEntry("plugin.json") == null) {
                throw new LaunchFailure(archive + " is not a plugin: it has no plugin.json in its root.");
            }
            Map<String, String> files = new TreeMap<>();
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(signed))) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (!entry.isDirectory() && !Set.of(DIGESTS, SIGNATURE).contains(entry.getName())) {
                        files.put(entry.getName(), copy(zip, entry, out));
                    }
                }
                byte[] digests =
                        Json.text(Map.of("publisher", name, "files", files)).getBytes(StandardCharsets.UTF_8);
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(secret);
                signature.update(digests);
                add(out, DIGESTS, digests);
                add(out, SIGNATURE, Base64.getEncoder().encode(signature.sign()));
            }
            Files.move(signed, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return files.size();
        } catch (NoSuchFileException e) {
            throw new LaunchFailure("There is no file " + archive + ".", e);
        } catch (ZipException e) {
            throw new LaunchFailure(archive + " is not a valid zip (" + e.getMessage() + ").", e);
        } catch (IOException e) {
            throw new LaunchFailure("Cannot sign " + archive + " (" + e + ").", e);
        } catch (GeneralSecurityException e) {
            throw new LaunchFailure(key + " does not sign (" + e.getMessage() + ").", e);
        } finally {
            PrivateFiles.delete(signed);
        }
    }

    /** Copies one file of an archive, with its time, and returns its SHA-256 in hexadecimal. */
    private static String copy(ZipFile zip, ZipEntry entry, ZipOutputStream out)
            throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ZipEntry written = new ZipEntry(entry.getName());
        written.setLastModifiedTime(entry.getLastModifiedTime());
        out.putNextEntry(written);
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] buffer = new byte[65_536];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        out.closeEntry();
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static PrivateKey read(Path key) {
        String pem = PrivateFiles.read(key);
        if (pem == null) {
            throw new LaunchFailure("There is no file " + key + ". ./deploy.sh new-publisher-key makes one.");
        }
        try {
            byte[] encoded =
                    Base64.getMimeDecoder().decode(pem.replace(BEGIN, "").replace(END, ""));
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new LaunchFailure(
                    key + " is not a private key written by ./deploy.sh new-publisher-key (PKCS#8, Ed25519).", e);
        }
    }
}
