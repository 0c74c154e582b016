package io.thespace.wire;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Calls;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Request;
import io.thespace.endpoint.Route;
import io.thespace.endpoint.Routes;
import io.thespace.log.Log;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.Parameter;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Upload;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Carries every endpoint of the platform and of its plugins over HTTP. */
@WebServlet(
        urlPatterns = {"/api/*", "/services/*", "/management/*", "/api/v1/gateway/plugin/*"},
        loadOnStartup = 1,
        asyncSupported = true)
@MultipartConfig(fileSizeThreshold = 65_536, maxFileSize = Form.MOST_BYTES, maxRequestSize = Form.MOST_BYTES)
public class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Log LOG = Log.of(ApiServlet.class);
    private static final byte[] NOTHING = {};

    @Inject
    private transient Routes routes;

    @Inject
    private transient Calls calls;

    @Inject
    private transient Plugins plugins;

    @Inject
    private transient Callers callers;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange exchange = Exchange.of(request, response);
        long start = System.nanoTime();
        String template = "-";
        try {
            List<String> segments = segments(request.getRequestURI());
            Map<Method, Route> here = routes.find(segments);
            Family family = exchange.family();
            boolean open = here.values().stream().anyMatch(one -> one.endpoint().role() == null);
            Actor actor = family.closed() && !open ? callers.identified(exchange, request) : null;
            if (here.isEmpty()) {
                if (segments.size() > 2 && segments.get(1).equals("plugins")) {
                    plugins.checkInService(segments.get(2));
                }
                throw new Rejection(
                        EndpointError.UNKNOWN_PATH,
                        "There is no endpoint at this path. GET %s/openapi lists those there are."
                                .formatted(family.prefix()));
            }
            Route route = route(request.getMethod(), here, response);
            if (route == null) {
                response.setStatus(204);
                return;
            }
            template = route.path();
            exchange.routed(route);
            if (actor == null) {
                actor = route.endpoint().role() == null ? exchange.anonymous() : callers.caller(exchange, request);
            }
            answer(exchange, request, response, route, segments, actor);
        } catch (Rejection rejection) {
            exchange.turnedAway(calls, rejection);
            exchange.refuse(rejection);
        } finally {
            LOG.info(
                    "Answered",
                    "method",
                    request.getMethod(),
                    "route",
                    template,
                    "status",
                    response.getStatus(),
                    "millis",
                    (System.nanoTime() - start) / 1_000_000);
        }
    }

    /** The route for a method; null for OPTIONS, whose answer is the Allow header. */
    static Route route(String method, Map<Method, Route> here, HttpServletResponse response) {
        String wanted = "HEAD".equals(method) ? "GET" : method;
        for (Map.Entry<Method, Route> entry : here.entrySet()) {
            if (entry.getKey().name().equals(wanted)) {
                return entry.getValue();
            }
        }
        TreeSet<String> allowed =
                here.keySet().stream().map(Method::name).collect(Collectors.toCollection(TreeSet::new));
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        response.setHeader("Allow", String.join(", ", allowed));
        if ("OPTIONS".equals(method)) {
            return null;
        }
        throw new Rejection(
                EndpointError.WRONG_METHOD,
                "This endpoint does not have the method %s; it has %s.".formatted(method, String.join(", ", allowed)));
    }

    private void answer(
            Exchange exchange,
            HttpServletRequest request,
            HttpServletResponse response,
            Route route,
            List<String> segments,
            Actor actor)
            throws IOException {
        exchange.admitting(actor, pathParameters(route.path(), segments));
        calls.admit(route.endpoint(), actor);
        calls.limit(route.endpoint(), actor, List.of(), exchange::allowed);
        exchange.letIn();
        String mediaType = route.endpoint().answer().mediaType();
        if (mediaType != null) {
            exchange.accepted().check(mediaType);
        }
        if (route.endpoint().upload() != null && Form.in(request)) {
            try (Form form = Form.read(request, route.endpoint())) {
                Request call = call(request, route, segments, form.json(), form.upload());
                exchange.admitted();
                write(request, response, calls.call(route, actor, call));
            }
            return;
        }
        byte[] body = route.endpoint().bodyType() == Void.class ? NOTHING : body(request);
        Request call = call(request, route, segments, body, null);
        exchange.admitted();
        write(request, response, calls.call(route, actor, call));
    }

    private static Request call(
            HttpServletRequest request, Route route, List<String> segments, byte[] body, Upload upload) {
        return new Request(
                pathParameters(route.path(), segments),
                query(request.getQueryString()),
                headers(request, route.endpoint()),
                body,
                request.getHeader("Idempotency-Key"),
                upload);
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Answer answer)
            throws IOException {
        if (known(request.getHeader("If-None-Match"), answer.headers().get("ETag"))) {
            answer.headers().forEach(response::setHeader);
            response.setStatus(304);
            return;
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.replayed()) {
            response.setHeader("Idempotency-Replayed", "true");
        }
        if (answer.mediaType() != null) {
            response.setContentType(answer.mediaType());
            response.setContentLength(answer.body().length);
            if (!"HEAD".equals(request.getMethod())) {
                response.getOutputStream().write(answer.body());
            }
        }
    }

    /** Whether the caller has this already (RFC 9110, section 13.1.2); proxies that compress make a tag a weak one. */
    private static boolean known(String ifNoneMatch, String tag) {
        if (ifNoneMatch == null || tag == null) {
            return false;
        }
        return Arrays.stream(ifNoneMatch.split(",", 64))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    /** A JSON body, within its limit. */
    static byte[] body(HttpServletRequest request) throws IOException {
        int limit = Configuration.get().get(Key.REQUEST_LIMIT_BYTES);
        if (request.getContentLengthLong() > limit) {
            throw tooLarge(limit);
        }
        String type = request.getContentType();
        byte[] body;
        try (InputStream in = request.getInputStream()) {
            body = in.readNBytes(limit + 1);
        }
        if (body.length > limit) {
            throw tooLarge(limit);
        }
        if (body.length > 0 && type != null && !json(type)) {
            throw new Rejection(
                    EndpointError.NOT_JSON, "The body must be JSON in UTF-8: send \"Content-Type: application/json\".");
        }
        return body;
    }

    private static boolean json(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        String type = parts[0].strip();
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private static Rejection tooLarge(int limit) {
        return new Rejection(EndpointError.BODY_TOO_LARGE, "The body may have %d bytes at the most.".formatted(limit));
    }

    /** The path's segments, decoded one by one so that an encoded slash stays inside its own. */
    private static List<String> segments(String uri) {
        List<String> segments = new ArrayList<>();
        for (String segment : uri.substring(1).split("/", -1)) {
            segments.add(decode(segment.replace("+", "%2B")));
        }
        // /services/{plugin}/… is /api/plugins/{plugin}/… by another name.
        if (segments.size() > 1 && segments.get(0).equals("services")) {
            segments.set(0, "api");
            segments.add(1, "plugins");
        }
        // A plugin's id is snake_case; its kebab-case form is accepted too.
        if (segments.size() > 2 && segments.get(1).equals("plugins")) {
            segments.set(2, segments.get(2).replace('-', '_'));
        }
        return segments;
    }

    private static Map<String, String> pathParameters(String template, List<String> segments) {
        Map<String, String> values = new HashMap<>();
        String[] names = template.substring(1).split("/", -1);
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("{")) {
                // Only a tail, which is the last, has more segments than its template.
                int end = i == names.length - 1 ? segments.size() : i + 1;
                values.put(names[i].substring(1, names[i].length() - 1), String.join("/", segments.subList(i, end)));
            }
        }
        return values;
    }

    private static Map<String, String> headers(HttpServletRequest request, Endpoint<?> endpoint) {
        Map<String, String> values = new HashMap<>();
        for (Parameter parameter : endpoint.parameters()) {
            String value = parameter.in() == Parameter.In.HEADER ? request.getHeader(parameter.name()) : null;
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        return values;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> values = new HashMap<>();
        if (text == null) {
            return values;
        }
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (values.putIfAbsent(name, value) != null) {
                throw Rejection.of(EndpointError.INVALID_REQUEST, name, name + " stands twice in the query.");
            }
        }
        return values;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Rejection(EndpointError.INVALID_REQUEST, "The URL has a malformed percent-encoding.");
        }
    }
}
