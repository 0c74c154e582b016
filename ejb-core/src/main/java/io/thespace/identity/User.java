package io.thespace.identity;

import io.thespace.plugin.api.PersonIdentifier;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A person or simulated user, who may belong to several organizations. */
@Entity
@Table(name = "users")
class User {

    static final String ACTIVE = "active";

    @Id
    private UUID id;

    /** In lower case; null only for an external issuer's user. */
    @Column(name = "email")
    private String email;

    @Column(name = "name")
    private String name;

    /** In PHC string format; null for an external issuer's user. */
    @Column(name = "password_hash")
    private String passwordHash;

    @Column(name = "platform_admin")
    private boolean platformAdmin;

    /** Whether this is a simulated user; never changes. */
    @Column(name = "synthetic", updatable = false)
    private boolean synthetic;

    @Column(name = "status")
    private String status;

    /** The issuer that authenticates this user; null for the platform itself. */
    @Column(name = "issuer")
    private String issuer;

    @Column(name = "subject")
    private String subject;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Version
    private long version;

    protected User() {}

    /** A platform administrator with a password. */
    static User administrator(UUID id, String email, String name, String passwordHash, Instant now) {
        User user = new User();
        user.id = id;
        user.email = PersonIdentifier.normalForm(email);
        user.name = name;
        user.passwordHash = passwordHash;
        user.platformAdmin = true;
        user.status = ACTIVE;
        user.createdAt = now;
        return user;
    }

    /** A simulated user with a password. */
    static User synthetic(UUID id, String email, String name, String passwordHash, Instant now) {
        User user = new User();
        user.id = id;
        user.email = PersonIdentifier.normalForm(email);
        user.name = name;
        user.passwordHash = passwordHash;
        user.synthetic = true;
        user.status = ACTIVE;
        user.createdAt = now;
        return user;
    }
}
