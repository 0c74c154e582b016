package io.thespace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.configuration.Network;
import io.thespace.gateway.forward.LiveRoute;
import io.thespace.gateway.forward.TestRoutes;
import io.thespace.identity.Fired;
import io.thespace.identity.TestDatabase;
import io.thespace.limit.Counted;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.revision.RevisionChanged;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes on a real PostgreSQL, as the application's role. */
class GatewayRoutesDatabaseTest {

    private static final Actor ADMIN = Actor.platform(null, "test");

    private static TestDatabase database;

    private final Fired<RevisionChanged> fired = new Fired<>();

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(GatewayRoute.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        database.sql("delete from core.gateway_routes");
    }

    private <T> T with(Function<GatewayRoutes, T> work) {
        return database.in(null, em -> {
            GatewayRoutes routes = new GatewayRoutes();
            routes.em = em;
            routes.use(fired, new AddressRule(List.of(Network.read("10.0.0.0/8"))));
            return work.apply(routes);
        });
    }

    private long revision() {
        return with(routes -> routes.revision(ADMIN));
    }

    private List<RouteView> all() {
        return with(routes -> routes.all(ADMIN));
    }

    private static RouteOrder order(String prefix, String url, String header) {
        return order(prefix, url, header, null);
    }

    private static RouteOrder order(String prefix, String url, String header, List<RouteLimit> limits) {
        return TestRoutes.order(
                "prefix",
                prefix,
                "upstreams",
                List.of(UpstreamOrder.to(url)),
                "request_headers",
                List.of(new HeaderRule(header, "x")),
                "limits",
                limits);
    }

