package io.thespace.configuration;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A setting.
 *
 * @param name of the environment variable, and of the system property that overrides it
 * @param type the format of values, for the documentation
 * @param fallback the default text; null for no default
 * @param secret whether its value must not be displayed
 * @param description one sentence for the documentation
 * @param parse turns a text into a value, or throws {@link IllegalArgumentException} with the reason
 */
public record Key<T>(
        String name, String type, String fallback, boolean secret, String description, Function<String, T> parse) {

    public static final Key<Path> HOME = new Key<>(
            "SPACE_HOME",
            "folder",
            null,
            false,
            "Where an instance keeps its data, signing keys and logs. deploy.sh uses .space in the checkout when"
                    + " unset.",
            text -> Path.of(text).toAbsolutePath().normalize());
    public static final Key<ServerKind> SERVER = new Key<>(
            "SPACE_SERVER",
            "payara, wildfly or micro",
            "payara",
            false,
            "Which server deploy.sh runs; --server overrides it.",
            text -> ValueFormat.enumeration(ServerKind.class, text));
    public static final Key<Integer> HTTP_PORT =
            port("SPACE_HTTP_PORT", "8080", "The port of the API, its documentation and WebSockets.");
    public static final Key<Integer> GRPC_PORT = port("SPACE_GRPC_PORT", "9090", "The port of the gRPC services.");
    public static final Key<String> GRPC_ADDRESS = new Key<>(
            "SPACE_GRPC_ADDRESS",
            "IP address",
            "127.0.0.1",
            false,
            "The address that the gRPC services listen on; any but loopback needs SPACE_GRPC_CERTIFICATE.",
            ValueFormat::text);
    public static final Key<Path> GRPC_CERTIFICATE = file(
            "SPACE_GRPC_CERTIFICATE", "The certificate chain of the gRPC port (PEM); with it the port speaks TLS.");
    public static final Key<Path> GRPC_KEY =
            file("SPACE_GRPC_KEY", "The private key of SPACE_GRPC_CERTIFICATE (PEM, PKCS 8).");
    public static final Key<Path> GRPC_CLIENT_CA = file(
            "SPACE_GRPC_CLIENT_CA",
            "The CA that signs the client certificates of the gRPC port (PEM); when unset clients need none.");
    public static final Key<String> AUTH_TARGET = new Key<>(
            "SPACE_AUTH_TARGET",
            "host:port",
            null,
            false,
            "The auth service (host:port) that resolves bearer tokens of the management API; when unset"
                    + " the node's own.",
            text -> {
                ValueFormat.check(
                        text.matches("[A-Za-z0-9.-]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}"),
                        "must look like auth.example.org:9090");
                return text;
            });
    public static final Key<Path> AUTH_CA = file(
            "SPACE_AUTH_CA", "The CA of the auth service of SPACE_AUTH_TARGET (PEM); with it the connection uses TLS.");
    public static final Key<Path> AUTH_CERTIFICATE =
            file("SPACE_AUTH_CERTIFICATE", "The client certificate chain of this node for the auth service (PEM).");
    public static final Key<Path> AUTH_KEY =
            file("SPACE_AUTH_KEY", "The private key of SPACE_AUTH_CERTIFICATE (PEM, PKCS 8).");
    public static final Key<Integer> AUTH_DEADLINE_MILLIS = integer(
            "SPACE_AUTH_DEADLINE_MILLIS",
            "1000",
            5,
            10_000,
            "How long the management API waits for the auth service before it answers 503.");
    public static final Key<Integer> ADMIN_PORT =
            port("SPACE_ADMIN_PORT", "4848", "The port of the server's own admin console, on loopback only.");
    public static final Key<Integer> POSTGRES_PORT =
            port("SPACE_POSTGRES_PORT", "15432", "The loopback port of the embedded PostgreSQL.");
    public static final Key<Integer> REDIS_PORT =
            port("SPACE_REDIS_PORT", "16379", "The loopback port of the embedded Redis.");
    public static final Key<String> HTTP_ADDRESS = new Key<>(
            "SPACE_HTTP_ADDRESS",
            "IP address",
            "127.0.0.1",
            false,
            "The address that the API listens on; 0.0.0.0 for all.",
            ValueFormat::text);
    public static final Key<Integer> START_TIMEOUT_SECONDS = integer(
            "SPACE_START_TIMEOUT_SECONDS",
            "180",
            10,
            3600,
            "How long deploy.sh waits for the server to become ready, and a node for another one's migration.");
    public static final Key<List<String>> JAVA_OPTIONS = new Key<>(
            "SPACE_JAVA_OPTIONS",
            "JVM options, separated by spaces",
            "",
            false,
            "Additional options for the server's JVM, which override the defaults, for example -Xmx1g.",
            text -> Arrays.stream(text.split("\\s+"))
                    .filter(option -> !option.isEmpty())
                    .toList());
    public static final Key<Path> CACHE = new Key<>(
            "SPACE_CACHE",
            "folder",
            null,
            false,
            "Where deploy.sh keeps unpacked servers and data stores for all instances. When unset the-space in the"
                    + " user's cache folder, for root /var/cache/the-space.",
            text -> Path.of(text).toAbsolutePath().normalize());
    public static final Key<DatabaseUrl> DATABASE_URL = new Key<>(
            "DATABASE_URL",
            "postgresql://owner:password@host:port/database",
            null,
            true,
            "The PostgreSQL database and its owner, who needs CREATEROLE: each plugin gets a role of its own."
                    + " deploy.sh starts an embedded PostgreSQL when unset.",
            DatabaseUrl::parse);
    public static final Key<String> DATABASE_APP_USER = new Key<>(
            "SPACE_DATABASE_APP_USER",
            "text",
            "space_app",
            false,
            "The database role that serves requests under row-level security; made by the first start when it is"
                    + " missing.",
            ValueFormat::text);
    public static final Key<String> DATABASE_APP_PASSWORD = new Key<>(
            "SPACE_DATABASE_APP_PASSWORD",
            "text",
            null,
            true,
            "That role's password. When unset it is derived from the owner's, the same on every node.",
            ValueFormat::text);
    public static final Key<URI> REDIS_URL = new Key<>(
            "REDIS_URL",
            "redis://:password@host:port",
            null,
            true,
            "The Redis for limits and caches. deploy.sh starts an embedded Redis when unset.",
            ValueFormat::redis);
    public static final Key<String> ADMIN_EMAIL = new Key<>(
            "SPACE_ADMIN_EMAIL",
            "email address",
            "admin@localhost",
            false,
            "The first administrator, made by the first start.",
            text -> {
                // \p{C} are invisible characters, \p{Z} spaces.
                ValueFormat.check(text.matches("[^@\\p{C}\\p{Z}]+@[^@\\p{C}\\p{Z}]+"), "is not an email address");
                return text.toLowerCase(Locale.ROOT);
            });
    public static final Key<String> ADMIN_PASSWORD = new Key<>(
            "SPACE_ADMIN_PASSWORD",
            "at least 12 characters",
            null,
            true,
            "The first administrator's password. When unset it is generated, and shown once.",
            text -> {
                ValueFormat.check(text.length() >= 12 && text.length() <= 200, "needs 12 to 200 characters");
                return text;
            });
    public static final Key<String> ORGANIZATION_NAME = new Key<>(
            "SPACE_ORGANIZATION_NAME",
            "text",
            "My organization",
            false,
            "The first organization, made by the first start.",
            ValueFormat::text);
    public static final Key<String> TOKEN_ISSUER = new Key<>(
            "SPACE_TOKEN_ISSUER",
            "text",
            "the-space",
            false,
            "The issuer (iss) of the access tokens; the same on every node.",
            ValueFormat::text);
    public static final Key<Integer> ACCESS_TOKEN_SECONDS =
            integer("SPACE_ACCESS_TOKEN_SECONDS", "900", 5, 86_400, "The lifetime of an access token.");
    public static final Key<Integer> REFRESH_TOKEN_DAYS =
            integer("SPACE_REFRESH_TOKEN_DAYS", "30", 1, 365, "How long an unused sign-in stays valid.");
    public static final Key<String> EXTERNAL_ISSUER = new Key<>(
            "mp.jwt.verify.issuer",
            "text",
            null,
            false,
            "The issuer of an external OpenID Connect provider whose access tokens are also accepted.",
            ValueFormat::text);
    public static final Key<String> EXTERNAL_KEYS = new Key<>(
            "mp.jwt.verify.publickey.location",
            "URL or file of a JWKS or PEM",
            null,
            false,
            "Where the external provider publishes its keys; needed with mp.jwt.verify.issuer.",
            ValueFormat::text);
    public static final Key<String> EXTERNAL_AUDIENCE = new Key<>(
            "mp.jwt.verify.audiences",
            "text",
            null,
            false,
            "The audience that an external token must name; needed with mp.jwt.verify.issuer.",
            ValueFormat::text);
    public static final Key<String> EXTERNAL_ROLES_CLAIM = new Key<>(
            "SPACE_EXTERNAL_ROLES_CLAIM",
            "claim, with slashes for nesting",
            "groups",
            false,
            "The external token's claim with the caller's roles (admin, user, guest), for example realm_access/roles.",
            ValueFormat::text);
    public static final Key<String> EXTERNAL_ORG_CLAIM = new Key<>(
            "SPACE_EXTERNAL_ORG_CLAIM",
            "claim, with slashes for nesting",
            "org_id",
            false,
            "The external token's claim with the id of the caller's organization.",
            ValueFormat::text);
    public static final Key<String> OIDC_CLIENT_ID = new Key<>(
            "SPACE_OIDC_CLIENT_ID",
            "text",
            null,
            false,
            "The dashboard's client id at the external provider, a public client with Authorization Code and PKCE;"
                    + " needs mp.jwt.verify.issuer. When unset the dashboard signs in with passwords only.",
            ValueFormat::text);
    public static final Key<URI> OIDC_AUTHORIZATION_URL = new Key<>(
            "SPACE_OIDC_AUTHORIZATION_URL",
            "URL",
            null,
            false,
            "The provider's authorization endpoint; needed with SPACE_OIDC_CLIENT_ID.",
            ValueFormat::backend);
    public static final Key<URI> OIDC_TOKEN_URL = new Key<>(
            "SPACE_OIDC_TOKEN_URL",
            "URL",
            null,
            false,
            "The provider's token endpoint, which must allow the dashboard's origin (CORS); needed with"
                    + " SPACE_OIDC_CLIENT_ID.",
            ValueFormat::backend);
    public static final Key<URI> OIDC_LOGOUT_URL = new Key<>(
            "SPACE_OIDC_LOGOUT_URL",
            "URL",
            null,
            false,
            "The provider's end session endpoint; when unset a sign-out of the dashboard leaves the provider's session"
                    + " alone.",
            ValueFormat::backend);
    public static final Key<String> OIDC_SCOPE = new Key<>(
            "SPACE_OIDC_SCOPE",
            "scopes, separated by spaces",
            "openid profile email",
            false,
            "What the dashboard requests of the provider; openid is required, and many providers issue refresh tokens"
                    + " for offline_access only.",
            text -> {
                ValueFormat.check(
                        text.matches("[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*"), "must be scopes, separated by single spaces");
                ValueFormat.check(List.of(text.split(" ", -1)).contains("openid"), "must contain openid");
                return text;
            });
    public static final Key<String> OIDC_NAME = new Key<>(
            "SPACE_OIDC_NAME",
            "text",
            "single sign-on",
            false,
            "The provider's name on the sign-in page: Sign in with …",
            ValueFormat::text);
    public static final Key<List<String>> CORS_ORIGINS = new Key<>(
            "SPACE_CORS_ORIGINS",
            "origins, separated by commas",
            "",
            false,
            "The browser origins that may call the API from another site.",
            text -> {
                List<String> origins = ValueFormat.list(text);
                for (String origin : origins) {
                    ValueFormat.check(
                            origin.matches("https?://[^/*\\s]+"),
                            "must name origins like https://app.example.org, not " + origin);
                }
                return origins;
            });
    public static final Key<TrustedProxies> TRUSTED_PROXIES = new Key<>(
            "SPACE_TRUSTED_PROXIES",
            "IP addresses, separated by commas",
            "",
            false,
            "The reverse proxies whose X-Forwarded-For names the caller's address.",
            text -> TrustedProxies.read(ValueFormat.list(text)));
    public static final Key<Boolean> DOCS_PUBLIC =
            bool("SPACE_DOCS_PUBLIC", "true", "Whether /api/docs and /api/openapi answer without a token.");
    public static final Key<Boolean> METRICS_PUBLIC = bool(
            "SPACE_METRICS_PUBLIC",
            "false",
            "Whether /api/metrics answers without a token, for a Prometheus inside the network.");
    public static final Key<LogFormat> LOG_FORMAT = new Key<>(
            "SPACE_LOG_FORMAT",
            "text or json",
            "text",
            false,
            "The format of the product's own log lines.",
            text -> ValueFormat.enumeration(LogFormat.class, text));
    public static final Key<Integer> REQUEST_LIMIT_BYTES =
            integer("SPACE_REQUEST_LIMIT_BYTES", "1048576", 1024, 67_108_864, "The largest request body that is read.");
    public static final Key<Map<String, PublicKey>> PLUGIN_PUBLISHERS = new Key<>(
            "SPACE_PLUGIN_PUBLISHERS",
            "name=key pairs, separated by commas",
            "",
            false,
            "The trusted plugin publishers: name and Ed25519 public key (X.509, base64) of each.",
            ValueFormat::publishers);
    public static final Key<Unsigned> PLUGIN_UNSIGNED = new Key<>(
            "SPACE_PLUGIN_UNSIGNED",
            "refuse or allow",
            "refuse",
            false,
            "Whether unsigned plugins may be installed.",
            text -> ValueFormat.enumeration(Unsigned.class, text));
    public static final Key<Integer> PLUGIN_LIMIT_BYTES = integer(
            "SPACE_PLUGIN_LIMIT_BYTES", "52428800", 1024, 209_715_200, "The largest plugin archive that is installed.");
    public static final Key<List<String>> PLUGIN_SOURCES = new Key<>(
            "SPACE_PLUGIN_SOURCES",
            "hosts, separated by commas",
            "",
            false,
            "The hosts (host or host:port) that plugin archives may be fetched from over HTTPS; loopback also over"
                    + " HTTP.",
            ValueFormat::list);
    public static final Key<Path> PLUGIN_CATALOGUE = new Key<>(
            "SPACE_PLUGIN_CATALOGUE",
            "folder",
            null,
            false,
            "A folder of plugin archives that can be installed by their id.",
            text -> Path.of(text).toAbsolutePath().normalize());
    public static final Key<Integer> PLUGIN_TIMEOUT_SECONDS = integer(
            "SPACE_PLUGIN_TIMEOUT_SECONDS",
            "30",
            1,
            600,
            "How long a call of a plugin, its start or its stop may take.");
    public static final Key<Integer> PLUGIN_CONCURRENCY =
            integer("SPACE_PLUGIN_CONCURRENCY", "64", 1, 1000, "How many calls of one plugin a node runs at once.");
    public static final Key<Integer> PLUGIN_CONNECTIONS = integer(
            "SPACE_PLUGIN_CONNECTIONS",
            "8",
            1,
            100,
            "How many database sessions a node keeps for one installed plugin; a call waits up to 5 seconds for one.");
    public static final Key<Integer> PLUGIN_MIGRATION_SECONDS = integer(
            "SPACE_PLUGIN_MIGRATION_SECONDS",
            "300",
            5,
            86_400,
            "How long one statement of a plugin's migrations may take.");

    public static final Key<Integer> SESSION_IDLE_SECONDS = integer(
            "SPACE_SESSION_IDLE_SECONDS",
            "1800",
            5,
            2_592_000,
            "The idle timeout of sessions that do not set their own.");
    public static final Key<Integer> AUDIT_DAYS =
            integer("SPACE_AUDIT_DAYS", "365", 30, 36_500, "How long audit records are kept.");

    public static final Key<Integer> PRIVACY_DEADLINE_DAYS = integer(
            "SPACE_PRIVACY_DEADLINE_DAYS",
            "28",
            1,
            90,
            "The deadline of data requests in days; the default is the shortest month (GDPR article 12(3)).");

    public static final Key<Integer> PRIVACY_EXPORT_DAYS = integer(
            "SPACE_PRIVACY_EXPORT_DAYS", "7", 1, 90, "How long the export of a data request can be downloaded.");

    public static final Key<Integer> PRIVACY_BACKUP_DAYS = integer(
            "SPACE_PRIVACY_BACKUP_DAYS",
            "0",
            0,
            3_650,
            "How long database backups are kept, as stated in erasure receipts; 0 for no backups.");

    public static final Key<Map<String, Rate>> LIMITS = new Key<>(
            "SPACE_LIMITS",
            "class.role=calls/seconds entries, separated by commas",
            "",
            false,
            "How many calls each caller may make, for example write.user=100/60; see RATE_LIMITS.md.",
            text -> Rate.read(ValueFormat.list(text)));

    public static final Key<Integer> SOCKETS =
            integer("SPACE_SOCKETS", "20000", 1, 1_000_000, "The maximum number of open WebSockets of a node.");
    public static final Key<Integer> SOCKETS_PER_IDENTITY = integer(
            "SPACE_SOCKETS_PER_IDENTITY",
            "50",
            1,
            1_000_000,
            "The maximum number of open WebSockets of one user on a node.");
    public static final Key<Integer> SOCKET_FRAMES_PER_SECOND = integer(
            "SPACE_SOCKET_FRAMES_PER_SECOND",
            "20",
            1,
            10_000,
            "The maximum average rate of incoming frames of a WebSocket per second; bursts of five times"
                    + " as many.");
    public static final Key<Integer> SOCKET_FRAME_BYTES = integer(
            "SPACE_SOCKET_FRAME_BYTES", "65536", 1024, 131_072, "The maximum size of an incoming WebSocket frame.");
    public static final Key<Integer> CHANNEL_MESSAGE_DAYS =
            integer("SPACE_CHANNEL_MESSAGE_DAYS", "30", 1, 36_500, "How long the messages of channels are kept.");
    public static final Key<Integer> REQUEST_LOG_HOURS = integer(
            "SPACE_REQUEST_LOG_HOURS",
            "24",
            0,
            8_760,
            "How long request log entries are kept, without bodies; 0 to keep none.");
    public static final Key<List<Network>> GATEWAY_NETWORKS = new Key<>(
            "SPACE_GATEWAY_NETWORKS",
            "networks (CIDR), separated by commas",
            "",
            false,
            "The private, loopback, link-local or other special networks in which upstreams and webhooks"
                    + " may be; public addresses need no entry.",
            text -> ValueFormat.list(text).stream().map(Network::read).toList());
    public static final Key<byte[]> SEALING_KEY = new Key<>(
            "SPACE_SEALING_KEY",
            "32 bytes in Base64",
            null,
            true,
            "The key that encrypts API keys of models and secrets of webhooks in the database, the same"
                    + " on all nodes. When unset the file keys/sealing.key of SPACE_HOME, which is created on first use.",
            text -> {
                byte[] bytes = Base64.getDecoder().decode(text);
                ValueFormat.check(
                        bytes.length == 32, "must be 32 bytes in Base64, as openssl rand -base64 32 gives them");
                return bytes;
            });
    public static final Key<Integer> GATEWAY_CACHE_BYTES = integer(
            "SPACE_GATEWAY_CACHE_BYTES",
            "67108864",
            0,
            2_000_000_000,
            "The maximum size of the gateway's response cache in Redis, for all routes together; 0 for" + " no cache.");
    public static final Key<Integer> ONNX_BYTES = integer(
            "SPACE_ONNX_BYTES",
            "104857600",
            0,
            209_715_200,
            "The largest ONNX model file, and how many bytes of such files a node keeps loaded; 0 for no ONNX models.");
    public static final Key<String> INVITATION_LINK = new Key<>(
            "SPACE_INVITATION_LINK",
            "text with {code}",
            "{code}",
            false,
            "The content of an invitation's QR code, for example https://www.example.org/join?code={code}.",
            text -> {
                ValueFormat.check(text.contains("{code}"), "must have {code} where the invitation's code goes");
                ValueFormat.check(text.length() <= 500, "is longer than 500 characters");
                return text;
            });
    public static final Key<URI> MEMBERSHIP_URL = new Key<>(
            "SPACE_MEMBERSHIP_URL",
            "URL",
            null,
            false,
            "The membership backend that invitations are validated with; when unset this node's own, over loopback.",
            ValueFormat::backend);
    public static final Key<String> MEMBERSHIP_TOKEN = new Key<>(
            "SPACE_MEMBERSHIP_TOKEN",
            "at least 32 characters",
            null,
            true,
            "The bearer token for the membership backend; required with SPACE_MEMBERSHIP_URL, generated"
                    + " otherwise.",
            text -> {
                ValueFormat.check(text.matches("[!-~]{32,500}"), "must have 32 to 500 visible ASCII characters");
                return text;
            });
    public static final Key<Integer> MEMBERSHIP_TIMEOUT_MILLIS = integer(
            "SPACE_MEMBERSHIP_TIMEOUT_MILLIS",
            "3000",
            100,
            30_000,
            "How long a caller waits for the membership backend, retries included, before they get 503.");
    public static final Key<URI> EMBEDDINGS_URL = new Key<>(
            "SPACE_EMBEDDINGS_URL",
            "URL",
            null,
            false,
            "The base URL of an OpenAI-compatible embeddings API (without /embeddings) for semantic"
                    + " memory search; needs pgvector. Off when unset.",
            ValueFormat::backend);
    public static final Key<String> EMBEDDINGS_MODEL = new Key<>(
            "SPACE_EMBEDDINGS_MODEL",
            "name",
            null,
            false,
            "The embeddings model; when it changes, all memories are embedded again.",
            text -> {
                ValueFormat.check(text.matches("[A-Za-z0-9][A-Za-z0-9_./:@-]{0,199}"), "must be a model's name");
                return text;
            });
    public static final Key<String> EMBEDDINGS_KEY = new Key<>(
            "SPACE_EMBEDDINGS_KEY",
            "text",
            null,
            true,
            "The bearer token for the embeddings endpoint, if it requires one.",
            text -> {
                ValueFormat.check(text.matches("[!-~]{1,500}"), "must have 1 to 500 visible ASCII characters");
                return text;
            });
    public static final Key<Integer> EMBEDDINGS_DIMENSIONS = integer(
            "SPACE_EMBEDDINGS_DIMENSIONS",
            null,
            1,
            2_000,
            "The number of dimensions of the embeddings model's vectors.");
    public static final Key<Integer> EMBEDDINGS_TIMEOUT_MILLIS = integer(
            "SPACE_EMBEDDINGS_TIMEOUT_MILLIS",
            "1000",
            50,
            30_000,
            "How long a search waits for its query's vector before it goes on without.");
    public static final Key<Integer> NOTIFICATION_DAYS = integer(
            "SPACE_NOTIFICATION_DAYS", "30", 1, 365, "How long notifications are listed and their read state is kept.");

    public static final Key<Integer> EVENT_DAYS =
            integer("SPACE_EVENT_DAYS", "365", 1, 36_500, "How long events are kept.");
    public static final Key<Integer> WEBHOOK_FAILING_HOURS = integer(
            "SPACE_WEBHOOK_FAILING_HOURS",
            "72",
            1,
            8_760,
            "After how many hours without a successful delivery a webhook is paused.");

    /** Every key, in the order of the documentation. */
    public static final List<Key<?>> ALL = List.of(
            HOME,
            SERVER,
            HTTP_ADDRESS,
            HTTP_PORT,
            GRPC_ADDRESS,
            GRPC_PORT,
            GRPC_CERTIFICATE,
            GRPC_KEY,
            GRPC_CLIENT_CA,
            AUTH_TARGET,
            AUTH_CA,
            AUTH_CERTIFICATE,
            AUTH_KEY,
            AUTH_DEADLINE_MILLIS,
            ADMIN_PORT,
            POSTGRES_PORT,
            REDIS_PORT,
            START_TIMEOUT_SECONDS,
            JAVA_OPTIONS,
            CACHE,
            DATABASE_URL,
            DATABASE_APP_USER,
            DATABASE_APP_PASSWORD,
            REDIS_URL,
            ADMIN_EMAIL,
            ADMIN_PASSWORD,
            ORGANIZATION_NAME,
            TOKEN_ISSUER,
            ACCESS_TOKEN_SECONDS,
            REFRESH_TOKEN_DAYS,
            EXTERNAL_ISSUER,
            EXTERNAL_KEYS,
            EXTERNAL_AUDIENCE,
            EXTERNAL_ROLES_CLAIM,
            EXTERNAL_ORG_CLAIM,
            OIDC_CLIENT_ID,
            OIDC_AUTHORIZATION_URL,
            OIDC_TOKEN_URL,
            OIDC_LOGOUT_URL,
            OIDC_SCOPE,
            OIDC_NAME,
            CORS_ORIGINS,
            TRUSTED_PROXIES,
            DOCS_PUBLIC,
            METRICS_PUBLIC,
            LOG_FORMAT,
            REQUEST_LIMIT_BYTES,
            PLUGIN_PUBLISHERS,
            PLUGIN_UNSIGNED,
            PLUGIN_LIMIT_BYTES,
            PLUGIN_SOURCES,
            PLUGIN_CATALOGUE,
            PLUGIN_TIMEOUT_SECONDS,
            PLUGIN_CONCURRENCY,
            PLUGIN_CONNECTIONS,
            PLUGIN_MIGRATION_SECONDS,
            SESSION_IDLE_SECONDS,
            AUDIT_DAYS,
            PRIVACY_DEADLINE_DAYS,
            PRIVACY_EXPORT_DAYS,
            PRIVACY_BACKUP_DAYS,
            LIMITS,
            SOCKETS,
            SOCKETS_PER_IDENTITY,
            SOCKET_FRAMES_PER_SECOND,
            SOCKET_FRAME_BYTES,
            CHANNEL_MESSAGE_DAYS,
            REQUEST_LOG_HOURS,
            GATEWAY_NETWORKS,
            SEALING_KEY,
            GATEWAY_CACHE_BYTES,
            ONNX_BYTES,
            INVITATION_LINK,
            MEMBERSHIP_URL,
            MEMBERSHIP_TOKEN,
            MEMBERSHIP_TIMEOUT_MILLIS,
            EMBEDDINGS_URL,
            EMBEDDINGS_MODEL,
            EMBEDDINGS_KEY,
            EMBEDDINGS_DIMENSIONS,
            EMBEDDINGS_TIMEOUT_MILLIS,
            NOTIFICATION_DAYS,
            EVENT_DAYS,
            WEBHOOK_FAILING_HOURS);

    /** Whether unsigned plugins may be installed. */
    public enum Unsigned {
        REFUSE,
        ALLOW
    }

    /** The servers that the product runs on. */
    public enum ServerKind {
        PAYARA,
        WILDFLY,
        MICRO
    }

    /** The format of log lines. */
    public enum LogFormat {
        TEXT,
        JSON
    }

    private static Key<Integer> port(String name, String fallback, String description) {
        return integer(name, fallback, 1, 65_535, description);
    }

    private static Key<Integer> integer(String name, String fallback, int least, int most, String description) {
        return new Key<>(name, "whole number, %d to %d".formatted(least, most), fallback, false, description, text -> {
            ValueFormat.check(text.matches("\\d{1,9}"), "is not a whole number");
            int value = Integer.parseInt(text);
            ValueFormat.check(value >= least && value <= most, "must be %d to %d".formatted(least, most));
            return value;
        });
    }

    private static Key<Path> file(String name, String description) {
        return new Key<>(name, "file", null, false, description, text -> {
            Path path = Path.of(text).toAbsolutePath().normalize();
            ValueFormat.check(Files.isReadable(path), "must be a readable file");
            return path;
        });
    }

    private static Key<Boolean> bool(String name, String fallback, String description) {
        return new Key<>(name, "true or false", fallback, false, description, text -> {
            ValueFormat.check(text.equals("true") || text.equals("false"), "must be true or false");
            return Boolean.valueOf(text);
        });
    }
}
