package io.thespace.benchmark;

import static io.thespace.benchmark.SmallRequest.get;
import static io.thespace.benchmark.SmallRequest.send;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests with bodies of at most 4 KiB that are meant to be as dear as they can be. */
final class SmallRequests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEASURE = "/api/plugins/mirrorcore/measure";
    private static final String CALENDAR = "/api/plugins/human_simulator/calendar";
    private static final String SCENARIOS = "/api/plugins/human_simulator/scenarios";
    private static final String SEARCH = "/management/v1/memories/search";
    private static final String ECHO = "/api/v1/gateway/echo";

    /** Failed sign-ins of one address that are checked; more are refused before they cost anything. */
    private static final int GUESSES = 4;

    private static final int FEW = 5;

    /** The length of text that fits into a body in addition to the member names. */
    private static final int TEXT = 3_900;

    private final Session session;
    private final List<SmallRequest> all = new ArrayList<>();

    private SmallRequests(Session session) {
        this.session = session;
    }

    /** All, with what they need at the instance: an entry of the calendar and a scenario. */
    static List<SmallRequest> at(Session session) throws IOException, InterruptedException {
        SmallRequests requests = new SmallRequests(session);
        requests.documents();
        requests.texts();
        requests.calendars();
        requests.scenarios();
        requests.searches();
        requests.json();
        requests.signIns();
        requests.lists();
        for (SmallRequest request : requests.all) {
            if (request.body() != null
                    && request.body().getBytes(StandardCharsets.UTF_8).length > SmallRequest.MAX_BODY) {
                throw new IllegalStateException(request.name() + " has a body of more than 4 KiB");
            }
        }
        return requests.all;
    }

    private void documents() {
        all.add(get("OpenAPI document", "/api/openapi"));
        all.add(get("OpenAPI document as YAML", "/api/openapi.yaml"));
        all.add(get("OpenAPI document of management", "/management/openapi"));
        all.add(get("OpenAPI document of management as YAML", "/management/openapi.yaml"));
        all.add(get("AsyncAPI document", "/api/asyncapi"));
        all.add(get("metrics", "/api/metrics"));
    }

    private void texts() throws IOException {
        Random random = new Random(1);
        Map<String, String> texts = new LinkedHashMap<>();
        for (String unit : List.of(
                "a",
                "ab",
                "a ",
                "a. ",
                "A. ",
                "a.",
                "a-",
                "1,",
                "Mr. ",
                "e.g. ",
                "U.S. ",
                "!",
                "?! ",
                "a!",
                "not good ",
                "very very good ",
                "but ",
                "aeiou",
                "\u00e9 ",
                "a\u0301",
                "\u6771",
                "\u0e01",
                "\ud83d\ude00",
                ":) ",
                "\"a\" ",
                "it's ",
                "\n\n",
                "a\n\n",
                "the of and ",
                "antidisestablishmentarianism ")) {
            texts.put("of " + unit.replace("\n", "\\n"), repeated(unit, TEXT));
        }
        texts.put("of random letters", letters(random, TEXT, 0));
        texts.put("of random words", letters(random, TEXT, 4));
        texts.put("of random sentences", letters(random, TEXT * 9 / 10, 4).replaceAll("(\\w+ \\w+ \\w+)", "$1."));
        for (Map.Entry<String, String> text : texts.entrySet()) {
            all.add(send("measure a text " + text.getKey(), "POST", MEASURE, body("text", text.getValue())));
        }
    }

    private void calendars() throws IOException, InterruptedException {
        ObjectNode entry = JSON.createObjectNode()
                .put("name", "Benchmark")
                .put("scenario", "login")
                .put("zone", "Europe/Berlin")
                .put("starts_at", "1900-01-01T00:00:00")
                .put("enabled", true);
        String id =
                session.send("POST", CALENDAR, entry.toString()).get("entry_id").asText();
        String days = IntStream.rangeClosed(1, 31).mapToObj(String::valueOf).collect(Collectors.joining(","));
        String hours = IntStream.rangeClosed(0, 23).mapToObj(String::valueOf).collect(Collectors.joining(","));
        List<String> rules = List.of(
                "FREQ=HOURLY",
                "FREQ=HOURLY;COUNT=10000",
                "FREQ=HOURLY;INTERVAL=9973;COUNT=10000",
                "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;BYHOUR=2",
                "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31;BYSETPOS=-1",
                "FREQ=HOURLY;INTERVAL=10000;BYHOUR=1;BYMONTH=2;BYMONTHDAY=29",
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=DAILY;INTERVAL=10000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
                "FREQ=DAILY;COUNT=10000;BYHOUR=" + hours,
                "FREQ=DAILY;UNTIL=99991231T000000Z",
                "FREQ=WEEKLY;INTERVAL=10000;BYMONTH=2",
                "FREQ=WEEKLY;COUNT=10000;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=" + hours,
                "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2",
                "FREQ=MONTHLY;COUNT=10000;BYMONTHDAY=" + days + ";BYHOUR=" + hours,
                "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=YEARLY;COUNT=10000;BYMONTHDAY=" + days + ";BYHOUR=" + hours,
                "FREQ=YEARLY;BYSETPOS=366;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=" + hours,
                "FREQ=YEARLY;BYYEARDAY=366;BYDAY=MO;BYMONTH=1",
                "FREQ=YEARLY;INTERVAL=10000;BYWEEKNO=52;BYDAY=MO,SU;BYHOUR=" + hours);
        for (String rule : rules) {
            all.add(send(
                    "calendar entry with " + shortened(rule),
                    "PUT",
                    CALENDAR + "/" + id,
                    entry.put("rule", rule).toString()));
        }
        for (String rule : List.of(rules.get(4), rules.get(8), rules.get(17), rules.get(3))) {
            StringBuilder events = new StringBuilder("BEGIN:VCALENDAR\r\n");
            for (int i = 0; events.length() < TEXT - 400; i++) {
                events.append("BEGIN:VEVENT\r\nUID:benchmark-").append(i).append("\r\nDTSTART:19000101T000000Z\r\n");
                events.append("RRULE:").append(rule).append("\r\nSUMMARY:x\r\nEND:VEVENT\r\n");
            }
            all.add(send(
                    "calendar of events with " + shortened(rule),
                    "POST",
                    CALENDAR + "/import",
                    JSON.createObjectNode()
                            .put("icalendar", events.append("END:VCALENDAR\r\n").toString())
                            .put("scenario", "login")
                            .toString()));
        }
        all.add(get("calendar as iCalendar", CALENDAR + ".ics"));
    }

    private void scenarios() throws IOException, InterruptedException {
        StringBuilder steps = new StringBuilder();
        for (int i = 0; steps.length() < TEXT - 400; i++) {
            steps.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"s")
                    .append(i)
                    .append(
                            "\",\"method\":\"GET\",\"path\":\"/api/health\",\"optional\":true,\"expect\":{\"checks\":[{\"pointer\":\"/status\",")
                    .append("\"matches\":\"(((\\\\w*)*)*)*!\"}]}}");
        }
        String name = "benchmark_" + UUID.randomUUID().toString().substring(0, 8);
        all.add(send(
                "scenario of regular expressions, stored",
                "PUT",
                SCENARIOS + "/" + name,
                "{\"name\":\"" + name + "\",\"steps\":[" + steps + "]}"));
        all.add(send(
                        "scenario of regular expressions, simulated",
                        "POST",
                        "/api/plugins/human_simulator/simulate",
                        "{\"scenario\":\"" + name + "\",\"users\":1}")
                .atMost(FEW));
        session.send("POST", SCENARIOS, "{\"name\":\"" + name + "\",\"steps\":[" + steps + "]}");
    }

    private void searches() throws IOException {
        Random random = new Random(2);
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("one letter", "a");
        queries.put("one long word", repeated("a", 450));
        queries.put("random words", letters(random, 450, 3));
        queries.put("random letters", letters(random, 450, 0));
        queries.put("operators", repeated("a or -b \"c d\" ", 450));
        queries.put("wildcards", repeated("%_", 450));
        queries.put("CJK", repeated("\u6771\u4eac", 450));
        queries.put("combining marks", repeated("a\u0301\u0302", 450));
        for (Map.Entry<String, String> query : queries.entrySet()) {
            all.add(send("search for " + query.getKey(), "POST", SEARCH, body("query", query.getValue())));
        }
        all.add(get("memories of a subject", "/management/v1/memories?subject=" + "a".repeat(190)));
        all.add(get(
                "memories as of long ago", "/management/v1/memories?as_of=1970-01-01T00:00:00Z&include_expired=true"));
        all.add(get("memories, exported", "/management/v1/memories/export"));
    }

    private void json() {
        all.add(send("echo of nested arrays", "POST", ECHO, repeated("[", 900) + repeated("]", 900)));
        all.add(send("echo of a long number", "POST", ECHO, repeated("9", TEXT)));
        String deep = repeated("{\"a\":", 2_500) + "1" + repeated("}", 500);
        all.add(send("nested objects for metadata", "POST", "/management/v1/memories", "{\"metadata\":" + deep + "}"));
        all.add(send(
                "long number for a number",
                "POST",
                "/management/v1/memories",
                "{\"importance\":" + repeated("9", TEXT) + "}"));
        all.add(send(
                "long fraction for a number",
                "POST",
                "/management/v1/memories",
                "{\"importance\":0." + repeated("9", TEXT) + "}"));
        String colliding = IntStream.range(0, 512)
                .mapToObj(i -> IntStream.range(0, 9)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .limit(150)
                .map(key -> "\"" + key + "\":1")
                .collect(Collectors.joining(","));
        all.add(send("keys of one hash", "POST", "/management/v1/memories", "{\"metadata\":{" + colliding + "}}"));
        all.add(send(
                "unknown members",
                "POST",
                "/management/v1/memories",
                "{\"x\":" + repeated("[1,", 1_500) + "1" + repeated("]", 500) + "}"));
    }

    private void signIns() throws IOException {
        String nobody = UUID.randomUUID() + "@example.org";
        all.add(send(
                        "sign-in with a wrong password",
                        "POST",
                        "/api/auth/login",
                        JSON.createObjectNode()
                                .put("email", nobody)
                                .put("password", repeated("a", 190))
                                .toString())
                .atMost(GUESSES));
        all.add(send(
                        "invitation code that is none",
                        "POST",
                        "/api/frontend/membership/validate-invitation",
                        "{\"code\":\"7Q2M4-XK0VD-9FJ3H-B6T8R\",\"pin\":\"40718625\"}")
                .atMost(GUESSES));
        all.add(send(
                "refresh token that is none",
                "POST",
                "/api/auth/refresh",
                "{\"refresh_token\":\"" + repeated("a", TEXT) + "\"}"));
        all.add(send(
                        "invitation",
                        "POST",
                        "/api/control-center/invitations",
                        "{\"name\":\"Benchmark\",\"role\":\"MEMBER\"}")
                .atMost(FEW));
    }

    private void lists() {
        for (String path : List.of(
                "/api/ready",
                "/api/plugins",
                "/api/frontend/dashboard",
                "/api/frontend/ui-registry",
                "/api/control-center/plugins",
                "/api/control-center/services",
                "/api/control-center/catalog/export",
                "/api/control-center/endpoint-status",
                "/api/control-center/events?limit=100",
                "/api/control-center/audit-events?limit=100",
                "/api/control-center/audit-events/verify",
                "/api/control-center/monitoring/health",
                "/api/control-center/monitoring/deep-health",
                "/api/control-center/monitoring/business-metrics",
                "/api/plugins/financial_business/admin/invariants",
                "/management/v1/analytics/usage",
                "/management/v1/analytics/latency",
                "/management/v1/analytics/agents",
                "/management/ready")) {
            all.add(get(path, path));
        }
        all.add(send("probe of all endpoints", "POST", "/api/control-center/endpoint-status/probe", null)
                .atMost(FEW));
        all.add(send(
                        "legal hold",
                        "POST",
                        "/management/v1/legal-holds",
                        "{\"identifier\":\"" + repeated("\u00c5s", 190) + "\",\"reason\":\"Benchmark\"}")
                .atMost(FEW));
        all.add(send(
                        "data request",
                        "POST",
                        "/management/v1/data-requests",
                        "{\"kind\":\"ACCESS\",\"identifier\":\"" + repeated("s\u00df", 190) + "\"}")
                .atMost(FEW));
    }

    private static String body(String member, String text) throws IOException {
        JsonNode body = JSON.createObjectNode().put(member, text);
        return JSON.writeValueAsString(body);
    }

    /** As often as it fits into so many bytes of JSON. */
    private static String repeated(String unit, int bytes) {
        int each = JSON.getNodeFactory().textNode(unit).toString().getBytes(StandardCharsets.UTF_8).length - 2;
        return unit.repeat(bytes / each);
    }

    /** @param word letters of a word; 0 for no blanks */
    private static String letters(Random random, int length, int word) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= length; i++) {
            text.append(word > 0 && i % (word + 1) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static String shortened(String rule) {
        return rule.length() <= 60 ? rule : rule.substring(0, 60) + "…";
    }
}
