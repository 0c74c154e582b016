package io.thespace.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.thespace.plugin.api.Actions;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.plugin.api.Sandbox;
import io.thespace.simulator.Runs.Task;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Executes runs on this node. Each second it takes queued ones, starts due calendar entries, renews the leases of its
 * own runs, and ends those of nodes whose leases have expired.
 */
final class Engine {

    /** The time limit of a run by {@code simulate}. */
    static final int SIMULATE_SECONDS = 8;

    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration TO_END = Duration.ofSeconds(5);

    /** The maximum of queued runs that this node executes at once. */
    private static final int MAX_RUNS = 4;

    /** The maximum of these of one organization, so that others need not wait for the end of its runs. */
    private static final int MAX_RUNS_OF_ORGANIZATION = 2;

    /** The maximum of concurrent calls of {@code simulate}. */
    private static final int MAX_SIMULATIONS = 8;

    private static final int MAX_SIMULATIONS_OF_ORGANIZATION = 4;

    /** A walker keeps its thread until the run's last session: so many that none waits for another run's end. */
    private static final int MAX_WALKERS = MAX_RUNS * RunOrder.MAX_CONCURRENCY;

    private static final int MAX_SIMULATION_WALKERS = MAX_SIMULATIONS * SimulateOrder.MAX_USERS;
    private static final int MAX_WAITING = 256;
    private static final int LOOKS_PER_PURGE = 3_600;
    private static final BigDecimal LOW = new BigDecimal("100");
    private static final BigDecimal FUNDS = new BigDecimal("1000");

    private final UUID node = UUID.randomUUID();
    private final Runs runs;
    private final CalendarEntries calendar;
    private final Sandbox sandbox;
    private final Actions actions;

    /** The threads of queued runs. */
    private final ThreadPoolExecutor walkers;

    /** The threads of {@code simulate}. */
    private final ThreadPoolExecutor simulationWalkers;

    private final ThreadPoolExecutor wire;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();

    /** The organization of each call of {@code simulate} under way. Guarded by itself. */
    private final List<UUID> simulations = new ArrayList<>();

    private final ReentrantLock looking = new ReentrantLock();
    private int looks;
    private volatile boolean closed;

    /** Why runs cannot be seen; null when they can. */
    private volatile String fault;

    /** A run that this node makes. */
    private final class Running {
        final Task task;

        /** Whether it was queued, and no caller waits for it. */
        final boolean queued;

        final Measurements measurements;
        final CountDownLatch stopped = new CountDownLatch(1);
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger left = new AtomicInteger();

        /** Null as long as nothing keeps it from completing. */
        final AtomicReference<String> reason = new AtomicReference<>();

        final AtomicReference<String> state = new AtomicReference<>("completed");
        final CompletableFuture<Void> done = new CompletableFuture<>();
        final long deadline;
        final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(wire)
                .build();

        Running(Task task, boolean queued) {
            this.task = task;
            this.queued = queued;
            this.measurements = new Measurements(task.scenario(), Instant.now());
            this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(task.limitSeconds());
        }

        void stop(String as, String why) {
            if (reason.compareAndSet(null, why)) {
                state.set(as);
            }
            stopped.countDown();
        }

        /** Runs sessions until none is left. */
        void walk(int slot) {
            try {
                Map<String, JsonNode> user = null;
                int number = next.getAndIncrement();
                while (number < task.users() && stopped.getCount() > 0) {
                    if (user == null) {
                        user = variables(task, user(slot));
                    }
                    session(user, number);
                    number = next.getAndIncrement();
                }
            } catch (Rejection e) {
                stop("failed", e.getMessage());
            } catch (InterruptedException e) {
                stop("stopped", "This node stops simulating.");
                Thread.currentThread().interrupt();
            } catch (RuntimeException | SQLException | Error e) {
                // Before the log, which may fail as well when memory is short: a run without a reason is completed.
                stop("failed", "Something went wrong on our side; it is logged with the run's id.");
                LOG.log(System.Logger.Level.ERROR, "A run cannot be made: " + task.runId(), e);
            } finally {
                if (left.decrementAndGet() == 0) {
                    finish(this);
                }
            }
        }

        /** A user of the sandbox. Many new ones at once have to wait, since their passwords are hashed. */
        private Sandbox.SyntheticUser user(int slot) throws InterruptedException {
            while (true) {
                try {
                    return sandbox.user("walker." + slot);
                } catch (Rejection busy) {
                    if (busy.retryAfter() == null
                            || stopped.await(busy.retryAfter().toMillis(), TimeUnit.MILLISECONDS)
                            || System.nanoTime() > deadline) {
                        throw busy;
                    }
                }
            }
        }

