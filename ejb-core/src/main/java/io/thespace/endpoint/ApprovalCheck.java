package io.thespace.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Rejection;
import java.util.Optional;

/** Decides which calls wait for an approval. */
public interface ApprovalCheck {

    /** Whether calls of a route can wait: it is a plugin's action whose effect cannot be taken back, in one transaction. */
    static boolean mayWait(Route route) {
        Endpoint<?> endpoint = route.endpoint();
        return route.ofPlugin() && endpoint.action() != null && endpoint.destructive() && !endpoint.ownTransactions();
    }

    /**
     * Replaces a call that needs an approval, in its transaction.
     *
     * @param params the call's parameters and its body's members
     * @param workflow the workflow whose run makes the call; null for any other caller
     * @return empty when the call needs no approval
     * @throws Rejection {@code APPROVAL_UNAVAILABLE} when the call needs an approval that cannot be requested now
     */
    Optional<ApprovalView> inPlaceOf(Actor actor, String plugin, String action, JsonNode params, String workflow);
}
