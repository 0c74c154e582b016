package io.thespace.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.json.Json;
import io.thespace.plugin.api.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A plugin's verified zip archive: its format, manifest, signature and classes were checked.
 *
 * @param zip the path of the file
 * @param sha256 of the zip, in hexadecimal
 * @param publisher the signer; null when it is unsigned
 */
record Archive(Path zip, String sha256, String publisher, Manifest manifest) {

    private static final String MANIFEST = "plugin.json";
    private static final String DIGESTS = "digests.json";
    private static final String SIGNATURE = "digests.sig";

    private static final int MAX_MANIFEST_BYTES = 256 * 1024;
    private static final int MAX_DIGESTS_BYTES = 4 * 1024 * 1024;

    /** The maximum ratio of the unpacked content to the largest archive. */
    private static final long MAX_EXPANSION = 8;

    /** The content that a publisher signs: the digest of every file except the two of the signature. */
    private record Digests(String publisher, Map<String, String> files) {}

    /**
     * Verifies an archive. Nothing is unpacked to disk and none of its code is run. Nothing is unpacked and none of its
     * code is run.
     *
     * @throws Rejection {@code ARCHIVE_TOO_LARGE}, {@code ARCHIVE_INVALID} or {@code SIGNATURE_INVALID}, with the
     *     reason
     */
    static Archive verify(Path zip, Configuration configuration) throws IOException {
        int limit = configuration.get(Key.PLUGIN_LIMIT_BYTES);
        if (Files.size(zip) > limit) {
            throw new Rejection(
                    PluginError.ARCHIVE_TOO_LARGE,
                    "The archive may have %d bytes at the most; %s sets the limit."
                            .formatted(limit, Key.PLUGIN_LIMIT_BYTES.name()));
        }
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Map<String, String> digests = new TreeMap<>();
            long[] left = {limit * MAX_EXPANSION};
            ArchiveNames names = new ArchiveNames();
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                names.add(entry.getName());
                if (!entry.isDirectory()) {
                    digests.put(entry.getName(), digest(file, entry, left));
                }
            }
            Manifest manifest = manifest(file);
            String publisher = publisher(file, digests, configuration);
            Fence.check(file, left);
            return new Archive(zip, sha256(zip), publisher, manifest);
        } catch (ZipException e) {
            throw invalid("The file is not a zip archive, or is damaged.");
        }
    }

    /** Unpacks a verified archive, with every way to end the server's process walled up. */
    void unpack(Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = file.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("An entry lies outside of its archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (InputStream in = file.getInputStream(entry);
                        OutputStream out = Files.newOutputStream(target)) {
                    if (jar(entry.getName())) {
                        Fence.copy(in, out);
                    } else {
                        in.transferTo(out);
                    }
                }
            }
        }
    }

    static boolean jar(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar") && name.indexOf('/', 4) < 0;
    }

    private static String digest(ZipFile file, ZipEntry entry, long[] left) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(file.getInputStream(entry), digest)) {
            byte[] buffer = new byte[16_384];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                spend(left, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Counts unpacked bytes: an archive that unfolds to more than it may is refused before it has. */
    static void spend(long[] left, long bytes) {
        left[0] -= bytes;
        if (left[0] < 0) {
            throw new Rejection(
                    PluginError.ARCHIVE_TOO_LARGE,
                    "The unpacked archive exceeds %d times the maximum archive size.".formatted(MAX_EXPANSION));
        }
    }

    private static Manifest manifest(ZipFile file) throws IOException {
        byte[] json = read(file, MANIFEST, MAX_MANIFEST_BYTES);
        if (json == null) {
            throw invalid("The archive has no plugin.json in its root.");
        }
        Manifest manifest;
        try {
            manifest = Manifest.read(json);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
        if (manifest.mainClass() == null) {
            throw invalid("plugin.json needs main_class, the class that implements Plugin.");
        }
        for (Manifest.UiModule module : manifest.ui()) {
            if (file.getEntry("ui/" + module.module()) == null) {
                throw invalid("plugin.json names the ui module %s, which the archive does not have."
                        .formatted(module.module()));
            }
        }
        return manifest;
    }

    private static String publisher(ZipFile file, Map<String, String> found, Configuration configuration)
            throws IOException {
        byte[] signed = read(file, DIGESTS, MAX_DIGESTS_BYTES);
        byte[] signature = read(file, SIGNATURE, 1024);
        if (signed == null && signature == null) {
            if (configuration.get(Key.PLUGIN_UNSIGNED) == Key.Unsigned.REFUSE) {
                throw new Rejection(
                        PluginError.SIGNATURE_INVALID,
                        "The archive is not signed. Sign it (./deploy.sh sign-plugin), or set %s=allow to take unsigned ones."
                                .formatted(Key.PLUGIN_UNSIGNED.name()));
            }
            return null;
        }
        if (signed == null || signature == null) {
            throw new Rejection(
                    PluginError.SIGNATURE_INVALID, "A signed archive has both digests.json and digests.sig.");
        }
        Digests digests;
        try {
            digests = Json.MAPPER.readValue(signed, Digests.class);
        } catch (JsonProcessingException e) {
            throw new Rejection(PluginError.SIGNATURE_INVALID, "digests.json is malformed.");
        }
        PublicKey key = configuration.get(Key.PLUGIN_PUBLISHERS).get(String.valueOf(digests.publisher()));
        if (key == null) {
            throw new Rejection(
                    PluginError.SIGNATURE_INVALID,
                    "The archive is signed by \"%s\", whom %s does not name."
                            .formatted(digests.publisher(), Key.PLUGIN_PUBLISHERS.name()));
        }
        if (!verified(key, signed, signature)) {
            throw new Rejection(
                    PluginError.SIGNATURE_INVALID,
                    "The signature is not one of %s over this archive.".formatted(digests.publisher()));
        }
        Map<String, String> expected = new TreeMap<>(found);
        expected.remove(DIGESTS);
        expected.remove(SIGNATURE);
        if (!expected.equals(digests.files())) {
            throw new Rejection(
                    PluginError.SIGNATURE_INVALID,
                    "The archive was changed after it was signed: its files are not those in digests.json.");
        }
        return digests.publisher();
    }

    private static boolean verified(PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(signed);
            return ed25519.verify(Base64.getMimeDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] read(ZipFile file, String name, int most) throws IOException {
        ZipEntry entry = file.getEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream in = file.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new Rejection(
                        PluginError.ARCHIVE_TOO_LARGE, "%s may have %d bytes at the most.".formatted(name, most));
            }
            return bytes;
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    static Rejection invalid(String why) {
        return new Rejection(PluginError.ARCHIVE_INVALID, why);
    }
}
