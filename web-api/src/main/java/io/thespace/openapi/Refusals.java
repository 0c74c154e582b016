package io.thespace.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.endpoint.ApprovalCheck;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Route;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Role;
import io.thespace.problem.Statuses;
import io.thespace.wire.ErrorBody;
import io.thespace.wire.ManagementCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The error responses of a document. Those that only the platform itself gives are alike everywhere and stand once, as
 * components; those with a reason of the endpoint's own stand with their operation.
 */
final class Refusals {

    private static final String REQUEST_ID = "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f";

    private final ObjectMapper mapper;
    private final ObjectNode components;
    private final Family family;

    /**
     * Error responses for one document.
     *
     * @param family whose form they have
     * @param components the document's components, which the shared ones are added to as they are needed
     */
    Refusals(Family family, ObjectMapper mapper, ObjectNode components) {
        this.family = family;
        this.mapper = mapper;
        this.components = components;
    }

    /** Adds the error responses of an endpoint to its responses, by status. */
    void describe(Route route, ObjectNode responses) {
        Endpoint<?> endpoint = route.endpoint();
        List<ErrorCode> approval =
                ApprovalCheck.mayWait(route) ? List.of(EndpointError.APPROVAL_UNAVAILABLE) : List.of();
        Map<Integer, Set<ErrorCode>> byStatus = new TreeMap<>();
        Stream.of(platform(endpoint), approval, endpoint.refusals())
                .flatMap(Collection::stream)
                .forEach(code -> byStatus.computeIfAbsent(Statuses.of(code.kind()), s -> new LinkedHashSet<>())
                        .add(code));
        byStatus.forEach((status, codes) -> {
            Kind kind = codes.iterator().next().kind();
            // The causes of an invalid request depend on the endpoint's parameters, so a 400 is never shared.
            boolean shared = kind != Kind.INVALID && platform(endpoint).containsAll(codes);
            responses.set(Integer.toString(status), shared ? reference(kind, codes) : response(kind, codes));
        });
    }

    private static List<ErrorCode> platform(Endpoint<?> endpoint) {
        boolean hasBody = endpoint.bodyType() != Void.class;
        boolean paged = endpoint.answer().form() == Endpoint.Shape.Form.PAGE;
        List<ErrorCode> codes = new ArrayList<>();
        if (endpoint.role() != null) {
            codes.add(EndpointError.TOKEN_MISSING);
        }
        if (endpoint.role() != null && !Role.GUEST.covers(endpoint.role())) {
            codes.add(EndpointError.ROLE_MISSING);
        }
        if (endpoint.permission() != null) {
            codes.add(EndpointError.PERMISSION_MISSING);
        }
        if (endpoint.limit() != LimitClass.NONE) {
            codes.add(EndpointError.TOO_MANY_CALLS);
        }
        if (hasBody) {
            codes.add(EndpointError.BODY_TOO_SLOW);
            codes.add(EndpointError.BODY_TOO_LARGE);
            codes.add(EndpointError.NOT_JSON);
            codes.add(EndpointError.MALFORMED_JSON);
        }
        // Every endpoint refuses parameters that it does not declare.
        codes.add(EndpointError.INVALID_REQUEST);
        if (paged) {
            codes.add(EndpointError.INVALID_CURSOR);
        }
        if (endpoint.idempotent()) {
            codes.add(EndpointError.INVALID_KEY);
            codes.add(EndpointError.KEY_IN_USE);
            codes.add(EndpointError.KEY_REUSED);
        }
        codes.add(EndpointError.BUSY);
        codes.add(EndpointError.DATABASE_AWAY);
        codes.add(EndpointError.DEFECT);
        return codes;
    }

    private ObjectNode reference(Kind kind, Set<ErrorCode> codes) {
        String name = Words.capitalised(kind);
        ObjectNode shared = components.withObjectProperty("responses");
        if (!shared.has(name)) {
            shared.set(name, response(kind, codes));
        }
        return mapper.createObjectNode().put("$ref", "#/components/responses/" + name);
    }

    private ObjectNode response(Kind kind, Set<ErrorCode> codes) {
        String reasons = codes.stream()
                .map(code -> "- `" + name(code) + "`: " + code.summary())
                .distinct()
                .collect(Collectors.joining("\n"));
        ObjectNode response = mapper.createObjectNode().put("description", sentence(kind) + "\n\n" + reasons);
        ObjectNode headers = response.putObject("headers");
        headers.set(family.requestIdHeader(), Headers.reference(components, mapper, Headers.REQUEST_ID));
        if (kind == Kind.UNAUTHENTICATED) {
            headers.set("WWW-Authenticate", Headers.reference(components, mapper, Headers.CHALLENGE));
        }
        if (kind == Kind.LIMITED || kind == Kind.UNAVAILABLE || codes.contains(EndpointError.KEY_IN_USE)) {
            headers.set("Retry-After", Headers.reference(components, mapper, Headers.RETRY_AFTER));
        }
        if (kind == Kind.LIMITED) {
            Headers.limits(headers, components, mapper);
        }
        ObjectNode content = response.putObject("content");
        ObjectNode json = content.putObject("application/json");
        json.putObject("schema").put("$ref", "#/components/schemas/Error");
        ObjectNode examples = json.putObject("examples");
        ObjectNode problem = content.putObject("application/problem+json");
        problem.putObject("schema").put("$ref", "#/components/schemas/Problem");
        ObjectNode problems = problem.putObject("examples");
        for (ErrorCode code : codes) {
            String name = code.name().toLowerCase(Locale.ROOT);
            ErrorBody body = ErrorBody.of(family, code, code.summary(), REQUEST_ID, List.of());
            examples.putObject(name).put("summary", code.summary()).set("value", mapper.valueToTree(body.in(family)));
            problems.putObject(name)
                    .put("summary", code.summary())
                    .set("value", mapper.valueToTree(body.problem(family)));
        }
        return response;
    }

    /** The error code in responses of the family. */
    private String name(ErrorCode code) {
        return switch (family) {
            case PLATFORM -> code.name();
            case MANAGEMENT -> ManagementCode.of(code).name();
        };
    }

    private static String sentence(Kind kind) {
        return switch (kind) {
            case INVALID -> "The request is malformed or violates a documented rule.";
            case UNAUTHENTICATED -> "No valid credentials came with the request.";
            case FORBIDDEN -> "The caller is authenticated but not allowed to do this.";
            case NOT_FOUND -> "The resource does not exist or is not visible to the caller.";
            case TOO_SLOW -> "The request did not arrive in time.";
            case METHOD_NOT_ALLOWED -> "The path exists, but not with this method.";
            case NOT_ACCEPTABLE -> "The endpoint produces no media type that the Accept header allows.";
            case GONE -> "The requested resource was deleted.";
            case CHANGED -> "The resource has changed since the caller read it (If-Match).";
            case CONFLICT -> "The current state of the resource does not allow this.";
            case TOO_LARGE -> "The body is larger than its limit.";
            case UNSUPPORTED_MEDIA_TYPE -> "The media type of the body is not supported.";
            case MISMATCH -> "The idempotency key was used before with another request.";
            case LIMITED -> "Too many requests; retry later.";
            case UNAVAILABLE -> "A dependency is unavailable or busy; retry later.";
            case NOT_CONFIGURED ->
                "The feature is not configured on this platform; an administrator has to configure it.";
            case UPSTREAM_FAILED -> "An upstream server did not respond or sent an invalid response.";
            case UPSTREAM_LATE -> "An upstream server did not respond in time.";
            case INTERNAL -> "A defect of the platform.";
        };
    }
}
