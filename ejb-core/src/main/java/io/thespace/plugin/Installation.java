package io.thespace.plugin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * The desired state of a plugin, for all nodes. A change with several steps is recorded before its first step and removed after
 * its last one, so that an interrupted change is detected.
 */
@Entity
@Table(name = "plugins")
class Installation {

    @Id
    private String id;

    private String version;
    private String sha256;
    private String state;
    private String reason;
    private String change;
    private String granted;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Version
    @Column(name = "lock_version")
    private long lockVersion;

    protected Installation() {}

    private Installation(Manifest manifest, String sha256, PluginState state) {
        this.id = manifest.id();
        this.version = manifest.version();
        this.sha256 = sha256;
        this.granted = "";
        become(state, null);
    }

    static Installation bundled(Manifest manifest) {
        return new Installation(manifest, null, PluginState.ENABLED);
    }

    static Installation of(Archive archive) {
        return new Installation(archive.manifest(), archive.sha256(), PluginState.INSTALLED);
    }

    void grant(Set<String> permissions) {
        Set<String> all = new TreeSet<>(desired().granted());
        all.addAll(permissions);
        this.granted = String.join(" ", all);
    }

    void begin(PluginChange next) {
        this.change = next.text();
        this.changedAt = Instant.now();
    }

    void carry(String newVersion, String newSha256) {
        this.version = newVersion;
        this.sha256 = newSha256;
    }

    /** Ends whatever change was under way. */
    void become(PluginState next, String why) {
        this.state = next.text();
        this.reason = why;
        this.change = null;
        this.changedAt = Instant.now();
    }

    DesiredPlugin desired() {
        return new DesiredPlugin(
                id,
                version,
                sha256,
                PluginState.of(state),
                reason,
                change == null ? null : PluginChange.of(change),
                granted.isEmpty() ? Set.of() : Set.of(granted.split(" ", -1)),
                changedAt);
    }
}
