package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators and Prometheus are told about the node and its business. */
class MonitoringIT {

    private static final String DEEP_HEALTH = "/api/control-center/monitoring/deep-health";
    private static final String BUSINESS_METRICS = "/api/control-center/monitoring/business-metrics";
    private static final String SERVICES = "/api/control-center/services";
    private static final String METRICS = "/api/metrics";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Stage stage = Stage.shared();
    private final Space space = stage.space();
    private final UUID org = stage.fixtures().organization();
    private final Person alicePerson = stage.fixtures().user(org);
    private final Caller alice = space.as(alicePerson);
    private final Caller admin = space.as(stage.fixtures().admin(org));
    private final Business business = new Business(admin);

    /** The health once nothing but the disk is down: on a busy machine a check can exceed its time limit. */
    private JsonNode healthWithoutOutage() {
        JsonNode[] seen = new JsonNode[1];
        Patience.within(LIMIT, () -> {
            seen[0] = admin.get(DEEP_HEALTH).is(200).hasManners().json();
            for (JsonNode check : seen[0].path("checks")) {
                if (!check.path("name").asText().startsWith("disk_")) {
                    assertThat(check.path("status").asText()).as("%s", check).isNotEqualTo("down");
                }
            }
        });
        return seen[0];
    }

    @Test
    void deepHealthNamesEachDependencyAndJudgesIt() {
        JsonNode health = healthWithoutOutage();

        List<String> names = new ArrayList<>();
        health.path("checks").forEach(check -> names.add(check.path("name").asText()));
        assertThat(names)
                .contains(
                        "database",
                        "events",
                        "migrations",
                        "redis",
                        "signing_keys",
                        "search",
                        "database_connections",
                        "clock",
                        "disk_home",
                        "disk_tmp",
                        "heap",
                        "plugin:financial_business");
        // How full the disk is, and how slow the machine, is not the product's doing.
        for (JsonNode check : health.path("checks")) {
            assertThat(check.path("finding").asText()).as("%s", check).isNotBlank();
            assertThat(check.path("threshold").asText()).as("%s", check).isNotBlank();
            assertThat(check.path("status").asText()).as("%s", check).isIn("ok", "degraded", "down");
            assertThat(check.has("advice"))
                    .as("%s", check)
                    .isEqualTo(!check.path("status").asText().equals("ok"));
        }
        assertThat(finding(health, "migrations")).contains("core is at", "financial_business is at");
        // What was written to see that it can be is gone.
        assertThat(stage.database().count("select count(*) from core.events where type = 'health_checked'"))
                .isZero();
    }

    @Test
    void anOldSchemaIsSeen() {
        String newest = stage.database()
                .query("select max(version::int) from financial_business.flyway_schema_history")
                .get(0);
        stage.database()
                .execute("update financial_business.flyway_schema_history set version = '0' where version = ?", newest);
        try {
            Patience.within(LIMIT, () -> {
                JsonNode health = admin.get(DEEP_HEALTH).is(200).json();
                assertThat(health.path("status").asText()).isEqualTo("down");
                assertThat(finding(health, "migrations"))
                        .contains("financial_business is at 0 and should be at " + newest);
            });
        } finally {
            stage.database()
                    .execute(
                            "update financial_business.flyway_schema_history set version = ? where version = '0'",
                            newest);
        }
    }

