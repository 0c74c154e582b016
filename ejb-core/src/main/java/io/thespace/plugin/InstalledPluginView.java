package io.thespace.plugin;

import jakarta.annotation.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An installed plugin in the administrators' view.
 *
 * @param version of the desired state; for actual versions see {@code nodes}
 * @param state {@code installed}, {@code enabled}, {@code disabled} or {@code failed}
 * @param reason why it is out of service, or why the last change failed
 * @param change {@code enabling}, {@code upgrading} or {@code removing} while one is in progress
 * @param signature {@code bundled}, {@code unsigned}, or the publisher who signed the archive
 * @param sha256 of the archive
 * @param permissions the permissions that it requests
 * @param granted the permissions granted
 * @param versions whose archives are kept, newest first
 * @param nodes the state of each node; at most 100
 */
public record InstalledPluginView(
        String id,
        String version,
        String state,
        @Nullable String reason,
        @Nullable String change,
        String signature,
        @Nullable String sha256,
        List<String> permissions,
        List<String> granted,
        List<String> versions,
        List<NodeView> nodes,
        Instant changedAt) {

    /** For the documentation. */
    public static final InstalledPluginView EXAMPLE = new InstalledPluginView(
            "notes",
            "1.0.0",
            "enabled",
            null,
            null,
            "acme",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            List.of("database:schema", "events:publish"),
            List.of("database:schema", "events:publish"),
            List.of("1.0.0"),
            List.of(new NodeView(
                    UUID.fromString("019a0000-0000-7000-8000-000000000050"),
                    "1.0.0",
                    "enabled",
                    null,
                    Instant.parse("2026-01-31T12:00:00Z"))),
            Instant.parse("2026-01-31T12:00:00Z"));

    /**
     * The state of one node.
     *
     * @param version in service there
     * @param state {@code enabled} or {@code failed}
     * @param reason why the desired version is not in service there
     */
    public record NodeView(UUID nodeId, String version, String state, @Nullable String reason, Instant reportedAt) {}
}
