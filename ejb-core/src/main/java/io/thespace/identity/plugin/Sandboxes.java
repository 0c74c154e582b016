package io.thespace.identity.plugin;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.SyntheticUsers;
import io.thespace.identity.key.Secrets;
import io.thespace.identity.signin.Passwords;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Sandbox;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sandbox of each plugin. A synthetic user's password is derived from a secret of the platform and is not stored,
 * so that every node can compute it and concurrent runs do not change it.
 */
@ApplicationScoped
public class Sandboxes {

    private static final Pattern KEY = Pattern.compile("[a-z0-9._-]{1,48}");
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    @Inject
    SyntheticUsers users;

    @Inject
    Passwords passwords;

    @Inject
    Secrets secrets;

    private Event<SandboxOpened> openings;

    private volatile UUID organization;

    @Inject
    void tell(Event<SandboxOpened> listeners) {
        openings = listeners;
    }

    /** The sandbox with the users of one plugin. */
    public Sandbox of(String plugin) {
        return new Sandbox() {
            @Override
            public URI base() {
                return node(Configuration.get());
            }

            @Override
            public UUID orgId() {
                return organization();
            }

            @Override
            public SyntheticUser user(String key) {
                return Sandboxes.this.user(plugin, key);
            }
        };
    }

    /** Returns the base URL of this node as reachable from itself. */
    public static URI node(Configuration configuration) {
        String address = configuration.get(Key.HTTP_ADDRESS);
        String host = ANY.contains(address) ? "127.0.0.1" : address;
        return URI.create("http://%s:%d"
                .formatted(host.contains(":") ? '[' + host + ']' : host, configuration.get(Key.HTTP_PORT)));
    }

    private UUID organization() {
        UUID known = organization;
        if (known == null) {
            known = users.organization(Actor.platform(null, "sandbox"));
            openings.fire(new SandboxOpened(known));
            organization = known;
        }
        return known;
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private Sandbox.SyntheticUser user(String plugin, String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "The key %s of a synthetic user is not up to 48 of a-z, 0-9, . _ -".formatted(key));
        }
        String email = plugin + "." + key + "@sandbox.invalid";
        String password = password(email);
        Actor platform = Actor.platform(organization(), "sandbox");
        try (Tenant tenant = Tenant.bind(platform.orgId())) {
            UUID id = users.find(platform, email)
                    .orElseGet(() ->
                            users.make(platform, email, "Synthetic " + plugin + " " + key, passwords.hash(password)));
            return new Sandbox.SyntheticUser(id, email, password);
        }
    }

    private String password(String email) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secrets.secret("sandbox"), "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(email.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
