package io.thespace.migration;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/** Makes the server pool the platform's database; there is nothing to set up in the server. */
@Singleton
@DataSourceDefinition(
        name = Database.NAME,
        className = "io.thespace.tenant.SpaceDataSource",
        minPoolSize = 2,
        maxPoolSize = 32,
        // WildFly insists on a property.
        properties = "applicationName=the-space")
public class Database {

    /** The JNDI name of the connection pool. */
    public static final String NAME = "java:app/jdbc/TheSpace";
}
