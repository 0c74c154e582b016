package io.thespace.plugin.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.endpoint.EndpointError;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.Kind;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A test of a plugin sees what a client of the platform sees. */
class PluginStageTest {

    private enum Refusal implements ErrorCode {
        DECLARED,
        UNDECLARED;

        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String summary() {
            return "It conflicts.";
        }
    }

    public record NumberView(int number) {}

    /** Endpoints that do what a query asks for. */
    private static final class Numbers extends PluginContractTest.Sample {

        @Override
        public List<Endpoint<?>> endpoints() {
            return List.of(
                    Endpoint.get("/numbers")
                            .summary("List numbers")
                            .query("from", Integer.class, "The first.")
                            .answersPage(NumberView.class, new NumberView(1))
                            .handler(call -> Page.of(
                                    IntStream.range(0, call.page().limit() + 1)
                                            .map(i -> i
                                                    + call.page()
                                                            .after()
                                                            .map(Integer::valueOf)
                                                            .orElse(0))
                                            .mapToObj(NumberView::new)
                                            .toList(),
                                    call.page().limit(),
                                    view -> String.valueOf(view.number() + 1))),
                    Endpoint.get("/count")
                            .summary("Count samples")
                            .answers(NumberView.class, new NumberView(1))
                            .handler(call -> new NumberView(count(call.actor()))),
                    changing(Endpoint.post("/together"))
                            .handler(call -> change(
                                    call.actor(),
                                    call.query("how", String.class).orElse(""))),
                    changing(Endpoint.post("/apart"))
                            .ownTransactions()
                            .handler(call -> change(
                                    call.actor(),
                                    call.query("how", String.class).orElse(""))));
        }

        private static Endpoint.Builder<Void> changing(Endpoint.Builder<Void> builder) {
            return builder.summary("Take a sample")
                    .query("how", String.class, "Its end.")
                    .refuses(Refusal.DECLARED);
        }

        private Object change(Actor actor, String how) throws SQLException {
            context.database().transact(actor, connection -> {
                try (Statement insert = connection.createStatement()) {
                    return insert.executeUpdate("insert into sample (org_id) values ('" + actor.orgId() + "')");
                }
            });
            switch (how) {
                case "refuse" -> throw new Rejection(Refusal.DECLARED, "Refused.");
                case "surprise" -> throw new Rejection(Refusal.UNDECLARED, "Refused.");
                case "break" -> throw new IllegalStateException("broken");
                case "lock" -> throw new SQLException("deadlock detected", "40P01");
                default -> {
                    return null;
                }
            }
        }

        private int count(Actor actor) throws SQLException {
            return context.database().transact(actor, connection -> {
                try (Statement query = connection.createStatement();
                        ResultSet rows = query.executeQuery("select count(*) from sample")) {
                    rows.next();
                    return rows.getInt(1);
                }
            });
        }
    }

    private final PluginStage stage = PluginStage.of(new Numbers());
    private final Actor alice = stage.member(Role.USER);

    @AfterEach
    void close() {
        stage.close();
    }

    private int count() {
        return stage.call(alice, "GET /count").as(NumberView.class).number();
    }

    private static Rejection refused(ErrorCode code, ThrowingCallable call) {
        Rejection[] refused = new Rejection[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejection.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            refused[0] = refusal;
        });
        return refused[0];
    }

    @Test
    void pagesHaveTheFormOfTheWireAndSignedCursors() {
        PluginStage.Answer first = stage.call(alice, "GET /numbers?limit=2");
        assertThat(first.items(NumberView.class)).containsExactly(new NumberView(0), new NumberView(1));
        assertThat(first.json().at("/items/1/number").intValue()).isEqualTo(1);
        String cursor = first.nextCursor().orElseThrow();
        assertThat(first.json().at("/next_cursor").textValue()).isEqualTo(cursor);

        assertThat(stage.call(alice, "GET /numbers?limit=1&cursor=" + cursor).items(NumberView.class))
                .containsExactly(new NumberView(2));
        refused(EndpointError.INVALID_CURSOR, () -> stage.call(alice, "GET /numbers?cursor=2"));
        refused(EndpointError.INVALID_CURSOR, () -> stage.call(alice, "GET /numbers?from=1&cursor=" + cursor));
        refused(
                EndpointError.INVALID_CURSOR,
                () -> stage.call(stage.member(Role.USER), "GET /numbers?cursor=" + cursor));
    }

    @Test
    void everyMalformedParameterIsNamed() {
        assertThat(refused(EndpointError.INVALID_REQUEST, () -> stage.call(alice, "GET /numbers?from=x&form=1"))
                        .getMessage())
                .isEqualTo("from must be a whole number; form is not a parameter of this endpoint.");
        refused(EndpointError.INVALID_REQUEST, () -> stage.call(alice, "GET /numbers?limit=101"));
        refused(EndpointError.WRONG_METHOD, () -> stage.call(alice, "POST /numbers"));
        refused(EndpointError.UNKNOWN_PATH, () -> stage.call(alice, "GET /numbers/" + UUID.randomUUID()));
    }

    @Test
    void whatChangesSomethingRunsInOneTransaction() {
        assertThat(stage.call(alice, "POST /together").status()).isEqualTo(204);
        assertThat(count()).isEqualTo(1);
        refused(Refusal.DECLARED, () -> stage.call(alice, "POST /together?how=refuse"));
        assertThat(count()).isEqualTo(1);
        refused(Refusal.DECLARED, () -> stage.call(alice, "POST /apart?how=refuse"));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void anOutageIsARefusalAndADefectFailsTheTest() {
        refused(EndpointError.BUSY, () -> stage.call(alice, "POST /together?how=lock"));
        assertThatThrownBy(() -> stage.call(alice, "POST /together?how=break"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("POST /together failed: java.lang.IllegalStateException: broken");
        assertThatThrownBy(() -> stage.call(alice, "POST /together?how=surprise"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UNDECLARED");
    }
}
