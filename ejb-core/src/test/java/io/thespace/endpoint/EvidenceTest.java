package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.endpoint.Evidence.By;
import io.thespace.endpoint.Evidence.Last;
import io.thespace.endpoint.Evidence.Measured;
import io.thespace.endpoint.Evidence.Sighting;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Rejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private enum ShelfError implements ErrorCode {
        EMPTY(Kind.NOT_FOUND),
        FULL(Kind.CONFLICT),
        BURNT(Kind.INTERNAL),
        CLOSED(Kind.UNAVAILABLE);

        private final Kind kind;

        ShelfError(Kind kind) {
            this.kind = kind;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public String summary() {
            return "Something about the shelf.";
        }
    }

    record Book(String title) {}

    private static Route route(Endpoint.Builder<Void> endpoint) {
        Endpoint<Void> declared = endpoint.summary("Read")
                .refuses(ShelfError.EMPTY, ShelfError.BURNT, ShelfError.CLOSED)
                .handler(call -> null);
        return new Route("/api" + declared.path(), Mount.of("Shelves"), declared);
    }

    private final Evidence evidence = new Evidence();
    private final Route route = route(Endpoint.get("/shelf").answers(Book.class, new Book("A")));

    private static Answer answer(String mediaType, String body) {
        return new Answer(200, mediaType, body.getBytes(StandardCharsets.UTF_8), Map.of(), false);
    }

    private Measured afterRefusal(By by, ErrorCode code) {
        Route fresh = route(Endpoint.get("/shelf").answers(Book.class, new Book("A")));
        evidence.refused(fresh, by, "r-1", new Rejection(code, "It is so."));
        return evidence.of(fresh).measured();
    }

    private Measured afterAnswer(Endpoint.Builder<Void> endpoint, String mediaType, String body) {
        Route fresh = route(endpoint);
        evidence.answered(fresh, By.TRAFFIC, answer(mediaType, body));
        return evidence.of(fresh).measured();
    }

    @Test
    void nothingIsProvenByItself() {
        assertThat(evidence.of(route)).isEqualTo(new Last(null, null));
        assertThat(evidence.of(route).measured()).isEqualTo(Measured.UNPROVEN);
    }

    @Test
    void anAnswerOfTheDeclaredFormIsWithinTheContract() {
        String json = "application/json";
        assertThat(afterAnswer(Endpoint.get("/a").answers(Book.class, new Book("A")), json, "{}"))
                .isEqualTo(Measured.WORKING);
        assertThat(afterAnswer(Endpoint.get("/a").answersList(Book.class, new Book("A")), json, "[]"))
                .isEqualTo(Measured.WORKING);
        assertThat(afterAnswer(Endpoint.get("/a").answersPage(Book.class, new Book("A")), json, "{}"))
                .isEqualTo(Measured.WORKING);
        assertThat(afterAnswer(Endpoint.get("/a").answersContent("text/html"), "text/html;charset=utf-8", "<p>"))
                .isEqualTo(Measured.WORKING);
        assertThat(afterAnswer(Endpoint.get("/a").answersContent("*/*"), "image/png", "x"))
                .isEqualTo(Measured.WORKING);
        assertThat(afterAnswer(Endpoint.get("/a"), null, "")).isEqualTo(Measured.WORKING);
    }

    @Test
    void anAnswerOfAnotherFormIsNot() {
        String json = "application/json";
        assertThat(afterAnswer(Endpoint.get("/a").answers(Book.class, new Book("A")), json, "null"))
                .isEqualTo(Measured.FAILING);
        assertThat(afterAnswer(Endpoint.get("/a").answersList(Book.class, new Book("A")), json, "{}"))
                .isEqualTo(Measured.FAILING);
        assertThat(afterAnswer(Endpoint.get("/a").answersPage(Book.class, new Book("A")), json, "[]"))
                .isEqualTo(Measured.FAILING);
        assertThat(afterAnswer(Endpoint.get("/a").answersContent("text/html"), "text/plain", "x"))
                .isEqualTo(Measured.FAILING);
    }

    @Test
    void aDeclaredRefusalIsWithinTheContract() {
        assertThat(afterRefusal(By.TRAFFIC, ShelfError.EMPTY)).isEqualTo(Measured.WORKING);
        assertThat(afterRefusal(By.PROBE, ShelfError.EMPTY)).isEqualTo(Measured.WORKING);
    }

    @Test
    void anUndeclaredRefusalIsNot() {
        assertThat(afterRefusal(By.TRAFFIC, ShelfError.FULL)).isEqualTo(Measured.FAILING);
        evidence.refused(route, By.TRAFFIC, "r-1", new Rejection(ShelfError.FULL, "It is full."));
        assertThat(evidence.of(route).broken().fault()).contains("FULL").endsWith(".");
    }

    @Test
    void aDefectIsNotEvenWhereItIsDeclared() {
        assertThat(afterRefusal(By.TRAFFIC, ShelfError.BURNT)).isEqualTo(Measured.FAILING);
        evidence.refused(route, By.PROBE, "r-17", new Rejection(EndpointError.DEFECT, "Something went wrong."));
        assertThat(evidence.of(route).broken().fault()).contains("r-17");
    }

    @Test
    void anOutageSaysNothing() {
        for (ErrorCode code : List.of(
                EndpointError.DATABASE_AWAY, EndpointError.BUSY, EndpointError.TOO_MANY_CALLS, ShelfError.CLOSED)) {
            assertThat(afterRefusal(By.TRAFFIC, code)).as(code.name()).isEqualTo(Measured.UNPROVEN);
            assertThat(afterRefusal(By.PROBE, code)).as(code.name()).isEqualTo(Measured.UNPROVEN);
        }
    }

    @Test
    void whatThePlatformRefusesIsTheClientsFaultButTheExamplesFaultInAProbe() {
        for (ErrorCode code :
                List.of(EndpointError.INVALID_REQUEST, EndpointError.ROLE_MISSING, EndpointError.KEY_REUSED)) {
            assertThat(afterRefusal(By.TRAFFIC, code)).as(code.name()).isEqualTo(Measured.UNPROVEN);
            assertThat(afterRefusal(By.PROBE, code)).as(code.name()).isEqualTo(Measured.FAILING);
        }
    }

    @Test
    void theLastOutcomeCounts() {
        Instant then = Instant.parse("2026-01-31T12:00:00Z");
        Sighting kept = new Sighting(then, By.PROBE, null);
        Sighting brokenLater = new Sighting(then.plusMillis(1), By.TRAFFIC, "It failed.");
        Sighting keptLater = new Sighting(then.plusMillis(2), By.TRAFFIC, null);
        assertThat(new Last(kept, brokenLater).measured()).isEqualTo(Measured.FAILING);
        assertThat(new Last(keptLater, brokenLater).measured()).isEqualTo(Measured.WORKING);
        assertThat(new Last(null, brokenLater).measured()).isEqualTo(Measured.FAILING);
    }

    @Test
    void aCallThatHangsIsBroken() {
        evidence.late(route, Duration.ofSeconds(10));

        assertThat(evidence.of(route).measured()).isEqualTo(Measured.FAILING);
        assertThat(evidence.of(route).broken().fault()).contains("10 seconds");
    }

    /** A plugin that comes back has equal endpoints, and is another one all the same. */
    @Test
    void anEqualRouteIsAnotherOne() {
        evidence.answered(route, By.TRAFFIC, answer("application/json", "{}"));
        Route again = new Route(route.path(), route.mount(), route.endpoint());

        assertThat(again).isEqualTo(route);
        assertThat(evidence.of(again).measured()).isEqualTo(Measured.UNPROVEN);
        assertThat(evidence.of(route).measured()).isEqualTo(Measured.WORKING);
    }

    @Test
    void sumsUpByDeclarationAndMeasurement() {
        Route plugins = new Route("/api/plugins/shelves/shelf", Mount.of("shelves"), route.endpoint());
        evidence.answered(route, By.PROBE, answer("application/json", "{}"));

        EndpointStatusView view = EndpointStatuses.view(List.of(route, plugins), evidence, null);

        assertThat(view.summary().declared()).isEqualTo(Map.of("implemented", 2, "mocked", 0, "pending", 0));
        assertThat(view.summary().measured()).isEqualTo(Map.of("working", 1, "failing", 0, "unproven", 1));
        assertThat(view.platform().plugin()).isNull();
        assertThat(view.platform().endpoints()).singleElement().satisfies(line -> {
            assertThat(line.measured()).isEqualTo("working");
            assertThat(line.by()).isEqualTo("probe");
            assertThat(line.failure()).isNull();
        });
        assertThat(view.plugins()).singleElement().satisfies(part -> {
            assertThat(part.plugin()).isEqualTo("shelves");
            assertThat(part.endpoints()).singleElement().satisfies(line -> assertThat(line.measured())
                    .isEqualTo("unproven"));
        });
    }
}
