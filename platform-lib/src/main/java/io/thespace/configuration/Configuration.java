package io.thespace.configuration;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The settings of this process, all of them checked. */
public final class Configuration {

    private static final class Holder {
        static final Configuration PROCESS = read(Configuration::set);
    }

    private final Map<Key<?>, Object> values = new HashMap<>();

    private Configuration() {}

    /**
     * The settings in system properties and environment variables.
     *
     * @throws InvalidConfiguration when one is wrong
     */
    public static Configuration get() {
        return Holder.PROCESS;
    }

    /**
     * Reads and checks every key.
     *
     * @param source the text that is set for a name, or null
     * @throws InvalidConfiguration naming every key that is wrong
     */
    public static Configuration read(Function<String, String> source) {
        Configuration configuration = new Configuration();
        List<String> problems = new ArrayList<>();
        for (Key<?> key : Key.ALL) {
            String set = source.apply(key.name());
            String text = set == null || set.isBlank() ? key.fallback() : set.strip();
            if (text == null) {
                continue;
            }
            try {
                configuration.values.put(key, key.parse().apply(text));
            } catch (IllegalArgumentException e) {
                String shown = key.secret() ? "" : " (it is \"" + text + "\")";
                problems.add(key.name() + " " + e.getMessage() + shown + ".");
            }
        }
        if (configuration.find(Key.EXTERNAL_ISSUER).isPresent()) {
            if (configuration.find(Key.EXTERNAL_ISSUER).equals(configuration.find(Key.TOKEN_ISSUER))) {
                problems.add(Key.EXTERNAL_ISSUER.name() + " must differ from " + Key.TOKEN_ISSUER.name()
                        + ", which names the platform itself.");
            }
            for (Key<?> needed : List.of(Key.EXTERNAL_KEYS, Key.EXTERNAL_AUDIENCE)) {
                if (!configuration.values.containsKey(needed)) {
                    problems.add(needed.name() + " is needed when " + Key.EXTERNAL_ISSUER.name() + " is set.");
                }
            }
        }
        configuration.needs(problems, Key.OIDC_CLIENT_ID, Key.EXTERNAL_ISSUER);
        configuration.together(problems, Key.OIDC_CLIENT_ID, Key.OIDC_AUTHORIZATION_URL);
        configuration.together(problems, Key.OIDC_CLIENT_ID, Key.OIDC_TOKEN_URL);
        configuration.needs(problems, Key.OIDC_LOGOUT_URL, Key.OIDC_CLIENT_ID);
        configuration.together(problems, Key.GRPC_CERTIFICATE, Key.GRPC_KEY);
        configuration.needs(problems, Key.GRPC_CLIENT_CA, Key.GRPC_CERTIFICATE);
        configuration.together(problems, Key.AUTH_CERTIFICATE, Key.AUTH_KEY);
        configuration.needs(problems, Key.AUTH_CERTIFICATE, Key.AUTH_CA);
        configuration.needs(problems, Key.AUTH_CA, Key.AUTH_TARGET);
        configuration.needs(problems, Key.MEMBERSHIP_URL, Key.MEMBERSHIP_TOKEN);
        configuration.together(problems, Key.EMBEDDINGS_URL, Key.EMBEDDINGS_MODEL);
        configuration.together(problems, Key.EMBEDDINGS_URL, Key.EMBEDDINGS_DIMENSIONS);
        configuration.needs(problems, Key.EMBEDDINGS_KEY, Key.EMBEDDINGS_URL);
        configuration
                .find(Key.GRPC_ADDRESS)
                .filter(address -> !address.matches("127\\..*|::1|localhost"))
                .filter(address -> configuration.find(Key.GRPC_CERTIFICATE).isEmpty())
                .ifPresent(address ->
                        problems.add("%s is %s, beyond loopback, where tokens must not travel in clear: set %s."
                                .formatted(Key.GRPC_ADDRESS.name(), address, Key.GRPC_CERTIFICATE.name())));
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        return configuration;
    }

    private void together(List<String> problems, Key<?> one, Key<?> other) {
        needs(problems, one, other);
        needs(problems, other, one);
    }

    private void needs(List<String> problems, Key<?> key, Key<?> needed) {
        if (values.containsKey(key) && !values.containsKey(needed)) {
            problems.add("%s is needed when %s is set.".formatted(needed.name(), key.name()));
        }
    }

    /** The text that is set for a name in this process, or null. */
    public static String set(String name) {
        String property = System.getProperty(name);
        return property != null ? property : System.getenv(environmentName(name));
    }

    /** Returns the environment variable of a key in MicroProfile Config: {@code MP_JWT_VERIFY_ISSUER}. */
    public static String environmentName(String name) {
        return name.contains(".") ? name.replace('.', '_').toUpperCase(Locale.ROOT) : name;
    }

    /**
     * A setting that is there.
     *
     * @throws InvalidConfiguration when it is not
     */
    public <T> T get(Key<T> key) {
        return find(key)
                .orElseThrow(() -> new InvalidConfiguration(List.of(key.name() + " is not set. " + key.description())));
    }

    /** A setting, if it is there. */
    @SuppressWarnings("unchecked") // read() put what the key's own parser returned
    public <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }

    /**
     * The password of the role that serves requests: as set, else derived from the owner's, so that nodes which share a
     * database agree without a shared file.
     */
    public String databaseAppPassword() {
        return find(Key.DATABASE_APP_PASSWORD).orElseGet(() -> databaseRolePassword(get(Key.DATABASE_APP_USER)));
    }

    /** The password of another role of the database, derived from the owner's: the same on every node. */
    public String databaseRolePassword(String role) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] secret = get(Key.DATABASE_URL).password().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(("database role " + role).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
