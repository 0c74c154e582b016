package io.thespace.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents by id or name, on a real PostgreSQL as the application's role. */
class AgentNamesDatabaseTest {

    private static TestDatabase database;

    private Actor actor;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Agent.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void organization() throws SQLException {
        actor = somebody();
    }

    private static Actor somebody() throws SQLException {
        UUID org = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
        return new Actor(org, UuidCreator.getTimeOrderedEpoch(), Role.GUEST, null, "test", null, null, false);
    }

    private UUID agent(String name, String status) throws SQLException {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.agents (id, org_id, name, model, status, created_by, created_at, changed_at)"
                + " values ('%s', '%s', '%s', 'm', '%s', '%s', now(), now())"
                        .formatted(id, actor.orgId(), name, status, actor.userId()));
        return id;
    }

    private UUID find(Actor by, String idOrName) {
        return database.in(by.orgId(), em -> {
            Agents agents = new Agents();
            agents.em = em;
            return agents.find(by, idOrName).id();
        });
    }

    private void unknown(Actor by, String idOrName) {
        assertThatThrownBy(() -> find(by, idOrName))
                .isInstanceOfSatisfying(
                        Rejection.class, one -> assertThat(one.code()).isEqualTo(AgentError.AGENT_NOT_FOUND));
    }

    @Test
    void anAgentIsFoundByItsIdAndByItsName() throws SQLException {
        UUID id = agent("my-agent", "active");
        assertThat(find(actor, id.toString())).isEqualTo(id);
        assertThat(find(actor, "my-agent")).isEqualTo(id);
        unknown(actor, "My-Agent");
        unknown(actor, UUID.randomUUID().toString());
    }

    @Test
    void anotherOrganizationsAgentDoesNotExist() throws SQLException {
        UUID id = agent("my-agent", "active");
        Actor stranger = somebody();
        unknown(stranger, id.toString());
        unknown(stranger, "my-agent");
    }

    @Test
    void aNameHasToBeThatOfOneAgent() throws SQLException {
        UUID id = agent("twice", "active");
        agent("twice", "archived");
        assertThat(find(actor, "twice")).isEqualTo(id);
        agent("twice", "draft");
        unknown(actor, "twice");
    }
}
