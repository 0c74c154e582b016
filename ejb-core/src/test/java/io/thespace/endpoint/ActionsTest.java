package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditDraft;
import io.thespace.identity.Fired;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.transaction.Insertion;
import io.thespace.transaction.TransactionStatements;
import io.thespace.transaction.Transactions;
import jakarta.validation.Validation;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionsTest {

    record NoteOrder(@NotNull String text, BigDecimal price) {}

    record NoteView(UUID id, String mood, String text, BigDecimal price) {}

    private static final UUID ID = UUID.randomUUID();
    private static final NoteView EXAMPLE = new NoteView(ID, "good", "x", BigDecimal.ONE);
    private static final Actor USER =
            new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "test", null, null, false);

    /** There is no database. */
    private static final Transactions NO_TRANSACTIONS = new Transactions() {
        @Override
        public <T> T required(Callable<T> work) throws Exception {
            return work.call();
        }
    };

    private static final TransactionStatements NO_STATEMENTS = new TransactionStatements() {
        @Override
        public void insert(List<Insertion> rows) {
            assertThat(rows).hasSize(1);
        }
    };

    private static final AuditAfterwards UNRECORDED = new AuditAfterwards() {
        @Override
        public void refused(AuditDraft draft, Rejection refusal) {
            assertThat(refusal).isNotNull();
        }
    };

    private final Routes routes = new Routes();
    private final Actions actions = new Actions(
            routes,
            new Pipeline(
                    new Decoder(Validation.byDefaultProvider()
                            .configure()
                            .messageInterpolator(new ParameterMessageInterpolator())
                            .buildValidatorFactory()
                            .getValidator()),
                    new Cursors(),
                    routes,
                    new Evidence(),
                    null,
                    new CallTransaction(
                            NO_TRANSACTIONS,
                            null,
                            NO_STATEMENTS,
                            UNRECORDED,
                            (actor, plugin, action, params, workflow) -> Optional.empty()),
                    UNRECORDED,
                    null,
                    new Fired<>()));

    private static Endpoint.Builder<Void> named(Endpoint.Builder<Void> builder, String action) {
        return builder.summary("Do it").action(action);
    }

    @BeforeEach
    void mount() {
        mount(
                "note_board",
                named(Endpoint.put("/notes/{id}"), "change_note")
                        .body(NoteOrder.class, new NoteOrder("x", null))
                        .path("id", UUID.class, "Which.")
                        .query("mood", String.class, "How.")
                        .creates(NoteView.class, EXAMPLE)
                        .handler(call -> new NoteView(
                                call.path("id", UUID.class),
                                call.query("mood", String.class).orElse(null),
                                call.body().text(),
                                call.body().price())),
                named(Endpoint.get("/notes"), "notes")
                        .answersPage(NoteView.class, EXAMPLE)
                        .handler(call -> new Page<>(
                                List.of(EXAMPLE).subList(0, call.page().limit() - 1), null)),
                named(Endpoint.delete("/notes"), "clear").role(Role.ADMIN).handler(call -> null));
    }

    private void mount(String plugin, Endpoint<?>... endpoints) {
        routes.mount(Mount.of(plugin), "/api/plugins/" + plugin, List.of(endpoints));
    }

    private Answer call(Actor actor, String plugin, String action, Map<String, ?> params) {
        return actions.call(actor, plugin, action, params, null, Json.MAPPER);
    }

    private List<FieldError> faults(String action, Map<String, ?> params) {
        try {
            call(USER, "note_board", action, params);
        } catch (Rejection refusal) {
            assertThat(refusal.code()).isEqualTo(EndpointError.INVALID_REQUEST);
            return refusal.details();
        }
        throw new AssertionError("Nothing was refused");
    }

    @Test
    void paramsBecomeParametersAndMembersAndTheAnswerComesAsItIs() {
        Answer answer = call(
                USER,
                "note_board",
                "change_note",
                Map.of("id", ID, "mood", "good", "text", "Hello", "price", new BigDecimal("1.10")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"%s\",\"mood\":\"good\",\"text\":\"Hello\",\"price\":1.10}", ID);
    }

    @Test
    void thePluginMayBeNamedInKebabCase() {
        assertThat(call(USER, "note-board", "notes", Map.of("limit", 1)).status())
                .isEqualTo(200);
    }

    @Test
    void unknownAndMissingParamsAreNamed() {
        assertThat(faults("change_note", Map.of("text", "Hello")))
                .containsExactly(new FieldError("id", "REQUIRED", "is missing"));
        assertThat(faults("change_note", Map.of("id", ID, "text", "Hello", "colour", "red")))
                .containsExactly(new FieldError("colour", "UNKNOWN", "is not a known member"));
        assertThat(faults("notes", Map.of("colour", "red")))
                .containsExactly(new FieldError("colour", "UNKNOWN", "is not a known member"));
        assertThat(faults("change_note", Map.of("id", List.of(ID), "text", "Hello")))
                .containsExactly(new FieldError("id", "TYPE", "must be a single value"));
        assertThat(faults("change_note", Map.of("id", "no uuid", "text", "Hello")))
                .containsExactly(new FieldError("id", "TYPE", "must be a UUID"));
    }

    @Test
    void aNumberThatIsTooLongToBeWrittenIsNamed() {
        for (String number : List.of("1e10001", "-1e-10001", "1e2147483647")) {
            assertThat(faults("change_note", Map.of("id", ID, "text", "Hello", "price", new BigDecimal(number))))
                    .as(number)
                    .extracting(FieldError::field)
                    .containsExactly("price");
        }
    }

    @Test
    void theActionsOwnRoleCounts() {
        assertThatThrownBy(() -> call(USER, "note_board", "clear", Map.of()))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(EndpointError.ROLE_MISSING));
        assertThat(call(Actor.platform(USER.orgId(), "test"), "note_board", "clear", Map.of())
                        .status())
                .isEqualTo(204);
        assertThatThrownBy(() -> call(Actor.anonymous("test", null, null), "note_board", "notes", Map.of()))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> assertThat(e.code()).isEqualTo(EndpointError.TOKEN_MISSING));
    }

    @Test
    void anActionThatNobodyDeclaresIsNotFound() {
        for (String plugin : List.of("nobody", "note_board")) {
            assertThatThrownBy(() -> call(USER, plugin, "nothing", Map.of()))
                    .isInstanceOfSatisfying(
                            Rejection.class, e -> assertThat(e.code()).isEqualTo(EndpointError.UNKNOWN_ACTION));
        }
    }

    @Test
    void aNameStandsForOneEndpointOfItsPlugin() {
        Endpoint<?> one = named(Endpoint.get("/one"), "same").handler(call -> null);
        Endpoint<?> two = named(Endpoint.get("/two"), "same").handler(call -> null);
        mount("first", one);
        mount("second", two);
        assertThatThrownBy(() -> mount("third", one, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same");
        assertThat(routes.of("third")).isEmpty();
    }
}
