package io.thespace.wire;

import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Route;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The methods of a path (RFC 9110, section 10.2.1). */
public final class AllowedMethods {

    private AllowedMethods() {}

    /** The value of an {@code Allow} header: HEAD wherever there is GET, OPTIONS always, by name. */
    public static String header(Collection<String> methods) {
        TreeSet<String> allowed = new TreeSet<>(methods);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        return String.join(", ", allowed);
    }

    /** The refusal of a method that a path does not have. */
    public static Rejection refusal(String method, String allowed) {
        return new Rejection(
                EndpointError.WRONG_METHOD,
                "This endpoint does not have the method %s; it has %s.".formatted(method, allowed));
    }

    /** Whether a request reads, of a path that can only be read; any other request is answered here. */
    public static boolean reads(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String method = request.getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return true;
        }
        String allowed = header(List.of("GET"));
        response.setHeader("Allow", allowed);
        if (method.equals("OPTIONS")) {
            response.setStatus(204);
        } else {
            Exchange.of(request, response).refuse(refusal(method, allowed));
        }
        return false;
    }

    /**
     * The route for a method; null for OPTIONS, whose answer is the {@code Allow} header.
     *
     * @throws Rejection {@code WRONG_METHOD}, with the {@code Allow} header set
     */
    public static Route route(String method, Map<Method, Route> here, HttpServletResponse response) {
        String wanted = "HEAD".equals(method) ? "GET" : method;
        for (Map.Entry<Method, Route> entry : here.entrySet()) {
            if (entry.getKey().name().equals(wanted)) {
                return entry.getValue();
            }
        }
        String allowed = header(here.keySet().stream().map(Method::name).toList());
        response.setHeader("Allow", allowed);
        if ("OPTIONS".equals(method)) {
            return null;
        }
        throw refusal(method, allowed);
    }
}
