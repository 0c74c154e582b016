package io.thespace.gateway.generation;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.analytics.Analytics;
import io.thespace.analytics.Measurement;
import io.thespace.event.Outbox;
import io.thespace.gateway.GatewayEventTypes;
import io.thespace.gateway.GenerationEnded;
import io.thespace.plugin.api.Actor;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.UUID;

/** Records the results of calls to models: an event for each, and the organization's analytics. */
@Stateless
public class Generations {

    /** The agent id in analytics of calls without an agent. */
    private static final UUID NO_AGENT = new UUID(0, 0);

    private Outbox outbox;
    private Analytics analytics;

    @Inject
    void tell(Outbox events, Analytics numbers) {
        outbox = events;
        analytics = numbers;
    }

    /** Records one that is over. */
    public void record(Actor actor, GenerationEnded ended) {
        outbox.publish(actor, GatewayEventTypes.SOURCE, GenerationEnded.TYPE, ended.model(), ended);
        analytics.add(
                actor,
                new Measurement(
                        actor.agentId() == null ? NO_AGENT : actor.agentId(),
                        UuidCreator.getTimeOrderedEpoch(),
                        ended.at(),
                        0,
                        0,
                        1,
                        ended.error() == null ? 0 : 1,
                        ended.inputTokens() == null ? 0 : ended.inputTokens(),
                        ended.outputTokens() == null ? 0 : ended.outputTokens(),
                        (int) Math.min(Integer.MAX_VALUE, ended.millis()),
                        ended.cost(),
                        ended.currency()));
    }
}
