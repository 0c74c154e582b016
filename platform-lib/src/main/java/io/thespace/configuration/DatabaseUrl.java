package io.thespace.configuration;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The address of a PostgreSQL database, with the user to sign in.
 *
 * @param parameters of the JDBC driver, for example {@code sslmode}
 */
public record DatabaseUrl(
        String host, int port, String database, String user, String password, Map<String, String> parameters) {

    /**
     * Reads {@code postgresql://user:password@host:port/database?parameter=value}, also with the scheme {@code postgres}
     * and in JDBC's form {@code jdbc:postgresql://host/database?user=…&password=…}.
     *
     * @throws IllegalArgumentException with the reason, which never quotes the URL: it holds a password
     */
    public static DatabaseUrl parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a URL (percent-encode special characters in the password)");
        }
        boolean scheme = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        String path = uri.getPath();
        if (!scheme || uri.getHost() == null || path == null || path.length() < 2) {
            throw new IllegalArgumentException("must look like postgresql://owner:password@host:5432/database");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        String user = parameters.remove("user");
        String password = parameters.remove("password");
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            user = decode(parts[0]);
            password = parts.length == 2 ? decode(parts[1]) : password;
        }
        if (user == null || password == null) {
            throw new IllegalArgumentException("must name the owner and the password");
        }
        return new DatabaseUrl(
                uri.getHost(), uri.getPort() < 0 ? 5432 : uri.getPort(), path.substring(1), user, password, parameters);
    }

    private static String decode(String text) {
        // In a URL's user info a plus sign is a plus sign.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** For the JDBC driver, without credentials. */
    public String jdbc() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }

    @Override
    public String toString() {
        return "postgresql://%s:***@%s:%d/%s".formatted(user, host, port, database);
    }
}
