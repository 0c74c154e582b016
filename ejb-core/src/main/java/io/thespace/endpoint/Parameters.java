package io.thespace.endpoint;

import io.thespace.json.Scalars;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Rejection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The typed values of paths, queries and headers. */
public final class Parameters {

    /** The parameters of every paged endpoint in addition to the declared ones. */
    static final Set<String> OF_PAGES = Set.of("limit", "cursor");

    private static final int MAX_SCALE = 308;

    private Parameters() {}

    /**
     * Reads the declared parameters of a request, each converted to its declared type.
     *
     * @throws Rejection {@code INVALID_REQUEST} naming every one that is malformed, and every unknown one of the query
     */
    static Map<String, Object> read(Endpoint<?> endpoint, Request request) {
        Map<String, Object> values = new HashMap<>();
        List<FieldError> errors = new ArrayList<>();
        for (Parameter parameter : endpoint.parameters()) {
            Map<String, String> from =
                    switch (parameter.in()) {
                        case PATH, TAIL -> request.path();
                        case QUERY -> request.query();
                        case HEADER -> request.headers();
                    };
            String text = from.get(parameter.name());
            if (text == null) {
                continue;
            }
            try {
                values.put(parameter.name(), value(parameter.type(), text));
            } catch (IllegalArgumentException e) {
                errors.add(new FieldError(parameter.name(), "TYPE", "must be " + Decoder.noun(parameter.type())));
            }
        }
        for (String name : request.query().keySet()) {
            if (endpoint.parameters().stream()
                            .noneMatch(one ->
                                    one.in() == Parameter.In.QUERY && one.name().equals(name))
                    && !(endpoint.answer().form() == Endpoint.Shape.Form.PAGE && OF_PAGES.contains(name))) {
                errors.add(new FieldError(name, "UNKNOWN", "is not a parameter of this endpoint"));
            }
        }
        if (!errors.isEmpty()) {
            throw Decoder.invalid(errors);
        }
        return values;
    }

    /** Whether parameters may be of this type. */
    public static boolean supports(Class<?> type) {
        return type.isEnum()
                || Set.of(
                                String.class,
                                UUID.class,
                                Integer.class,
                                Long.class,
                                BigDecimal.class,
                                Boolean.class,
                                Instant.class)
                        .contains(type);
    }

    /**
     * A value of a parameter.
     *
     * @param type one that {@link #supports} names
     * @throws IllegalArgumentException when the text is no value of it
     */
    public static Object value(Class<?> type, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL");
        }
        if (type == String.class) {
            return text;
        } else if (type == UUID.class) {
            return Scalars.uuid(text);
        } else if (type == Integer.class) {
            return Integer.valueOf(text);
        } else if (type == Long.class) {
            return Long.valueOf(text);
        } else if (type == BigDecimal.class) {
            if (text.length() > 32) {
                throw new IllegalArgumentException("longer than any number that is asked for");
            }
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > MAX_SCALE) {
                throw new IllegalArgumentException("an exponent beyond any number that is asked for");
            }
            return number;
        } else if (type == Boolean.class) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("neither true nor false");
            };
        } else if (type == Instant.class) {
            return Scalars.instant(text);
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        throw new IllegalStateException("An endpoint declares a parameter of the unsupported type " + type);
    }
}
