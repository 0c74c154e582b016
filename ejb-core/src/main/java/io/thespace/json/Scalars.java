package io.thespace.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;

/** Texts of scalar values, as bodies, queries and frames hold them. */
public final class Scalars {

    private static final int MAX_YEAR = 9999;

    private Scalars() {}

    /**
     * A point in time.
     *
     * @param text as RFC 3339 has it, in the years 1 to 9999: it has no others, nor has every client
     * @throws IllegalArgumentException when it is none
     */
    public static Instant instant(String text) {
        try {
            Instant value = Instant.parse(text);
            int year = value.atOffset(ZoneOffset.UTC).getYear();
            if (year < 1 || year > MAX_YEAR) {
                throw new IllegalArgumentException("The year " + year + " is out of range");
            }
            return value;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * A UUID.
     *
     * @param text all of its 36 characters; {@link UUID#fromString} also takes shortened forms
     * @throws IllegalArgumentException when it is none
     */
    public static UUID uuid(String text) {
        if (text.length() != 36) {
            throw new IllegalArgumentException("A UUID has 36 characters");
        }
        return UUID.fromString(text);
    }

    /** Reads values of a type from JSON strings only: numbers are not accepted as times or ids. */
    static final class Deserializer<T> extends StdScalarDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> reader;

        Deserializer(Class<T> type, Function<String, T> reader) {
            super(type);
            this.reader = reader;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return (T) context.handleUnexpectedToken(_valueClass, in);
            }
            try {
                return reader.apply(in.getText());
            } catch (IllegalArgumentException e) {
                return (T) context.handleWeirdStringValue(_valueClass, in.getText(), "is malformed");
            }
        }
    }
}
