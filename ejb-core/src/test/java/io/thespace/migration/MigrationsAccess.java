package io.thespace.migration;

import io.thespace.configuration.Configuration;

/** The migrations, for tests of those who use them. */
public final class MigrationsAccess {

    private MigrationsAccess() {}

    /** After the platform's own schema is up to date. */
    public static Migrations of(Configuration configuration) {
        Migrations migrations = new Migrations();
        migrations.migrateCore(configuration);
        return migrations;
    }
}
