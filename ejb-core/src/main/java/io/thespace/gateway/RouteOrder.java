package io.thespace.gateway;

import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Request to create or replace a route. Members that are null or left out have the defaults below. What is left out, or
 * null, is as the parameters below say.
 *
 * @param prefix whole segments of the path after {@code /api/v1/gateway}, for example {@code /weather}
 * @param upstreams the targets of the requests
 * @param health the health checks of upstreams; none when left out
 * @param methods the accepted methods; all that the gateway supports when left out
 * @param roles who may use it: {@code guest}, {@code user}, {@code admin}; a higher role includes the lower ones;
 *     {@code user} when left out
 * @param connectMillis the time limit for connecting; 2000
 * @param firstByteMillis the time limit for the start of the response, once the upstream has the whole request; 15000
 * @param totalMillis the time limit of the exchange, including bodies; 60000
 * @param retries the maximum of retries of an idempotent request when an upstream fails; 1
 * @param cacheSeconds the maximum age of a cached public response; 0, which disables caching
 * @param bodyLimitBytes the largest request body; 10 MiB
 * @param concurrency the maximum of concurrent requests to each upstream from a node; 64
 * @param requestHeaders rules for request headers
 * @param responseHeaders rules for response headers
 * @param limits its rate limits, in addition to those of its callers; no two of the same {@code per} and {@code
 *     seconds}
 */
public record RouteOrder(
        @NotNull
                @Size(max = 200)
                @Pattern(
                        regexp = "(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+",
                        message =
                                "must be segments of letters, digits, . _ ~ and -, each after a slash, such as /weather/v2")
                String prefix,
        @NotNull @Size(min = 1, max = 16) List<@NotNull @Valid UpstreamOrder> upstreams,
        @Valid HealthOrder health,
        @Size(min = 1, max = 6)
                List<
                                @NotNull
                                @Pattern(
                                        regexp = "GET|HEAD|POST|PUT|PATCH|DELETE",
                                        message = "must be GET, HEAD, POST, PUT, PATCH or DELETE")
                                String>
                        methods,
        @Size(min = 1, max = 3)
                List<@NotNull @Pattern(regexp = "guest|user|admin", message = "must be guest, user or admin") String>
                        roles,
        @Min(10) @Max(60_000) Integer connectMillis,
        @Min(10) @Max(600_000) Integer firstByteMillis,
        @Min(10) @Max(86_400_000) Integer totalMillis,
        @Min(0) @Max(3) Integer retries,
        @Min(0) @Max(86_400) Integer cacheSeconds,
        @Min(0) @Max(134_217_728) Long bodyLimitBytes,
        @Min(1) @Max(1000) Integer concurrency,
        @Size(max = 32) List<@NotNull @Valid HeaderRule> requestHeaders,
        @Size(max = 32) List<@NotNull @Valid HeaderRule> responseHeaders,
        @Size(max = 4) List<@NotNull @Valid RouteLimit> limits) {

    /** For the documentation. */
    public static final RouteOrder EXAMPLE = new RouteOrder(
            "/weather",
            List.of(
                    new UpstreamOrder("https://weather-1.example.org/v2", 3, "http/1.1"),
                    new UpstreamOrder("https://weather-2.example.org/v2", 1, "h2")),
            new HealthOrder("/health", 10, 2_000),
            List.of("GET", "HEAD"),
            List.of("user"),
            1_000,
            5_000,
            30_000,
            2,
            60,
            1_048_576L,
            64,
            List.of(new HeaderRule("X-Client", "the-space"), new HeaderRule("X-Debug", null)),
            List.of(),
            List.of(new RouteLimit(100, 60, "identity"), new RouteLimit(5_000, 60, "route")));

    /** Paths that the gateway itself serves. */
    private static final Set<String> RESERVED = Set.of("echo", "plugin", "llm", "mcp");

    /** Returns a copy in which defaults replace omitted members. */
    public RouteOrder complete() {
        return new RouteOrder(
                prefix,
                upstreams.stream().map(UpstreamOrder::complete).toList(),
                health == null ? null : health.complete(),
                methods == null
                        ? List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
                        : methods.stream().distinct().toList(),
                roles == null ? List.of("user") : roles.stream().distinct().toList(),
                Optional.ofNullable(connectMillis).orElse(2_000),
                Optional.ofNullable(firstByteMillis).orElse(15_000),
                Optional.ofNullable(totalMillis).orElse(60_000),
                Optional.ofNullable(retries).orElse(1),
                Optional.ofNullable(cacheSeconds).orElse(0),
                Optional.ofNullable(bodyLimitBytes).orElse(10_485_760L),
                Optional.ofNullable(concurrency).orElse(64),
                requestHeaders == null ? List.of() : List.copyOf(requestHeaders),
                responseHeaders == null ? List.of() : List.copyOf(responseHeaders),
                limits == null
                        ? List.of()
                        : limits.stream().map(RouteLimit::complete).toList());
    }

    /**
     * Refuses what no constraint of a member can.
     *
     * @throws Rejection {@code INVALID_ROUTE}, naming each member at fault
     */
    RouteOrder checked(AddressRule addresses) {
        List<FieldError> faults = new ArrayList<>();
        String first = prefix.substring(1).split("/", 2)[0];
        if (RESERVED.contains(first)) {
            faults.add(
                    new FieldError("prefix", "must not begin with /" + first + ", which the gateway answers itself"));
        }
        for (int i = 0; i < upstreams.size(); i++) {
            String fault = fault(upstreams.get(i).url().strip(), addresses);
            if (fault != null) {
                faults.add(new FieldError("upstreams[%d].url".formatted(i), fault));
            }
        }
        rules("request_headers", requestHeaders, ReservedHeaders::mayRuleRequest, faults);
        rules("response_headers", responseHeaders, ReservedHeaders::mayRuleResponse, faults);
        twins(limits, faults);
        if (!faults.isEmpty()) {
            throw Rejection.of(GatewayError.INVALID_ROUTE, faults);
        }
        return this;
    }

    private static void rules(
            String member, List<HeaderRule> rules, Predicate<String> allowed, List<FieldError> faults) {
        for (int i = 0; rules != null && i < rules.size(); i++) {
            String name = rules.get(i).name().toLowerCase(Locale.ROOT);
            if (!allowed.test(name)) {
                faults.add(new FieldError(
                        "%s[%d].name".formatted(member, i), "must not be " + name + ", which the gateway manages"));
            }
        }
    }

    private static void twins(List<RouteLimit> limits, List<FieldError> faults) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; limits != null && i < limits.size(); i++) {
            RouteLimit limit = limits.get(i).complete();
            if (!seen.add(limit.per() + " " + limit.seconds())) {
                faults.add(new FieldError(
                        "limits[%d]".formatted(i), "must not have the per and the seconds of another one"));
            }
        }
    }

    /** The error of an upstream's URL; null for none. */
    public static String fault(String url, AddressRule addresses) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return "is not a URL";
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
            return "must be http://host or https://host, with a port and a path if need be";
        } else if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "must have neither a user nor a query nor a fragment";
        } else if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "must have a port from 1 to 65535";
        } else if (!uri.getRawPath().matches("(/[A-Za-z0-9_~@:-][A-Za-z0-9._~@:-]*)*/?")) {
            return "must have a path of plain segments";
        }
        Optional<InetAddress> literal = AddressRule.literal(uri.getHost());
        if (literal.isPresent() && !addresses.allows(literal.get())) {
            return AddressRule.REFUSED;
        }
        return null;
    }
}
