package io.thespace.system;

import java.util.UUID;

/** Makes organizations and people straight in the database, as fast as tests want them; see also {@link Stage#organization}. */
final class Fixtures {

    /** Everybody's password. */
    static final String PASSWORD = "correct horse battery";

    /** Its Argon2id hash, with the product's own cost. */
    private static final String PASSWORD_HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$dGhlLXNwYWNlLXRlc3RzIQ$MqeLChnZ2uAJMc7C3dlCZwIYThFE3FtScVj1RBVQ65Q";

    private final Database database;

    Fixtures(Database database) {
        this.database = database;
    }

    /** A new organization. */
    UUID organization() {
        UUID id = UUID.randomUUID();
        database.execute(
                "insert into core.organizations (id, name, created_at) values (?, ?, now())", id, "Organization " + id);
        return id;
    }

    /** A platform administrator. */
    Person admin(UUID orgId) {
        return person(orgId, "member", true);
    }

    Person user(UUID orgId) {
        return person(orgId, "member", false);
    }

    Person guest(UUID orgId) {
        return person(orgId, "guest", false);
    }

    /**
     * A member who is nothing more.
     *
     * @param membership {@code owner}, {@code admin}, {@code member}, {@code viewer} or {@code guest}
     */
    Person member(UUID orgId, String membership) {
        return person(orgId, membership, false);
    }

    private Person person(UUID orgId, String membership, boolean platformAdmin) {
        Person person = new Person(UUID.randomUUID(), orgId, "p-" + UUID.randomUUID() + "@example.com");
        database.execute(
                "insert into core.users (id, email, name, password_hash, platform_admin, created_at)"
                        + " values (?, ?, ?, ?, ?, now())",
                person.id(),
                person.email(),
                "Person " + person.id(),
                PASSWORD_HASH,
                platformAdmin);
        database.execute(
                "insert into core.memberships (id, org_id, user_id, role, created_at) values (?, ?, ?, ?, now())",
                UUID.randomUUID(),
                orgId,
                person.id(),
                membership);
        return person;
    }
}
