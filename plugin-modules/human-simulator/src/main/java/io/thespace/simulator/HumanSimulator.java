package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Method;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The plugin {@code human_simulator}: synthetic users that exercise the platform's own API. */
@ApplicationScoped
public class HumanSimulator implements Plugin {

    /** The platform outside of all organizations. */
    static final Actor PLATFORM = Actor.platform(null, "simulator");

    private static final String ID = "The %s's id.";

    @Inject
    private RunWatch watch;

    private Personas personas;
    private Scenarios scenarios;
    private Admissions admissions;
    private CalendarEntries calendar;
    private Runs runs;
    private SimulatorPersonalData requesters;
    private volatile Engine engine;

    public HumanSimulator() {}

    /** Outside of a container. */
    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    HumanSimulator(RunWatch watch) {
        this.watch = watch;
    }

    @Override
    public void start(PluginContext context) {
        Database database = context.database();
        requesters = new SimulatorPersonalData(database);
        personas = new Personas(database);
        scenarios = new Scenarios(database);
        runs = new Runs(database, context.events(), scenarios, personas);
        admissions = new Admissions(database, personas);
        calendar = new CalendarEntries(database, scenarios, runs);
        engine = new Engine(runs, calendar, context.sandbox(), context.actions(), watch::thread);
    }

    @Override
    public void stop() {
        Engine before = engine;
        engine = null;
        if (before != null) {
            before.close();
        }
    }

    /** Lets this node look what there is to do, while the plugin is enabled. */
    void look() {
        Engine here = engine;
        if (here != null) {
            here.look();
        }
    }

    /** It is well when it can see its runs. */
    @Override
    public Health health() {
        String fault = engine.fault();
        return fault == null ? Health.OK : Health.failing(fault);
    }

    @Override
    public List<EventType> events() {
        return List.of(SessionStarted.TYPE, SessionCompleted.TYPE, ExpectationFailed.TYPE);
    }

    @Override
    public PersonalData personalData() {
        return requesters;
    }

    /** Refuses with {@code SYNTHETIC_CALLER}: otherwise a scenario could start runs that start runs. */
    static void requireReal(Actor actor) {
        if (actor.synthetic() && !isRehearsal(actor)) {
            throw new Rejection(
                    SimulatorError.SYNTHETIC_CALLER, "A synthetic user may not start or change a simulation.");
        }
    }

    /**
     * The platform rehearses endpoints as a synthetic actor whose id no user can have, since users' ids have a version.
     */
    private static boolean isRehearsal(Actor actor) {
        return actor.userId() != null && actor.userId().version() == 0;
    }

