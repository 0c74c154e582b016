package io.thespace.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.DatabaseUrl;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.PrintStream;
import java.net.URI;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * Transfers per second of a running instance, over HTTP and through JDBC, beside pgbench running the same statements on
 * the same PostgreSQL: spread over 1,000 accounts, and with one account in every transfer. Rounds alternate, so that a
 * noisy machine is noisy for all of them.
 */
public final class TransferBenchmark {

    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private TransferBenchmark() {}

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in.
     *
     * @param arguments clients (16) and seconds of each run (10)
     */
    public static void main(String[] arguments) throws Exception {
        int clients = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 16;
        Duration duration = Duration.ofSeconds(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10);
        Instance instance = Instance.ofThisProcess();
        if (instance.embedsPostgres()) {
            instance = Instance.of(
                    Map.of(Key.DATABASE_URL.name(), instance.postgres().url()));
        }
        Configuration settings = instance.configuration();
        DatabaseUrl database = settings.get(Key.DATABASE_URL);
        URI base = instance.base();
        Session session = Session.open(base, settings);
        String token = session.token();
        JsonNode me = session.get("/api/auth/me");
        Accounts accounts = new Accounts(
                UUID.fromString(me.get("org_id").asText()),
                UUID.fromString(me.get("user_id").asText()),
                1000);
        accounts.open(database);

        String user = settings.get(Key.DATABASE_APP_USER);
        String password = settings.databaseAppPassword();
        PrintStream out = System.out;
        out.printf("%d clients, %d rounds of %d s each%n", clients, ROUNDS, duration.toSeconds());
        for (Accounts.Spread spread : Accounts.Spread.values()) {
            // The server's just-in-time compiler takes about a minute of this on two cores.
            Load.run(clients, WARM_UP, () -> new HttpClient(base, token, accounts, spread));
            for (int round = 1; round <= ROUNDS; round++) {
                Load.Result http = Load.run(clients, duration, () -> new HttpClient(base, token, accounts, spread));
                Load.Result jdbc = Load.run(
                        clients,
                        duration,
                        () -> new JdbcClient(
                                DriverManager.getConnection(database.jdbc(), user, password), accounts, spread));
                OptionalDouble pgbench = Pgbench.run(database, user, password, accounts, spread, clients, duration);
                out.printf(
                        "%-4s HTTP %6.0f/s (median %.1f ms, p99 %.1f ms)   JDBC %6.0f/s   pgbench %s%n",
                        spread,
                        http.perSecond(),
                        http.medianMillis(),
                        http.p99Millis(),
                        jdbc.perSecond(),
                        pgbench.isEmpty()
                                ? "is not installed"
                                : "%6.0f/s   HTTP/pgbench %.2f   JDBC/pgbench %.2f"
                                        .formatted(
                                                pgbench.getAsDouble(),
                                                http.perSecond() / pgbench.getAsDouble(),
                                                jdbc.perSecond() / pgbench.getAsDouble()));
            }
        }
        JsonNode invariants = session.get("/api/plugins/financial_business/admin/invariants");
        out.println("Ledger clean afterwards: " + invariants.get("clean"));
    }
}
