package io.thespace.sdk;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/** The management API of one platform. Thread-safe; one serves a whole program. */
public final class ManagementClient {

    private final Transport transport;

    private ManagementClient(Transport transport) {
        this.transport = transport;
    }

    /**
     * Returns a builder of a client.
     *
     * @param base the base URL of the platform, such as {@code https://space.example.org}
     */
    public static Builder at(URI base) {
        return new Builder(base);
    }

    /** The settings of a client, with defaults for all but the bearer. */
    public static final class Builder {

        private final URI base;
        private Supplier<String> bearer;
        private Duration connectLimit = Duration.ofSeconds(5);
        private Duration limit = Duration.ofSeconds(30);
        private Retries retries = Retries.USUAL;

        private Builder(URI base) {
            this.base = Objects.requireNonNull(base, "Say where the platform is");
        }

        /**
         * Sets the supplier of a personal access token, or of an access token of the platform; called for each request.
         */
        public Builder bearer(Supplier<String> token) {
            this.bearer = token;
            return this;
        }

        /** Sets the time limit for a connection; 5 s by default. */
        public Builder connectLimit(Duration limit) {
            this.connectLimit = limit;
            return this;
        }

        /** Sets the time limit for a response, per attempt; 30 s by default. */
        public Builder limit(Duration limit) {
            this.limit = limit;
            return this;
        }

        /** Sets the retry policy; {@link Retries#USUAL} by default. */
        public Builder retries(Retries retries) {
            this.retries = retries;
            return this;
        }

        public ManagementClient build() {
            return new ManagementClient(new Transport(
                    base,
                    Objects.requireNonNull(bearer, "Say by which token to call: bearer(() -> …)"),
                    connectLimit,
                    limit,
                    retries));
        }
    }

    public Organizations organizations() {
        return new Organizations(transport);
    }

    public Users users() {
        return new Users(transport);
    }

    public Agents agents() {
        return new Agents(transport);
    }

    public Tokens tokens() {
        return new Tokens(transport);
    }

    public Directives directives() {
        return new Directives(transport);
    }

    public Memories memories() {
        return new Memories(transport);
    }

    public Sessions sessions() {
        return new Sessions(transport);
    }

    public Analytics analytics() {
        return new Analytics(transport);
    }

    public DataRequests dataRequests() {
        return new DataRequests(transport);
    }

    public LegalHolds legalHolds() {
        return new LegalHolds(transport);
    }

    public AuditEvents auditEvents() {
        return new AuditEvents(transport);
    }

    @Override
    public String toString() {
        return "ManagementClient[" + transport + "]";
    }
}