    private static RouteOrder order(String prefix) {
        return order(prefix, "https://example.org/a", "X-A");
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    @Test
    void aRouteIsKeptWithEverythingSaid() {
        long before = revision();
        RouteView made = with(routes -> routes.create(ADMIN, order("/weather")));

        assertThat(with(routes -> routes.find(ADMIN, made.id())).methods()).hasSize(6);
        assertThat(made.roles()).containsExactly("user");
        assertThat(made.totalMillis()).isEqualTo(60_000);
        assertThat(revision()).isEqualTo(before + 1);
        assertThat(fired.events()).hasSize(1);

        RouteView moved = with(routes -> routes.change(ADMIN, made.id(), order("/climate")));
        assertThat(moved.prefix()).isEqualTo("/climate");
        assertThat(all()).extracting(RouteView::prefix).containsExactly("/climate");
        with(routes -> {
            routes.delete(ADMIN, made.id());
            return null;
        });
        assertThat(all()).isEmpty();
        assertThat(revision()).isEqualTo(before + 3);
    }

    @Test
    void aRouteCountsByWhomItsLimitsSay() throws Exception {
        List<RouteLimit> limits = List.of(
                new RouteLimit(100, 60, null),
                new RouteLimit(50, 3600, "organization"),
                new RouteLimit(9, 60, "route"));
        RouteView made = with(routes -> routes.create(ADMIN, order("/a", "https://example.org", "X-A", limits)));
        assertThat(made.limits()).extracting(RouteLimit::per).containsExactly("identity", "organization", "route");

        LiveRoute route = TestRoutes.live(made);
        Actor alice = caller(UUID.randomUUID());
        Actor bob = caller(alice.orgId());
        Actor carol = caller(UUID.randomUUID());
        assertThat(route.limits(alice))
                .extracting(Counted::policy)
                .containsExactly("route/a:identity:60", "route/a:organization:3600", "route/a:route:60");
        // Who shares what with whom: colleagues all but their own, others the route's alone.
        assertThat(shared(route, alice, bob)).containsExactly(false, true, true);
        assertThat(shared(route, alice, carol)).containsExactly(false, false, true);

        List<RouteLimit> twins = List.of(new RouteLimit(1, 60, "identity"), new RouteLimit(2, 60, null));
        refused(
                GatewayError.INVALID_ROUTE,
                () -> with(routes -> routes.create(ADMIN, order("/b", "https://example.org", "X-A", twins))));
        // As routes were kept before they had limits.
        database.sql("update core.gateway_routes set definition = (definition::jsonb - 'limits')::text");
        assertThat(with(routes -> routes.find(ADMIN, made.id())).limits()).isEmpty();
    }

    private static List<Boolean> shared(LiveRoute route, Actor one, Actor other) {
        List<Counted> others = route.limits(other);
        return route.limits(one).stream()
                .map(counted -> others.stream().anyMatch(o -> o.key().equals(counted.key())))
                .toList();
    }

    private static Actor caller(UUID orgId) {
        return new Actor(orgId, UUID.randomUUID(), Role.USER, null, "r", null, "192.0.2.1", false);
    }

    @Test
    void aPrefixIsTakenOnce() {
        with(routes -> routes.create(ADMIN, order("/weather")));
        UUID other = with(routes -> routes.create(ADMIN, order("/weather/v2"))).id();
        refused(GatewayError.PREFIX_TAKEN, () -> with(routes -> routes.create(ADMIN, order("/weather"))));
        refused(GatewayError.PREFIX_TAKEN, () -> with(routes -> routes.change(ADMIN, other, order("/weather"))));
        with(routes -> routes.change(ADMIN, other, order("/weather/v2")));
        refused(GatewayError.ROUTE_NOT_FOUND, () -> with(routes -> routes.find(ADMIN, UUID.randomUUID())));
        refused(
                GatewayError.ROUTE_NOT_FOUND,
                () -> with(routes -> routes.change(ADMIN, UUID.randomUUID(), order("/x"))));
    }

    @Test
    void pagesGoByPrefix() {
        for (String prefix : List.of("/c", "/a", "/b")) {
            with(routes -> routes.create(ADMIN, order(prefix)));
        }
        var first = with(routes -> routes.list(ADMIN, new PageRequest(2, Optional.empty())));
        assertThat(first.items()).extracting(RouteView::prefix).containsExactly("/a", "/b");
        assertThat(with(routes -> routes.list(ADMIN, new PageRequest(2, Optional.of(first.nextKey()))))
                        .items())
                .extracting(RouteView::prefix)
                .containsExactly("/c");
    }

    @Test
    void thereIsAnEndOfThem() throws Exception {
        database.sql("insert into core.gateway_routes select gen_random_uuid(), '/p' || n, '{}', now(), now()"
                + " from generate_series(1, 200) n");
        refused(GatewayError.TOO_MANY_ROUTES, () -> with(routes -> routes.create(ADMIN, order("/one-more"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org",
                "example.org",
                "https://",
                "https://user@example.org",
                "https://example.org?x=1",
                "https://example.org#x",
                "https://example.org/a/../b",
                "https://example.org/a%2fb",
                "https://example.org:0",
                "http://127.0.0.1:8080",
                "http://[::1]:8080",
                "http://169.254.169.254/latest",
                "http://192.168.0.1",
                "https://exa mple.org"
            })
    void upstreamsThatMayNotBeAreRefused(String url) {
        refused(GatewayError.INVALID_ROUTE, () -> with(routes -> routes.create(ADMIN, order("/x", url, "X-A"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.1.2.3:8080", "https://example.org", "http://upstream.internal:9000/v2/"})
    void othersAreNot(String url) {
        assertThat(with(routes -> routes.create(ADMIN, order("/x", url, "X-A"))).upstreams())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/echo", "/echo/x", "/plugin/x", "/llm", "/mcp/x"})
    void whatThePlatformAnswersIsNoRoute(String prefix) {
        refused(GatewayError.INVALID_ROUTE, () -> with(routes -> routes.create(ADMIN, order(prefix))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "authorization", "Cookie", "X-Forwarded-For", "Connection", "Content-Length"})
    void whatTheGatewayLooksAfterHasNoRules(String header) {
        refused(
                GatewayError.INVALID_ROUTE,
                () -> with(routes -> routes.create(ADMIN, order("/x", "https://example.org", header))));
    }
}
