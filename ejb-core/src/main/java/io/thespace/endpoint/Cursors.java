package io.thespace.endpoint;

import io.thespace.identity.key.Secrets;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the keys of pages on their way out and checks them on their way in. A cursor is bound to the endpoint, the query
 * and the tenant, so a forged one, or one of another query or tenant, is refused.
 */
@ApplicationScoped
class Cursors {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 100;

    private static final int MAC_BYTES = 16;

    private Secrets secrets;

    Cursors() {}

    @Inject
    Cursors(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Returns the page that a request selects. */
    PageRequest page(Route route, Actor actor, Map<String, String> query) {
        int limit = DEFAULT_LIMIT;
        String text = query.get("limit");
        if (text != null) {
            if (!text.matches("[1-9]\\d?|100")) {
                throw Rejection.of(EndpointError.INVALID_REQUEST, "limit", "limit must be 1 to " + MAX_LIMIT + ".");
            }
            limit = Integer.parseInt(text);
        }
        String cursor = query.get("cursor");
        return new PageRequest(
                limit, cursor == null ? Optional.empty() : Optional.of(open(route, actor, query, cursor)));
    }

    /** The cursor for the page after {@code key}. */
    String seal(Route route, Actor actor, Map<String, String> query, String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        byte[] mac = mac(route, actor, query, text);
        byte[] sealed = Arrays.copyOf(mac, MAC_BYTES + text.length);
        System.arraycopy(text, 0, sealed, MAC_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    private String open(Route route, Actor actor, Map<String, String> query, String cursor) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        if (sealed.length <= MAC_BYTES) {
            throw refused();
        }
        byte[] text = Arrays.copyOfRange(sealed, MAC_BYTES, sealed.length);
        byte[] mac = Arrays.copyOf(sealed, MAC_BYTES);
        if (!MessageDigest.isEqual(mac, mac(route, actor, query, text))) {
            throw refused();
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Rejection refused() {
        return Rejection.of(
                EndpointError.INVALID_CURSOR,
                "cursor",
                "cursor is not one that this query answered with; start again without it.");
    }

    private byte[] mac(Route route, Actor actor, Map<String, String> query, byte[] key) {
        Map<String, String> bound = new TreeMap<>(query);
        bound.remove("cursor");
        bound.remove("limit");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secrets.secret("cursor"), "HmacSHA256"));
            // Length before content: no two different inputs feed the MAC the same bytes.
            feed(mac, route.path());
            feed(mac, String.valueOf(actor.orgId()));
            bound.forEach((name, value) -> {
                feed(mac, name);
                feed(mac, value);
            });
            return Arrays.copyOf(mac.doFinal(key), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private static void feed(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
    }
}
