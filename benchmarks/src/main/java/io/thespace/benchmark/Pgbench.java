package io.thespace.benchmark;

import io.thespace.configuration.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own load driver, running the statements of a transfer: the comparator. */
final class Pgbench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    private Pgbench() {}

    /** Transfers per second; empty when pgbench is not installed. */
    static OptionalDouble run(
            DatabaseUrl database,
            String user,
            String password,
            Accounts accounts,
            Accounts.Spread spread,
            int clients,
            Duration duration)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile("transfer", ".sql");
        try (InputStream in = Pgbench.class.getResourceAsStream("transfer.pgbench.sql")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder command = new ProcessBuilder(List.of(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                "--time=" + duration.toSeconds(),
                "--define=count=" + accounts.count(),
                "--define=even=" + (spread == Accounts.Spread.EVEN ? 1 : 0),
                "--define=org=" + accounts.orgId(),
                "--define=owner=" + accounts.ownerId(),
                "--file=" + script,
                "--host=" + database.host(),
                "--port=" + database.port(),
                "--username=" + user,
                database.database()));
        command.environment().put("PGPASSWORD", password);
        try {
            Process process = command.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("pgbench failed: " + output);
            }
            Matcher rate = RATE.matcher(output);
            if (!rate.find()) {
                throw new IOException("pgbench gave no rate: " + output);
            }
            return OptionalDouble.of(Double.parseDouble(rate.group(1)));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("error=2")) {
                return OptionalDouble.empty();
            }
            throw e;
        } finally {
            Files.delete(script);
        }
    }
}
