package io.thespace.limit;

import io.thespace.configuration.Rate;
import io.thespace.plugin.api.Actor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * A limit and the key against which calls are counted.
 *
 * @param policy the limit's name in responses: printable ASCII without quotation marks and backslashes
 * @param key identifies the calls counted together; distinct for each length of the window
 * @param rate the limit
 */
public record Counted(String policy, String key, Rate rate) {

    /**
     * Counts each caller separately: a user over all sign-ins and tokens; an anonymous caller by network.
     *
     * @param what a unique name of the limit
     */
    public static Counted byIdentity(String policy, String what, Rate rate, Actor actor) {
        if (actor.signedIn()) {
            return by(policy, what, rate, "user:" + actor.userId());
        }
        String network = actor.address() == null ? "unknown" : CallerNetwork.of(actor.address());
        return by(
                policy,
                what,
                rate,
                "address:"
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(network.getBytes(StandardCharsets.UTF_8)));
    }

    /** Counts all callers of an organization together; {@code what} as for {@link #byIdentity}. */
    public static Counted byOrganization(String policy, String what, Rate rate, UUID orgId) {
        return by(policy, what, rate, "organization:" + orgId);
    }

    /** Counts all callers together; {@code what} as for {@link #byIdentity}. */
    public static Counted byAll(String policy, String what, Rate rate) {
        return by(policy, what, rate, "all");
    }

    private static Counted by(String policy, String what, Rate rate, String whose) {
        return new Counted(policy, "%s:%d:%s".formatted(what, rate.seconds(), whose), rate);
    }
}
