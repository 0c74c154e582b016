package io.thespace.migration;

import org.flywaydb.core.api.migration.JavaMigration;

/** The migrations of the platform's own schema that compute what SQL cannot. */
public final class JavaMigrations {

    private JavaMigrations() {}

    /** All of them, for Flyway to run among the scripts by their versions. */
    public static JavaMigration[] core() {
        return new JavaMigration[] {new V46__Person_identifiers()};
    }
}
