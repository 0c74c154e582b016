package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thespace.sdk.Agent;
import io.thespace.sdk.AgentChange;
import io.thespace.sdk.AgentOrder;
import io.thespace.sdk.AgentUsage;
import io.thespace.sdk.AuditEvent;
import io.thespace.sdk.Budget;
import io.thespace.sdk.BulkDeletion;
import io.thespace.sdk.BulkDeletionOrder;
import io.thespace.sdk.CallUsage;
import io.thespace.sdk.DataExport;
import io.thespace.sdk.DataRequestOrder;
import io.thespace.sdk.DataRequests;
import io.thespace.sdk.Directive;
import io.thespace.sdk.DirectiveChange;
import io.thespace.sdk.DirectiveOrder;
import io.thespace.sdk.DirectiveVersion;
import io.thespace.sdk.FieldError;
import io.thespace.sdk.Latency;
import io.thespace.sdk.LegalHold;
import io.thespace.sdk.LegalHoldOrder;
import io.thespace.sdk.ManagementClient;
import io.thespace.sdk.Memory;
import io.thespace.sdk.MemoryChange;
import io.thespace.sdk.MemoryOrder;
import io.thespace.sdk.MemorySearch;
import io.thespace.sdk.MemorySearchResult.Contribution;
import io.thespace.sdk.MemorySearchResult.Hit;
import io.thespace.sdk.Message;
import io.thespace.sdk.MessageOrder;
import io.thespace.sdk.NewInvitation;
import io.thespace.sdk.NewToken;
import io.thespace.sdk.Period;
import io.thespace.sdk.RateLimits;
import io.thespace.sdk.RateLimitsChange;
import io.thespace.sdk.RefusedException;
import io.thespace.sdk.ResolvedDirective;
import io.thespace.sdk.Session;
import io.thespace.sdk.SessionOrder;
import io.thespace.sdk.Spend;
import io.thespace.sdk.Subject;
import io.thespace.sdk.Token;
import io.thespace.sdk.TokenOrder;
import io.thespace.sdk.Usage;
import io.thespace.sdk.User;
import io.thespace.sdk.UserChange;
import io.thespace.sdk.UserOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The management API through its Java SDK. */
class SdkIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Stage stage = Stage.shared();
    private final UUID org = stage.fixtures().organization();
    private final Person person = stage.fixtures().member(org, "owner");
    private final ManagementClient space = client(stage.space().as(person).token());

    private ManagementClient client(String bearer) {
        return ManagementClient.at(stage.space().base()).bearer(() -> bearer).build();
    }

    @Test
    void agentsLiveThroughIt() {
        AgentOrder order = new AgentOrder(
                "support", "Answers.", "gpt-4o-mini", List.of("refund"), new Budget(new BigDecimal("250.00"), "EUR"));
        Agent draft = space.agents().create(order);
        assertThat(draft.status()).isEqualTo("draft");
        assertThat(draft.tools()).containsExactly("refund");
        assertThat(draft.budget().amount()).isEqualByComparingTo("250");
        assertThat(draft.createdBy()).isEqualTo(person.id());

        assertThat(space.agents().activate(draft.id()).status()).isEqualTo("active");
        Agent changed = space.agents()
                .change(draft.id(), new AgentChange().model("gpt-4o").budget(null));
        assertThat(changed.model()).isEqualTo("gpt-4o");
        assertThat(changed.budget()).isNull();
        assertThat(space.agents().pause(draft.id()).status()).isEqualTo("paused");
        assertThat(space.agents().archive(draft.id()).status()).isEqualTo("archived");
        space.agents().delete(draft.id());

        RefusedException gone = catchThrowableOfType(
                RefusedException.class, () -> space.agents().get(draft.id()));
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.code()).isEqualTo("NOT_FOUND");
        assertThat(gone.requestId()).isNotEmpty();
    }

    @Test
    void aListIsAllOfIt() {
        List<UUID> made = IntStream.range(0, 5)
                .mapToObj(i ->
                        space.agents().create(new AgentOrder("agent " + i, "m")).id())
                .toList();

        assertThat(space.agents().list().inPagesOf(2).stream().map(Agent::id))
                .containsExactlyInAnyOrderElementsOf(made);
        assertThat(space.agents().list().with("status", "active")).isEmpty();
    }

    @Test
    void aTokenDoesWhatItMayUntilItIsRevoked() {
        NewToken made = space.tokens().create(new TokenOrder("nightly", List.of("agent_read"), null, null));
        ManagementClient program = client(made.accessToken());
        assertThat(program.agents().list()).isEmpty();
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> program.agents().create(new AgentOrder("a", "m")));
        assertThat(refused.code()).isEqualTo("INSUFFICIENT_PERMISSIONS");

        space.tokens().revoke(made.token().id(), "test");

        Token revoked = space.tokens().get(made.token().id());
        assertThat(revoked.revokedReason()).isEqualTo("test");
        assertThat(space.tokens().list().stream().map(Token::id)).contains(revoked.id());
        RefusedException dead = catchThrowableOfType(
                RefusedException.class, () -> program.agents().list().iterator().hasNext());
        assertThat(dead.code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void usersComeAndGo() {
        String email = UUID.randomUUID() + "@example.org";
        NewInvitation invited = space.users().invite(new UserOrder(email, "Ada", "viewer"));
        assertThat(invited.invitation().email()).isEqualTo(email);
        assertThat(invited.pin()).matches("\\d{8}");
        Person user = stage.fixtures().member(org, "viewer");
        assertThat(space.users()
                        .change(user.id(), new UserChange("member", null))
                        .role())
                .isEqualTo("member");
        assertThat(space.users().list().stream().map(User::id)).contains(user.id(), person.id());
        space.users().remove(user.id());
        assertThat(space.users().list().stream().map(User::id)).doesNotContain(user.id());
        assertThat(space.organizations().get(org).status()).isEqualTo("active");
        assertThat(space.organizations().rename(org, "Renamed").name()).isEqualTo("Renamed");
        space.organizations()
                .changeLimits(org, new RateLimitsChange().requestsPerMinute(60).requestsPerDay(9000L));
        space.organizations().changeLimits(org, new RateLimitsChange().requestsPerMinute(null));
        assertThat(space.organizations().limits(org)).isEqualTo(new RateLimits(null, 9000L, null));
    }

    @Test
    void aConversationIsLedRememberedMeasuredAndForgotten() {
        String ada = UUID.randomUUID() + "@example.org";
        String viewer = stage.space().as(stage.fixtures().member(org, "viewer")).token();
        UUID agent = space.agents().create(new AgentOrder("support", "gpt-4o")).id();
        space.agents().activate(agent);

        Directive directive =
                space.directives().create(new DirectiveOrder(agent, "Refunds", "Never promise a refund.", 200));
        space.directives().promote(directive.id());
        space.directives().change(directive.id(), new DirectiveChange(null, "Promise refunds up to 20 EUR.", null));
        assertThat(space.directives().promote(directive.id(), 2).activeVersion())
                .isEqualTo(2);
        assertThat(space.directives().versions(directive.id()).stream().map(DirectiveVersion::status))
                .containsExactlyInAnyOrder("active", "superseded");
        assertThat(space.directives().resolved(agent))
                .extracting(ResolvedDirective::content)
                .containsExactly("Promise refunds up to 20 EUR.");
        assertThat(space.directives().revoke(directive.id(), "test").status()).isEqualTo("revoked");
        space.directives().delete(directive.id());

        Session session = space.sessions().create(new SessionOrder(agent, ada, 600, Map.of("channel", "chat")));
        space.sessions().record(session.id(), new MessageOrder("user", "Good morning."));
        Spend cost = new Spend(new BigDecimal("0.000012"), "USD");
        CallUsage call = new CallUsage("gpt-4o", 12L, 5L, cost, 800, null);
        space.sessions().record(session.id(), new MessageOrder("assistant", "Good morning, Ada.", null, call));
        assertThat(space.sessions().messages(session.id()).inPagesOf(1).stream().map(Message::content))
                .containsExactly("Good morning.", "Good morning, Ada.");
        assertThat(space.sessions().terminate(session.id(), null).status()).isEqualTo("terminated");
        assertThat(space.sessions().list().with("subject", ada))
                .extracting(Session::messages)
                .containsExactly(2);

        Period today = Period.lastBy("day");
        assertThat(space.analytics().usage(today, agent))
                .extracting(Usage::calls)
                .contains(1L);
        assertThat(space.analytics().latency(today, agent))
                .extracting(Latency::p95Ms)
                .anyMatch(Objects::nonNull);
        AgentUsage used = space.analytics().agents(today).stream().findFirst().orElseThrow();
        assertThat(used.agentId()).isEqualTo(agent);
        assertThat(used.spend().get(0).amount()).isEqualByComparingTo("0.000012");

        MemoryOrder order = new MemoryOrder(
                "Ada is called in the morning.",
                agent,
                "preference",
                null,
                null,
                null,
                "chat",
                null,
                new Subject(null, ada));
        Memory memory = space.memories().create(order).memory();
        assertThat(space.memories().create(order).duplicate()).isTrue();
        space.memories().create(new MemoryOrder("The shop closes at six."));
        Memory important = space.memories()
                .change(
                        memory.id(),
                        new MemoryChange().importance(new BigDecimal("0.9")).source(null));
        assertThat(important.importance()).isEqualByComparingTo("0.9");
        assertThat(important.source()).isNull();
        Hit hit = space.memories().search(new MemorySearch("morning")).items().get(0);
        assertThat(hit.memory().id()).isEqualTo(memory.id());
        assertThat(hit.contributions()).extracting(Contribution::ranking).contains("full_text", "trigram");
        assertThat(space.memories().list().with("category", "preference"))
                .extracting(Memory::id)
                .containsExactly(memory.id());

        assertThat(space.memories().export())
                .extracting(Memory::id)
                .contains(memory.id())
                .hasSize(2);
        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> client(viewer).memories().export().iterator().hasNext());
        assertThat(refused.status()).isEqualTo(403);

        DataRequests requests = space.dataRequests();
        UUID access = requests.create(new DataRequestOrder("access", ada)).id();
        assertThat(requests.await(access, LONG).completed()).isTrue();
        assertThat(requests.export(access))
                .flatExtracting(DataExport::records)
                .extracting(DataExport.Entry::store)
                .contains("core.memories", "core.session_messages");
        LegalHold hold = space.legalHolds().place(new LegalHoldOrder(null, ada, "Matter 1"));
        UUID erasure = requests.create(new DataRequestOrder("erasure", ada)).id();
        assertThat(requests.get(erasure).state()).isEqualTo("held");
        assertThat(space.legalHolds().list().stream().map(LegalHold::id)).contains(hold.id());
        assertThat(space.legalHolds().clear(hold.id(), "settled").clearedAt()).isNotNull();
        assertThat(requests.await(erasure, LONG).completed()).isTrue();
        assertThat(requests.receipt(erasure).jws()).contains(".");
        assertThat(requests.verify(erasure, ada).absent()).isTrue();
        RefusedException gone = catchThrowableOfType(
                RefusedException.class, () -> space.memories().get(memory.id()));
        assertThat(gone.code()).isEqualTo("NOT_FOUND");

        BulkDeletion deletion = space.memories()
                .deleteMany(BulkDeletionOrder.of(
                        space.memories().list().stream().map(Memory::id).toList()));
        assertThat(deletion.deleted()).isEqualTo(1);
        Patience.within(
                LONG, () -> assertThat(space
                                .auditEvents()
                                .list()
                                .with("user_id", person.id().toString())
                                .with("source", "Memories")
                                .stream()
                                .map(AuditEvent::path))
                        .contains("/management/v1/memories/bulk-delete"));
    }

    @Test
    void whatIsWrongIsNamed() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> space.agents().create(new AgentOrder("", "m")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fieldErrors()).extracting(FieldError::field).containsExactly("name");
    }
}
