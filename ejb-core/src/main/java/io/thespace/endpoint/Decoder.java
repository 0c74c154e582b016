package io.thespace.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import io.thespace.json.UnstorableValueException;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Validator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Decodes requests into the types that an endpoint declares, or reports errors by the member names of the request. */
@ApplicationScoped
class Decoder {

    private static final byte[] EMPTY = {'{', '}'};

    private Validator validator;

    Decoder() {}

    @Inject
    Decoder(Validator validator) {
        this.validator = validator;
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
        } catch (UnstorableValueException e) {
            throw unstorable(e);
        } catch (PropertyBindingException e) {
            throw invalid(List.of(new FieldError(path(e), "UNKNOWN", "is not a known member")));
        } catch (InvalidNullException e) {
            throw invalid(List.of(new FieldError(path(e), "REQUIRED", "must not hold null")));
        } catch (MismatchedInputException e) {
            if (e.getPath().isEmpty()) {
                throw new Rejection(
                        EndpointError.MALFORMED_JSON,
                        json.length == 0 ? "A JSON body is needed." : "The body must be a JSON object.");
            }
            throw invalid(List.of(new FieldError(path(e), "TYPE", mismatch(e))));
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof UnstorableValueException cause) {
                throw unstorable(cause);
            }
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
        Set<ConstraintViolation<B>> violations = checks.validate(body);
        if (!violations.isEmpty()) {
            throw invalid(violations, "");
        }
        return body;
    }

    /** Whether arguments of a method were invalid, and not for example an entity that a use case made. */
    static boolean ofArguments(ConstraintViolationException failure) {
        return failure.getConstraintViolations().stream()
                .map(violation -> violation.getPropertyPath().iterator().next().getKind())
                .allMatch(ElementKind.METHOD::equals);
    }

    /**
     * The refusal of a resource method's arguments.
     *
     * @param violations of the method's parameters: their paths begin with the names of the method and the parameter
     */
    static Rejection invalidArguments(Set<? extends ConstraintViolation<?>> violations) {
        return invalid(violations, "^[^.]*\\.[^.]*\\.?");
    }

    private static Rejection invalid(Set<? extends ConstraintViolation<?>> violations, String prefix) {
        return invalid(violations.stream()
                .map(v -> new FieldError(
                        snakeCase(v.getPropertyPath().toString().replaceFirst(prefix, "")), code(v), v.getMessage()))
                .distinct()
                .sorted(Comparator.comparing(FieldError::field))
                .toList());
    }

    /** The error code of a violated constraint. */
    private static String code(ConstraintViolation<?> violation) {
        return switch (violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName()) {
            case "NotNull", "NotBlank", "NotEmpty" -> "REQUIRED";
            case "Size" -> "LENGTH";
            case "Min", "Max", "DecimalMin", "DecimalMax", "Positive", "PositiveOrZero", "Digits" -> "RANGE";
            case "Pattern", "Email", "EmailAddress" -> "FORMAT";
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

    private static Rejection unstorable(UnstorableValueException e) {
        String field = e.field().isEmpty() ? "The body" : e.field();
        return invalid(List.of(new FieldError(field, e.getOriginalMessage())));
    }

    private static String mismatch(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        if (type != null) {
            return "must be " + noun(type);
        }
        return "is malformed";
    }

    static String noun(Class<?> type) {
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
        return Rejection.of(EndpointError.INVALID_REQUEST, errors);
    }
}
