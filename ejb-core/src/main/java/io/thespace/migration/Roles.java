package io.thespace.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PasswordUtil;

/** The database's roles. */
final class Roles {

    /** PostgreSQL's error codes (appendix A). */
    static final String WRONG_PASSWORD = "28P01";

    static final String NO_SUCH_ROLE = "28000";
    static final String MAY_NOT_CONNECT = "42501";

    private Roles() {}

    /** Makes a role, unless it is there, that may sign in to this database with a password. */
    static void letSignIn(Connection owner, String role, String password) throws SQLException {
        // A verifier instead of the password itself keeps that out of the database's log.
        String verifier = PasswordUtil.encodePassword(role, password.toCharArray(), "scram-sha-256");
        try (Statement statement = owner.createStatement()) {
            String name = statement.enquoteIdentifier(role, true);
            // A role has no other privileges unless they are granted.
            statement.execute((exists(owner, role) ? "alter role " : "create role ") + name + " login password "
                    + statement.enquoteLiteral(verifier));
            statement.execute("grant connect on database " + statement.enquoteIdentifier(owner.getCatalog(), true)
                    + " to " + name);
        } catch (SQLException e) {
            throw new SQLException(
                    "the owner may not make the role %s (%s); grant it CREATEROLE".formatted(role, e.getMessage()),
                    e.getSQLState(),
                    e);
        }
    }

    static boolean exists(Connection owner, String role) throws SQLException {
        try (PreparedStatement exists = owner.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            exists.setString(1, role);
            try (ResultSet rows = exists.executeQuery()) {
                return rows.next();
            }
        }
    }
}
