package io.thespace.failing;

import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The plugin {@code failing_plugin}. */
public final class FailingPlugin implements Plugin {

    private final Properties failures = new Properties();
    private Statement statement;

    /** Reads which failure belongs to which phase. Public, as the platform calls it. */
    public FailingPlugin() {
        try (InputStream file = FailingPlugin.class.getClassLoader().getResourceAsStream("failing.properties")) {
            if (file != null) {
                failures.load(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        in("constructor");
    }

    @Override
    public void start(PluginContext context) {
        in("start");
        statement = new Statement(context.database(), context.events());
    }

    @Override
    public List<EventType> events() {
        return List.of(StatementRun.TYPE);
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        in("endpoints");
        List<Endpoint<?>> endpoints = new ArrayList<>();
        for (Failure failure : Failure.values()) {
            endpoints.add(Endpoint.post("/" + failure.word())
                    .action(failure.word())
                    .tool()
                    .summary("Fail: " + failure.word().replace('_', ' '))
                    .description(failure.description)
                    .answers(Failure.Done.class, new Failure.Done(true))
                    .handler(call -> failure.happen()));
        }
        endpoints.add(Endpoint.post("/sql")
                .body(Statement.Order.class, Statement.Order.EXAMPLE)
                .summary("Run SQL")
                .description("Runs statements in the plugin's transaction, and publishes an event.")
                .answers(Statement.Outcome.class, Statement.Outcome.EXAMPLE)
                .refuses(FailingError.SQL_FAILED)
                .idempotent()
                .handler(call -> statement.run(call.actor(), call.body())));
        endpoints.add(Endpoint.get("/greetings/{tone}")
                .path("tone", Tone.class, "The tone.", Tone.FORMAL)
                .action("greeting")
                .prompt()
                .resource()
                .summary("A greeting")
                .description("Asks for a greeting in a tone.")
                .answersContent("text/plain;charset=utf-8")
                .handler(call -> new Content(
                        "text/plain;charset=utf-8",
                        "Write a %s greeting."
                                .formatted(call.path("tone", Tone.class).name().toLowerCase(Locale.ROOT))
                                .getBytes(StandardCharsets.UTF_8),
                        Map.of())));
        endpoints.addAll(ProtocolContent.endpoints());
        endpoints.addAll(ProtocolDialogue.endpoints());
        if (failures.getProperty("declared", "").equals("twice")) {
            endpoints.add(endpoints.get(0));
        }
        return endpoints;
    }

    /** The tone of a greeting. */
    private enum Tone {
        FORMAL,
        FRIENDLY
    }

    @Override
    public Health health() {
        in("health");
        return Health.OK;
    }

    @Override
    public void stop() {
        in("stop");
    }

    private void in(String phase) {
        try {
            Failure.valueOf(failures.getProperty(phase, "none").toUpperCase(Locale.ROOT))
                    .happen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