    /** Refuses with {@code TOO_MANY}. */
    static void requireRoom(int most, long there, String what) {
        if (there >= most) {
            throw new Rejection(
                    SimulatorError.TOO_MANY,
                    "There are %d %s, which is the maximum for an organization. Delete some.".formatted(there, what));
        }
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.post("/simulate")
                        .body(SimulateOrder.class, Examples.SIMULATE)
                        .summary("Run a scenario now")
                        .action("simulate")
                        .tool()
                        .description("Runs a scenario with up to 10 concurrent synthetic users, waits for them and"
                                + " returns the result. The run is stopped after 8 seconds; POST /runs"
                                + " creates larger ones. Each call is a separate run, so it takes no Idempotency-Key.")
                        .answers(RunView.class, Examples.RUN)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.RUN_TOO_LARGE,
                                SimulatorError.SCENARIO_NOT_FOUND,
                                SimulatorError.PERSONA_NOT_FOUND,
                                SimulatorError.TOO_MANY,
                                SimulatorError.NODE_BUSY)
                        .ownTransactions()
                        .limit(LimitClass.COSTLY)
                        .handler(call -> engine.simulate(call.actor(), call.body())),
                Endpoint.get("/runs")
                        .summary("Runs, the newest first")
                        .description("The organization's runs with their results so far.")
                        .answersPage(RunView.class, Examples.RUN)
                        .handler(call -> runs.page(call.actor(), call.page())),
                Endpoint.post("/runs")
                        .body(RunOrder.class, Examples.RUN_ORDER)
                        .summary("Create a run")
                        .action("run_scenario")
                        .tool()
                        .description("Queues a run, which a node starts within a second; GET /runs/{id} returns its"
                                + " progress. With admission it waits in the state planned: POST /admissions admits"
                                + " personas, and POST /runs/{id}/start starts it.")
                        .creates(RunView.class, Examples.QUEUED)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.RULE_INVALID,
                                SimulatorError.RUN_TOO_LARGE,
                                SimulatorError.SCENARIO_NOT_FOUND,
                                SimulatorError.PERSONA_NOT_FOUND,
                                SimulatorError.TOO_MANY)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> runs.add(call.actor(), call.body())),
                Endpoint.get("/runs/{id}")
                        .summary("A run")
                        .action("run")
                        .tool()
                        .description(
                                "One run with its result so far: latency and failures of each step, and availability"
                                        + " over time.")
                        .path("id", UUID.class, ID.formatted("run"), Examples.RUN_ID)
                        .answers(RunView.class, Examples.RUN)
                        .refuses(SimulatorError.RUN_NOT_FOUND)
                        .handler(call -> runs.find(call.actor(), call.path("id", UUID.class))),
                Endpoint.post("/runs/{id}/start")
                        .summary("Start a planned run")
                        .description("Starts a planned run with the admitted personas, in the order of their"
                                + " admission. Personas on the waiting list do not take part.")
                        .path("id", UUID.class, ID.formatted("run"), Examples.RUN_ID)
                        .answers(RunView.class, Examples.QUEUED)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.RUN_NOT_FOUND,
                                SimulatorError.RUN_TAKES_NO_ADMISSIONS,
                                SimulatorError.NOBODY_ADMITTED)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> runs.start(call.actor(), call.path("id", UUID.class))),
                Endpoint.post("/runs/{id}/stop")
                        .summary("Stop a run")
                        .action("stop_run")
                        .tool()
                        .description(
                                "Stops a run: at once when it has not started, within a second when it runs. A run that"
                                        + " has ended is not changed.")
                        .path("id", UUID.class, ID.formatted("run"), Examples.RUN_ID)
                        .answers(RunView.class, Examples.RUN)
                        .refuses(SimulatorError.SYNTHETIC_CALLER, SimulatorError.RUN_NOT_FOUND)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> runs.stop(call.actor(), call.path("id", UUID.class))),
                Endpoint.delete("/runs/{id}")
                        .summary("Delete a run")
                        .description("Deletes a run that is not under way, with its admissions and its result.")
                        .path("id", UUID.class, ID.formatted("run"), Examples.RUN_ID)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.RUN_NOT_FOUND,
                                SimulatorError.RUN_UNDER_WAY)
                        .rehearsed()
                        .handler(call -> {
                            runs.remove(call.actor(), call.path("id", UUID.class));
                            return null;
                        }),
                Endpoint.get("/scenarios")
                        .summary("Scenarios, by name")
                        .action("scenarios")
                        .tool()
                        .description("The scenarios that come with the simulator, and the organization's own.")
                        .answersPage(ScenarioView.class, Examples.SCENARIO_VIEW)
                        .handler(call -> scenarios.page(call.actor(), call.page())),
                Endpoint.post("/scenarios")
                        .body(ScenarioOrder.class, Examples.SCENARIO)
                        .summary("Add a scenario")
                        .description("Adds a scenario of the organization's own. In paths, headers and texts of bodies"
                                + " ${name} stands for a variable: email, password, user_id, run_id, session_id, number,"
                                + " persona, account_1 and account_2 are given, others are captured from answers.")
                        .creates(ScenarioView.class, Examples.SCENARIO_VIEW)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.SCENARIO_INVALID,
                                SimulatorError.SCENARIO_SHIPPED,
                                SimulatorError.NAME_TAKEN,
                                SimulatorError.TOO_MANY)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> scenarios.add(call.actor(), call.body())),
                Endpoint.get("/scenarios/{name}")
                        .summary("A scenario")
                        .description("One scenario with its steps.")
                        .path("name", String.class, "The scenario's name.", "login")
                        .answers(ScenarioView.class, Examples.SCENARIO_VIEW)
                        .refuses(SimulatorError.SCENARIO_NOT_FOUND)
                        .handler(call -> scenarios.find(call.actor(), call.path("name", String.class))),
                Endpoint.put("/scenarios/{name}")
                        .body(ScenarioOrder.class, Examples.SCENARIO)
                        .summary("Change a scenario")
                        .description("Replaces a scenario. Runs that were created before keep the old one.")
                        .path("name", String.class, "The scenario's name.", "look_around")
                        .answers(ScenarioView.class, Examples.SCENARIO_VIEW)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.SCENARIO_INVALID,
                                SimulatorError.SCENARIO_NOT_FOUND,
                                SimulatorError.SCENARIO_SHIPPED)
                        .rehearsed()
                        .handler(call -> scenarios.change(call.actor(), call.path("name", String.class), call.body())),
                Endpoint.delete("/scenarios/{name}")
                        .summary("Delete a scenario")
                        .description("Deletes a scenario of the organization's own.")
                        .path("name", String.class, "The scenario's name.", "look_around")
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.SCENARIO_NOT_FOUND,
                                SimulatorError.SCENARIO_SHIPPED)
                        .rehearsed()
                        .handler(call -> {
                            scenarios.remove(call.actor(), call.path("name", String.class));
                            return null;
                        }),
                Endpoint.get("/personas")
                        .summary("Personas, the newest first")
                        .description("The personas that the organization simulates.")
                        .answersPage(PersonaView.class, Examples.PERSONA_VIEW)
                        .handler(call -> personas.page(call.actor(), call.page())),
                Endpoint.post("/personas")
                        .body(PersonaOrder.class, Examples.PERSONA)
                        .summary("Add a persona")
                        .description(
                                "Adds a persona. What they do in a run follows from their traits and from the run's"
                                        + " seed, the same each time.")
                        .creates(PersonaView.class, Examples.PERSONA_VIEW)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.PERSONA_INVALID,
                                SimulatorError.NAME_TAKEN,
                                SimulatorError.TOO_MANY)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> personas.add(call.actor(), call.body())),
                Endpoint.get("/personas/{id}")
                        .summary("A persona")
                        .description("One persona.")
                        .path("id", UUID.class, ID.formatted("persona"), Examples.PERSONA_ID)
                        .answers(PersonaView.class, Examples.PERSONA_VIEW)
                        .refuses(SimulatorError.PERSONA_NOT_FOUND)
                        .handler(call -> personas.find(call.actor(), call.path("id", UUID.class))),
                Endpoint.put("/personas/{id}")
                        .body(PersonaOrder.class, Examples.PERSONA)
                        .summary("Change a persona")
                        .description("Replaces the traits of a persona.")
                        .path("id", UUID.class, ID.formatted("persona"), Examples.PERSONA_ID)
                        .answers(PersonaView.class, Examples.PERSONA_VIEW)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.PERSONA_INVALID,
                                SimulatorError.PERSONA_NOT_FOUND,
                                SimulatorError.NAME_TAKEN)
                        .rehearsed()
                        .handler(call -> personas.change(call.actor(), call.path("id", UUID.class), call.body())),
                Endpoint.delete("/personas/{id}")
                        .summary("Delete a persona")
                        .description("Deletes a persona that has no place in a run and waits for none.")
                        .path("id", UUID.class, ID.formatted("persona"), Examples.PERSONA_ID)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.PERSONA_NOT_FOUND,
                                SimulatorError.PERSONA_ADMITTED)
                        .rehearsed()
                        .handler(call -> {
                            personas.remove(call.actor(), call.path("id", UUID.class));
                            return null;
                        }),
                Endpoint.get("/admissions")
                        .summary("Admissions, the newest first")
                        .description("The admissions to runs and the waiting lists; for one run in order of admission.")
                        .query("run_id", UUID.class, "Only admissions to this run.")
                        .answersPage(AdmissionView.class, Examples.ADMITTED)
                        .refuses(SimulatorError.RUN_NOT_FOUND)
                        .handler(call -> admissions.page(call.actor(), call.query("run_id", UUID.class), call.page())),
                Endpoint.post("/admissions")
                        .body(AdmissionOrder.class, Examples.ADMISSION)
                        .summary("Admit a persona")
                        .description("Admits a persona to a planned run or, when its capacity is reached, appends it to"
                                + " the waiting list.")
                        .creates(AdmissionView.class, Examples.ADMITTED)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.PERSONA_NOT_FOUND,
                                SimulatorError.RUN_NOT_FOUND,
                                SimulatorError.TOO_MANY,
                                SimulatorError.RUN_TAKES_NO_ADMISSIONS,
                                SimulatorError.NOT_ELIGIBLE,
                                SimulatorError.ALREADY_ADMITTED)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> admissions.add(call.actor(), call.body())),
                Endpoint.get("/admissions/{id}")
                        .summary("An admission")
                        .description("One admission, with the number of personas ahead of it on the waiting list.")
                        .path("id", UUID.class, ID.formatted("admission"), Examples.ADMISSION_ID)
                        .answers(AdmissionView.class, Examples.ADMITTED)
                        .refuses(SimulatorError.ADMISSION_NOT_FOUND)
                        .handler(call -> admissions.find(call.actor(), call.path("id", UUID.class))),
                Endpoint.put("/admissions/{id}")
                        .body(AdmissionChange.class, new AdmissionChange(Examples.PERSONA_ID))
                        .summary("Transfer an admission to another persona")
                        .description("Another eligible persona takes the same place.")
                        .path("id", UUID.class, ID.formatted("admission"), Examples.ADMISSION_ID)
                        .answers(AdmissionView.class, Examples.ADMITTED)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.PERSONA_NOT_FOUND,
                                SimulatorError.ADMISSION_NOT_FOUND,
                                SimulatorError.RUN_TAKES_NO_ADMISSIONS,
                                SimulatorError.NOT_ELIGIBLE,
                                SimulatorError.ALREADY_ADMITTED)
                        .rehearsed()
                        .handler(call -> admissions.change(call.actor(), call.path("id", UUID.class), call.body())),
                Endpoint.delete("/admissions/{id}")
                        .summary("Withdraw an admission")
                        .description("Frees the place for the first persona on the waiting list, or removes the persona"
                                + " from that list.")
                        .path("id", UUID.class, ID.formatted("admission"), Examples.ADMISSION_ID)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.ADMISSION_NOT_FOUND,
                                SimulatorError.RUN_TAKES_NO_ADMISSIONS)
                        .rehearsed()
                        .handler(call -> {
                            admissions.remove(call.actor(), call.path("id", UUID.class));
                            return null;
                        }),
                Endpoint.get("/calendar")
                        .summary("Calendar entries, the newest first")
                        .description("The calendar entries that start runs.")
                        .answersPage(CalendarEntryView.class, Examples.ENTRY_VIEW)
                        .handler(call -> calendar.page(call.actor(), call.page())),
                Endpoint.get("/calendar.ics")
                        .summary("The calendar as iCalendar")
                        .description("All entries as events (RFC 5545), for other calendars to show.")
                        .answersContent("text/calendar")
                        .handler(call -> Content.text("text/calendar", calendar.iCalendar(call.actor()))),
                Endpoint.post("/calendar")
                        .body(CalendarEntryOrder.class, Examples.ENTRY)
                        .summary("Add a calendar entry")
                        .description("Starts runs at a local time in a time zone, once or by a recurrence rule (RFC"
                                + " 5545) that is at most hourly. Times missed while no node runs are caught up by"
                                + " one run.")
                        .creates(CalendarEntryView.class, Examples.ENTRY_VIEW)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.SCHEDULE_INVALID,
                                SimulatorError.SCENARIO_NOT_FOUND,
                                SimulatorError.TOO_MANY)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> calendar.add(call.actor(), call.body())),
                Endpoint.post("/calendar/import")
                        .body(CalendarImport.class, Examples.IMPORT)
                        .summary("Import events")
                        .description("Imports all events of an iCalendar document, or none. An event with a known UID"
                                + " replaces that entry.")
                        .answersList(CalendarEntryView.class, Examples.ENDED_VIEW)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.SCHEDULE_INVALID,
                                SimulatorError.ICALENDAR_INVALID,
                                SimulatorError.SCENARIO_NOT_FOUND,
                                SimulatorError.TOO_MANY)
                        .idempotent()
                        .rehearsed()
                        .handler(call -> calendar.take(call.actor(), call.body())),
                Endpoint.get("/calendar/{id}")
                        .summary("A calendar entry")
                        .description("One entry, with when it starts the next run.")
                        .path("id", UUID.class, ID.formatted("entry"), Examples.ENTRY_ID)
                        .answers(CalendarEntryView.class, Examples.ENTRY_VIEW)
                        .refuses(SimulatorError.ENTRY_NOT_FOUND)
                        .handler(call -> calendar.find(call.actor(), call.path("id", UUID.class))),
                Endpoint.put("/calendar/{id}")
                        .body(CalendarEntryOrder.class, Examples.ENTRY)
                        .summary("Change a calendar entry")
                        .description("Replaces an entry.")
                        .path("id", UUID.class, ID.formatted("entry"), Examples.ENTRY_ID)
                        .answers(CalendarEntryView.class, Examples.ENTRY_VIEW)
                        .refuses(
                                SimulatorError.SYNTHETIC_CALLER,
                                SimulatorError.SCHEDULE_INVALID,
                                SimulatorError.SCENARIO_NOT_FOUND,
                                SimulatorError.ENTRY_NOT_FOUND,
                                SimulatorError.TOO_MANY)
                        .rehearsed()
                        .handler(call -> calendar.change(call.actor(), call.path("id", UUID.class), call.body())),
                Endpoint.delete("/calendar/{id}")
                        .summary("Delete a calendar entry")
                        .description("Deletes an entry. Runs that it started stay.")
                        .path("id", UUID.class, ID.formatted("entry"), Examples.ENTRY_ID)
                        .refuses(SimulatorError.SYNTHETIC_CALLER, SimulatorError.ENTRY_NOT_FOUND)
                        .rehearsed()
                        .handler(call -> {
                            calendar.remove(call.actor(), call.path("id", UUID.class));
                            return null;
                        }));
    }

    /** Values for the API documentation. */
    private static final class Examples {
        static final UUID RUN_ID = UUID.fromString("019a2b3c-1c00-7a10-8b7e-6f3d2c1b0a01");
        static final UUID PERSONA_ID = UUID.fromString("019a2b3c-2d00-7c21-9a4f-5e6d7c8b9a02");
        static final UUID ADMISSION_ID = UUID.fromString("019a2b3c-3e00-7d32-8f5a-4d5c6b7a8903");
        static final UUID ENTRY_ID = UUID.fromString("019a2b3c-4f00-7e43-9e6b-3c4b5a697804");
        static final Instant THEN = Instant.parse("2026-01-31T09:30:00Z");

        static final SimulateOrder SIMULATE = new SimulateOrder("login", 1, 42L, null);
        static final RunOrder RUN_ORDER = new RunOrder("browse_plugins", 20, 5, 42L, 120, null, null);
        static final RunView RUN = new RunView(
                RUN_ID,
                "login",
                "completed",
                null,
                1,
                1,
                42,
                8,
                null,
                THEN,
                THEN,
                THEN.plusSeconds(2),
                true,
                new RunResult(
                        1,
                        0,
                        List.of(
                                new RunResult.StepResult(
                                        "sign_in",
                                        1,
                                        0,
                                        0,
                                        0,
                                        new RunResult.Latency(41.2, 41.2, 41.2, 41.2, 41.2),
                                        List.of(new RunResult.Cause("Status 503 instead of 200.", 0, "sim-4711"))),
                                new RunResult.StepResult("never_reached", 0, 0, 0, 0, null, List.of())),
                        List.of(new RunResult.Bucket(THEN, 1, 4, 4))));
        static final RunView QUEUED = new RunView(
                RUN_ID, "browse_plugins", "queued", null, 20, 5, 42, 120, null, THEN, null, null, null, RunResult.NONE);
        static final ScenarioOrder SCENARIO = new ScenarioOrder(
                "look_around",
                "Asks whether the platform is ready.",
                null,
                List.of(new Step(
                        "ready",
                        Step.Kind.HTTP,
                        Method.GET,
                        "/api/ready",
                        null,
                        Map.of("Accept", "application/json"),
                        Map.of("state", "/status"),
                        500,
                        false,
                        new Step.Expectation(
                                200,
                                1000,
                                List.of(new Step.Check("/status", TextNode.valueOf("ready"), null, null)),
                                null,
                                null))));
        static final ScenarioView SCENARIO_VIEW = ScenarioView.of(SCENARIO, false);
        static final Map<String, JsonNode> TRAITS = Map.of("age", IntNode.valueOf(67));
        static final PersonaOrder PERSONA = new PersonaOrder(
                "Careful Carla",
                new BigDecimal("1.5"),
                new BigDecimal("0.1"),
                new BigDecimal("0.8"),
                List.of("/api/auth", "/api/plugins"),
                TRAITS);
        static final PersonaView PERSONA_VIEW = new PersonaView(
                PERSONA_ID,
                "Careful Carla",
                new BigDecimal("1.50"),
                new BigDecimal("0.100"),
                new BigDecimal("0.800"),
                List.of("/api/auth", "/api/plugins"),
                TRAITS);
        static final AdmissionOrder ADMISSION = new AdmissionOrder(RUN_ID, PERSONA_ID);
        static final AdmissionView ADMITTED =
                new AdmissionView(ADMISSION_ID, RUN_ID, PERSONA_ID, "admitted", 1, null, THEN);
        static final CalendarEntryOrder ENTRY = new CalendarEntryOrder(
                "Monday's look", "login", 3, "Europe/Berlin", "2026-03-02T08:00:00", "FREQ=WEEKLY;BYDAY=MO", true);
        static final CalendarEntryView ENTRY_VIEW = new CalendarEntryView(
                ENTRY_ID,
                ENTRY_ID + "@human_simulator",
                "Monday's look",
                "login",
                3,
                "Europe/Berlin",
                "2026-03-02T08:00",
                "FREQ=WEEKLY;BYDAY=MO",
                true,
                Instant.parse("2026-03-02T07:00:00Z"),
                null,
                null);
        static final CalendarEntryView ENDED_VIEW = new CalendarEntryView(
                ENTRY_ID,
                "once@example.com",
                "Once",
                "login",
                1,
                "UTC",
                "2026-01-01T08:00",
                null,
                true,
                null,
                RUN_ID,
                null);
        static final CalendarImport IMPORT = new CalendarImport(
                """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Example//EN
                BEGIN:VEVENT
                UID:weekly@example.com
                DTSTAMP:20260101T000000Z
                DTSTART;TZID=Europe/Berlin:20260302T080000
                RRULE:FREQ=WEEKLY;BYDAY=MO
                SUMMARY:Monday's look
                END:VEVENT
                END:VCALENDAR
                """,
                "login");
    }
}