        private void session(Map<String, JsonNode> user, int number) throws InterruptedException, SQLException {
            PersonaView persona = task.personas().get(number % task.personas().size());
            String session = "sim-" + task.runId() + "-" + number;
            Map<String, JsonNode> variables = new HashMap<>(user);
            variables.put("session_id", TextNode.valueOf(session));
            variables.put("number", IntNode.valueOf(number));
            variables.put("persona", TextNode.valueOf(persona.name()));
            String scenario = task.scenario().name();
            runs.tell(task, SessionStarted.TYPE, new SessionStarted(task.runId(), scenario, number, persona.name()));
            boolean passed;
            try (Walk walk =
                    new Walk(client, sandbox.base(), measurements, stopped, this::witness, session, variables)) {
                passed = walk.go(Plan.of(task.scenario(), persona, task.seed(), number));
            }
            measurements.ended(passed);
            runs.tell(
                    task,
                    SessionCompleted.TYPE,
                    new SessionCompleted(task.runId(), scenario, number, persona.name(), passed));
        }

        private void witness(String step, String cause, String requestId) {
            try {
                runs.tell(
                        task,
                        ExpectationFailed.TYPE,
                        new ExpectationFailed(task.runId(), task.scenario().name(), step, cause, requestId));
            } catch (SQLException e) {
                // The result has it too.
                LOG.log(System.Logger.Level.WARNING, "A failed expectation could not be published", e);
            }
        }
    }

    Engine(Runs runs, CalendarEntries calendar, Sandbox sandbox, Actions actions, ThreadFactory threads) {
        this.runs = runs;
        this.calendar = calendar;
        this.sandbox = sandbox;
        this.actions = actions;
        this.walkers = pool(MAX_WALKERS, MAX_WAITING, threads);
        this.simulationWalkers = pool(MAX_SIMULATION_WALKERS, MAX_WAITING, threads);
        this.wire = pool(2, 10_000, threads);
    }

