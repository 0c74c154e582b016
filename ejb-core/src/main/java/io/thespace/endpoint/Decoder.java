package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import io.thespace.json.Json;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Turns what came into what an endpoint declared, or says what is wrong with it in the client's own words. */
@ApplicationScoped
class Decoder {

    private static final byte[] EMPTY = {'{', '}'};

    private Validator validator;

    Decoder() {}

    @Inject
    Decoder(Validator validator) {
        this.validator = validator;
    }

    /** The declared parameters that came, each of its declared type. */
    Map<String, Object> parameters(Endpoint<?> endpoint, Request request) {
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
            } catch (IllegalArgumentException | DateTimeParseException e) {
                errors.add(new FieldError(parameter.name(), "TYPE", "must be " + noun(parameter.type())));
            }
        }
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
        return values;
    }

    private static Object value(Class<?> type, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("NUL");
        }
        if (type == String.class) {
            return text;
        } else if (type == UUID.class) {
            if (text.length() != 36) {
                throw new IllegalArgumentException("UUID.fromString also takes shortened forms");
            }
            return UUID.fromString(text);
        } else if (type == Integer.class) {
            return Integer.valueOf(text);
        } else if (type == BigDecimal.class) {
            if (text.length() > 32) {
                throw new IllegalArgumentException("longer than any number that is asked for");
            }
            return new BigDecimal(text);
        } else if (type == Boolean.class) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("neither true nor false");
            };
        } else if (type == Instant.class) {
            return Instant.parse(text);
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        throw new IllegalStateException("An endpoint declares a parameter of the unsupported type " + type);
    }

    /** The body, decoded and validated; null where none is declared. */
    <B> B body(Mount mount, Endpoint<B> endpoint, byte[] sent) {
        Class<B> type = endpoint.bodyType();
        if (type == Void.class) {
            return null;
        }
        // What is to be deleted may be named in the query alone.
        byte[] json = sent.length == 0 && endpoint.method() == Method.DELETE ? EMPTY : sent;
        B body;
        try {
            // As a text: from bytes Jackson would also take UTF-16 and UTF-32.
            body = mount.mapper().readValue(utf8(json), type);
        } catch (PropertyBindingException e) {
            throw invalid(List.of(new FieldError(path(e), "UNKNOWN", "is not known here")));
        } catch (MismatchedInputException e) {
            if (e.getPath().isEmpty()) {
                throw new Rejection(
                        EndpointError.MALFORMED_JSON,
                        json.length == 0 ? "A JSON body is needed." : "The body must be a JSON object.");
            }
            throw invalid(List.of(new FieldError(path(e), "TYPE", mismatch(e))));
        } catch (JsonMappingException e) {
            String field = path(e);
            if (field.isEmpty()) {
                throw malformed(e);
            }
            boolean ours = e.getCause() instanceof IllegalArgumentException;
            throw invalid(List.of(new FieldError(field, ours ? e.getCause().getMessage() : "is malformed")));
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new Rejection(EndpointError.MALFORMED_JSON, "The body is not UTF-8.");
        }
        if (body == null) {
            throw new Rejection(EndpointError.MALFORMED_JSON, "The body must be a JSON object.");
        }
        Validator checks = mount.validator() == null ? validator : mount.validator();
        List<FieldError> errors = checks.validate(body).stream()
                .map(v -> new FieldError(snakeCase(v.getPropertyPath().toString()), code(v), v.getMessage()))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList();
        if (!errors.isEmpty()) {
            throw invalid(errors);
        }
        return body;
    }

    /** What sort of mistake a broken constraint is. */
    private static String code(ConstraintViolation<?> violation) {
        return switch (violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()) {
            case "NotNull", "NotBlank", "NotEmpty" -> "REQUIRED";
            case "Size" -> "LENGTH";
            case "Min", "Max", "DecimalMin", "DecimalMax", "Positive", "PositiveOrZero", "Digits" -> "RANGE";
            case "Pattern", "Email" -> "FORMAT";
            default -> "INVALID";
        };
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static Rejection malformed(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        String what = e.getOriginalMessage().startsWith("Duplicate field")
                ? "A member stands twice in the body"
                : "The body is not well-formed JSON";
        return new Rejection(EndpointError.MALFORMED_JSON, what + where + ".");
    }

    private static String mismatch(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (e.getOriginalMessage().contains(Json.NUL)) {
            return Json.NUL;
        } else if (type != null) {
            return "must be " + noun(type);
        }
        return "is malformed";
    }

    private static String noun(Class<?> type) {
        if (type == UUID.class) {
            return "a UUID";
        } else if (type == Instant.class) {
            return "an RFC 3339 time such as 2026-01-31T12:00:00Z";
        } else if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "a string";
        } else if (type == BigDecimal.class) {
            return "a number";
        } else if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a whole number";
        } else if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        } else if (Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        return "an object";
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    private static String snakeCase(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    static Rejection invalid(List<FieldError> errors) {
        String message =
                errors.stream().map(e -> e.field() + " " + e.message()).collect(Collectors.joining("; ", "", "."));
        return new Rejection(EndpointError.INVALID_REQUEST, message, errors);
    }
}
