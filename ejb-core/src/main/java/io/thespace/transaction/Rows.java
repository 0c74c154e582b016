package io.thespace.transaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements and their rows, in the transaction of the caller. */
@ApplicationScoped
public class Rows {

    /** A value of a column of type {@code jsonb}. */
    public record Jsonb(JsonNode value) {}

    @FunctionalInterface
    public interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    private TransactionStatements statements;

    Rows() {}

    @Inject
    Rows(TransactionStatements statements) {
        this.statements = statements;
    }

    /** Executes a statement and returns the number of changed rows. */
    public int update(String sql, Object... values) {
        return statements.run(connection -> {
            try (PreparedStatement statement = bound(connection, sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Mapping<T> mapping, Object... values) {
        return list(sql, mapping, values).stream().findFirst();
    }

    /** The rows of a query. Values may be {@link Instant}s and {@link Jsonb}. */
    public <T> List<T> list(String sql, Mapping<T> mapping, Object... values) {
        return statements.run(connection -> {
            try (PreparedStatement statement = bound(connection, sql, values);
                    ResultSet rows = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                while (rows.next()) {
                    list.add(mapping.of(rows));
                }
                return list;
            }
        });
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Instant time) {
                statement.setTimestamp(i + 1, Timestamp.from(time));
            } else if (values[i] instanceof Jsonb json) {
                statement.setObject(i + 1, json.value().toString(), java.sql.Types.OTHER);
            } else {
                statement.setObject(i + 1, values[i]);
            }
        }
        return statement;
    }

    /** A column of a time; null for null. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    /** A column of a JSON object, as text; null for null. */
    public static Map<String, Object> map(ResultSet row, String column) throws SQLException {
        JsonNode json = json(row, column);
        return json == null ? null : Json.MAPPER.convertValue(json, new TypeReference<>() {});
    }

    /** A column of JSON, as text; null for null. */
    public static JsonNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The column " + column + " holds no JSON", e);
        }
    }
}