    private static ThreadPoolExecutor pool(int threads, int waiting, ThreadFactory factory) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE.toSeconds(), TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Makes a small run and waits for its end.
     *
     * @throws Rejection {@code NODE_BUSY}, and as {@link Runs#add}
     */
    RunView simulate(Actor actor, SimulateOrder order) throws SQLException {
        HumanSimulator.requireReal(actor);
        takePlace(actor.orgId());
        try {
            return simulateInPlace(actor, order);
        } finally {
            synchronized (simulations) {
                simulations.remove(actor.orgId());
            }
        }
    }

    private void takePlace(UUID organization) {
        synchronized (simulations) {
            if (simulations.size() >= MAX_SIMULATIONS
                    || Collections.frequency(simulations, organization) >= MAX_SIMULATIONS_OF_ORGANIZATION) {
                throw busy();
            }
            simulations.add(organization);
        }
    }

    private RunView simulateInPlace(Actor actor, SimulateOrder order) throws SQLException {
        RunView begun = runs.begin(actor, order.run(SIMULATE_SECONDS), node);
        Running run = begin(runs.task(new Runs.Claimed(begun.runId(), actor.orgId())), false);
        try {
            run.done.get(SIMULATE_SECONDS + TO_END.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            run.stop("stopped", tooLong(run.task));
        } catch (InterruptedException e) {
            run.stop("stopped", "No caller waits for it any more.");
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A run that is done has no result", e);
        }
        return runs.find(actor, begun.runId());
    }

    private static Rejection busy() {
        return Rejection.later(
                SimulatorError.NODE_BUSY,
                "This node runs as many simulations as it may, or as it may for one organization."
                        + " Try again in a moment, or queue one with POST /runs.",
                Duration.ofSeconds(5));
    }

    private static String tooLong(Task task) {
        return "It took longer than its %d s.".formatted(task.limitSeconds());
    }

    private Running begin(Task task, boolean queued) {
        Running run = new Running(task, queued);
        ThreadPoolExecutor threads = queued ? walkers : simulationWalkers;
        int most = Math.max(1, Math.min(task.concurrency(), task.users()));
        running.put(task.runId(), run);
        run.left.set(most);
        for (int slot = 0; slot < most; slot++) {
            int mine = slot;
            try {
                threads.execute(() -> run.walk(mine));
            } catch (RejectedExecutionException e) {
                run.stop("failed", "This node has no thread to spare for it.");
                if (run.left.decrementAndGet() == 0) {
                    finish(run);
                }
            }
        }
        return run;
    }

    private void finish(Running run) {
        try {
            String state = run.state.get();
            runs.end(run.task, node, state, run.reason.get(), run.measurements.result());
        } catch (RuntimeException | SQLException e) {
            // Its lease expires, and another node ends it as interrupted.
            LOG.log(System.Logger.Level.WARNING, "The end of run " + run.task.runId() + " could not be written", e);
        } finally {
            running.remove(run.task.runId());
            run.done.complete(null);
        }
    }

    /** Polls once, unless a poll is running. */
    void look() {
        if (closed || !looking.tryLock()) {
            return;
        }
        try {
            tend();
            fault = null;
        } catch (RuntimeException | SQLException e) {
            // The next look may find the database back.
            fault = "Runs cannot be seen: " + e.getMessage();
            LOG.log(System.Logger.Level.WARNING, fault);
        } finally {
            looking.unlock();
        }
    }

    private void tend() throws SQLException {
        for (Running run : List.copyOf(running.values())) {
            if (System.nanoTime() > run.deadline) {
                run.stop("stopped", tooLong(run.task));
            }
            if (!runs.renew(run.task, node, run.measurements.result()) && running.containsKey(run.task.runId())) {
                run.stop("stopped", "It was stopped.");
            }
        }
        calendar.startDue();
        boolean more = true;
        while (more) {
            more = claim();
        }
        runs.endInterrupted();
        looks++;
        if (looks % LOOKS_PER_PURGE == 1) {
            runs.purge();
        }
    }

    /** Begins a queued run; false when there is none, or no place for it. */
    private boolean claim() throws SQLException {
        Map<UUID, Long> places = running.values().stream()
                .filter(run -> run.queued)
                .collect(Collectors.groupingBy(run -> run.task.actor().orgId(), Collectors.counting()));
        if (places.values().stream().mapToLong(Long::longValue).sum() >= MAX_RUNS) {
            return false;
        }
        List<UUID> full = places.keySet().stream()
                .filter(organization -> places.get(organization) >= MAX_RUNS_OF_ORGANIZATION)
                .toList();
        Optional<Runs.Claimed> claimed = runs.claim(node, full);
        if (claimed.isEmpty()) {
            return false;
        }
        begin(runs.task(claimed.get()), true);
        return true;
    }

    /** The user of one of a run's walkers, with what they need, as variables. */
    private Map<String, JsonNode> variables(Task task, Sandbox.SyntheticUser user) {
        Map<String, JsonNode> variables = new HashMap<>();
        variables.put("email", TextNode.valueOf(user.email()));
        variables.put("password", TextNode.valueOf(user.password()));
        variables.put("user_id", TextNode.valueOf(user.userId().toString()));
        variables.put("run_id", TextNode.valueOf(task.runId().toString()));
        if (task.scenario().fundedAccounts() > 0) {
            List<String> accounts = accounts(task, user);
            for (int i = 0; i < accounts.size(); i++) {
                variables.put("account_" + (i + 1), TextNode.valueOf(accounts.get(i)));
            }
        }
        return variables;
    }

    /** The user's first USD accounts, opened and filled up where need be by the platform inside of the sandbox. */
    private List<String> accounts(Task task, Sandbox.SyntheticUser user) {
        String requestId = "sim-" + task.runId();
        Actor owner = new Actor(sandbox.orgId(), user.userId(), Role.USER, null, requestId, null, null, true);
        Actor platform = new Actor(sandbox.orgId(), null, Role.ADMIN, null, requestId, null, null, true);
        List<JsonNode> accounts = new ArrayList<>();
        for (JsonNode account : call(owner, "accounts", Map.of())) {
            if (account.path("currency").asText().equals("USD")
                    && account.path("status").asText().equals("open")
                    && accounts.size() < task.scenario().fundedAccounts()) {
                accounts.add(account);
            }
        }
        while (accounts.size() < task.scenario().fundedAccounts()) {
            accounts.add(call(platform, "open_account", Map.of("owner_user_id", user.userId(), "currency", "USD")));
        }
        for (JsonNode account : accounts) {
            if (account.path("balance").decimalValue().compareTo(LOW) < 0) {
                call(
                        platform,
                        "deposit",
                        Map.of("account_id", account.path("account_id").asText(), "amount", FUNDS, "currency", "USD"));
            }
        }
        return accounts.stream().map(a -> a.path("account_id").asText()).toList();
    }

    private JsonNode call(Actor actor, String action, Map<String, ?> params) {
        return Json.tree(actions.call(actor, "financial_business", action, params)
                        .bytes())
                .orElseThrow(() -> new IllegalStateException(action + " did not answer with JSON"));
    }

    /** Why it cannot do its work; null when it can. */
    String fault() {
        return fault;
    }

    /** Ends what runs here, and every thread. */
    void close() {
        closed = true;
        running.values().forEach(run -> run.stop("interrupted", "The simulator was stopped on its node."));
        List<ThreadPoolExecutor> pools = List.of(walkers, simulationWalkers);
        pools.forEach(ThreadPoolExecutor::shutdown);
        try {
            long end = System.nanoTime() + TO_END.toNanos();
            for (ThreadPoolExecutor pool : pools) {
                if (!pool.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    pool.shutdownNow();
                    pool.awaitTermination(1, TimeUnit.SECONDS);
                }
            }
        } catch (InterruptedException e) {
            pools.forEach(ThreadPoolExecutor::shutdownNow);
            Thread.currentThread().interrupt();
        }
        wire.shutdownNow();
    }
}
