package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.thespace.sdk.Agent;
import io.thespace.sdk.AgentChange;
import io.thespace.sdk.AgentOrder;
import io.thespace.sdk.Budget;
import io.thespace.sdk.FieldError;
import io.thespace.sdk.ManagementClient;
import io.thespace.sdk.NewToken;
import io.thespace.sdk.RefusedException;
import io.thespace.sdk.Token;
import io.thespace.sdk.TokenOrder;
import io.thespace.sdk.User;
import io.thespace.sdk.UserChange;
import io.thespace.sdk.UserOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The management API through its Java SDK. */
class SdkIT {

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
        assertThat(space.agents()
                        .change(draft.id(), new AgentChange(null, null, "gpt-4o", null, null))
                        .model())
                .isEqualTo("gpt-4o");
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
        User user = space.users().create(new UserOrder(email, "Ada", "viewer", "correct horse battery"));
        assertThat(user.email()).isEqualTo(email);
        assertThat(space.users()
                        .change(user.id(), new UserChange("member", null))
                        .role())
                .isEqualTo("member");
        assertThat(space.users().list().stream().map(User::id)).contains(user.id(), person.id());
        space.users().remove(user.id());
        assertThat(space.users().list().stream().map(User::id)).doesNotContain(user.id());
        assertThat(space.organizations().get(org).status()).isEqualTo("active");
        assertThat(space.organizations().rename(org, "Renamed").name()).isEqualTo("Renamed");
        assertThat(space.organizations().limits(org).requestsPerMinute()).isNull();
    }

    @Test
    void whatIsWrongIsNamed() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> space.agents().create(new AgentOrder("", "m")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fieldErrors()).extracting(FieldError::field).containsExactly("name");
    }
}