    private static String finding(JsonNode health, String name) {
        for (JsonNode check : health.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("finding").asText();
            }
        }
        throw new AssertionError("There is no check " + name + " in " + health);
    }

    @Test
    void servicesAreListedWithThePlugin() {
        Patience.within(LIMIT, () -> {
            List<String> seen = new ArrayList<>();
            for (JsonNode service : admin.get(SERVICES).is(200).json()) {
                seen.add(service.path("kind").asText() + " "
                        + service.path("name").asText() + " "
                        + service.path("status").asText().replace("degraded", "ok"));
                assertThat(service.path("version").asText())
                        .as("%s", service)
                        .isNotBlank()
                        .isNotEqualTo("unknown");
                assertThat(service.path("since").asText()).as("%s", service).matches("\\d{4}-.*Z");
            }
            assertThat(seen)
                    .contains(
                            "core database ok",
                            "core redis ok",
                            "core migrations ok",
                            "core identity ok",
                            "core events ok",
                            "core routes ok",
                            "plugin financial_business ok");
        });
    }

    @Test
    void businessNumbersFollowATransfer() {
        String from = business.open(alicePerson, "USD", "100.10");
        String yen = business.open(alicePerson, "JPY", "5");
        String to = business.open(alicePerson, "USD");
        for (String window : List.of("1h", "24h", "7d", "30d")) {
            assertThat(number("transfers", window, null)).isEqualTo("0");
            assertThat(number("transferred_amount", window, "USD")).isEqualTo("none");
        }

        Business.transfer(alice, from, to, "0.10", "USD").is(200);
        Business.transfer(alice, from, to, "1.25", "USD").is(200);
        Business.transfer(alice, yen, business.open(alicePerson, "JPY"), "5", "JPY")
                .is(200);

        for (String window : List.of("1h", "24h", "7d", "30d")) {
            assertThat(number("transfers", window, null)).isEqualTo("3");
            assertThat(number("transferred_amount", window, "USD")).isEqualTo("1.35");
            assertThat(number("transferred_amount", window, "JPY")).isEqualTo("5");
            assertThat(number("deposited_amount", window, "USD")).isEqualTo("100.10");
            assertThat(number("deposits", window, null)).isEqualTo("2");
        }
        // Another organization's are another's.
        UUID other = stage.fixtures().organization();
        JsonNode theirs = space.as(stage.fixtures().admin(other))
                .get(BUSINESS_METRICS)
                .is(200)
                .json();
        assertThat(number(theirs, "transfers", "1h", null)).isEqualTo("0");
    }

    @Test
    void thePlatformCountsItsOwn() {
        UUID ours = stage.fixtures().organization();
        Person user = stage.fixtures().user(ours);
        Caller ourAdmin = space.as(stage.fixtures().admin(ours));
        JsonNode before = ourAdmin.get(BUSINESS_METRICS).is(200).json();
        // Whoever signed in is active.
        assertThat(platform(before, "active_users")).isEqualTo(BigDecimal.ONE);

        space.signIn(user.email(), Fixtures.PASSWORD);
        new Business(ourAdmin).open(user, "USD", "1");
        JsonNode after = ourAdmin.get(BUSINESS_METRICS).is(200).json();

        assertThat(platform(after, "sign_ins"))
                .isEqualTo(platform(before, "sign_ins").add(BigDecimal.ONE));
        assertThat(platform(after, "active_users")).isEqualTo(BigDecimal.valueOf(2));
        assertThat(platform(after, "new_members")).isEqualTo(BigDecimal.valueOf(2));
        assertThat(platform(after, "new_organizations")).isGreaterThanOrEqualTo(BigDecimal.ONE);
    }

    private static BigDecimal platform(JsonNode answer, String name) {
        for (JsonNode metric : answer.path("platform")) {
            if (metric.path("name").asText().equals(name)) {
                return metric.path("values").path(0).path("value").decimalValue();
            }
        }
        throw new AssertionError("There is no " + name + " in " + answer);
    }

    private String number(String metric, String window, String key) {
        return number(admin.get(BUSINESS_METRICS).is(200).json(), metric, window, key);
    }

    private static String number(JsonNode answer, String name, String window, String key) {
        for (JsonNode plugin : answer.path("plugins")) {
            for (JsonNode metric : plugin.path("metrics")) {
                if (plugin.path("plugin").asText().equals("financial_business")
                        && metric.path("name").asText().equals(name)) {
                    for (JsonNode value : metric.path("values")) {
                        if (value.path("window").asText().equals(window)
                                && (key == null || value.path("key").asText().equals(key))) {
                            return value.path("value").decimalValue().toPlainString();
                        }
                    }
                    return "none";
                }
            }
        }
        throw new AssertionError("There is no metric " + name + " in " + answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {DEEP_HEALTH, BUSINESS_METRICS, SERVICES, METRICS})
    void onlyAdministratorsAreTold(String path) {
        space.anonymous().get(path).refused(401);
        alice.get(path).refused(403);
        admin.get(path).is(200);
    }

    @Test
    void prometheusFindsGrowingCounters() {
        String accounts = "http_server_requests_seconds_count{group=\"financial_business\",method=\"GET\","
                + "route=\"/api/plugins/financial_business/accounts\",status=\"2xx\"}";
        String refusals = "space_refusals_total{code=\"TOKEN_MISSING\"}";
        alice.get(Business.PATH + "/accounts").is(200);
        space.anonymous().get("/api/auth/me").refused(401);
        String before = admin.get(METRICS).is(200).body();
        alice.get(Business.PATH + "/accounts").is(200);
        space.anonymous().get("/api/auth/me").refused(401);
        space.anonymous().call("BREW", "/api/no/such/" + UUID.randomUUID());
        admin.get(SERVICES).is(200);
        Answer after = admin.with("Accept", "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5")
                .get(METRICS)
                .is(200)
                .hasManners();

        // The order of a media type's parameters means nothing (RFC 9110, section 8.3.1).
        assertThat(after.header("Content-Type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .split("; *", -1))
                .containsExactlyInAnyOrder("text/plain", "version=0.0.4", "charset=utf-8");
        // Other tests make such requests too.
        assertThat(sample(after.body(), accounts)).isGreaterThanOrEqualTo(sample(before, accounts) + 1);
        assertThat(sample(after.body(), refusals)).isGreaterThanOrEqualTo(sample(before, refusals) + 1);
        Patience.within(LIMIT, () -> {
            admin.get(SERVICES).is(200);
            String metrics = admin.get(METRICS).is(200).body();
            assertThat(sample(metrics, "space_service_up{service=\"database\"}"))
                    .isEqualTo(1);
            assertThat(sample(metrics, "space_service_up{service=\"financial_business\"}"))
                    .isEqualTo(1);
        });
        assertThat(after.body())
                .contains("jvm_memory_used_bytes", "jvm_gc_pause_seconds_count", "process_uptime_seconds")
                .contains("space_plugin_calls_total{outcome=\"succeeded\",plugin=\"financial_business\"}")
                .doesNotContain("BREW", "/no/such/", alicePerson.email(), org.toString());
    }

    private static double sample(String text, String series) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(text);
        assertThat(line.find()).as("%s in%n%s", series, text).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
