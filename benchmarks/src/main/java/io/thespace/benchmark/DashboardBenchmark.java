package io.thespace.benchmark;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the cost of a running instance's dashboard in a browser: the bytes of the first load and the time until the
 * overview is displayed, each compared with its budget; and the frames per second of the live tail while events arrive,
 * compared with the same page without events.
 */
public final class DashboardBenchmark {

    private static final int MAX_BYTES = 400 * 1024;
    private static final double MAX_MILLIS = 2_000;
    private static final int EVENTS_PER_SECOND = 200;
    private static final int ROUNDS = 5;

    /** The overview is shown, nothing loads any more, and the browser has had time for two frames. */
    private static final String INTERACTIVE = "() => document.querySelector('space-frame main h1') !== null"
            + " && document.querySelector('.loading') === null"
            + " && new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";

    private final Browser browser;
    private final Instance instance;

    private DashboardBenchmark(Browser browser, Instance instance) {
        this.browser = browser;
        this.instance = instance;
    }

    /**
     * Runs against the instance of this process's settings; {@code SPACE_ADMIN_PASSWORD} signs in.
     *
     * @param arguments seconds of each run of the live tail (10)
     */
    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        String chromium = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new LaunchOptions()
                                .setExecutablePath(Path.of(chromium))
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")))) {
            DashboardBenchmark benchmark = new DashboardBenchmark(browser, Instance.ofThisProcess());
            benchmark.load(System.out);
            benchmark.tail(System.out, seconds);
        }
    }

    private void load(PrintStream out) {
        List<Double> bytes = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (BrowserContext context = context()) {
                Page page = context.newPage();
                AtomicLong received = new AtomicLong();
                CDPSession network = context.newCDPSession(page);
                network.send("Network.enable");
                network.on("Network.loadingFinished", event -> received.addAndGet(encoded(event)));
                signIn(page);
                page.waitForFunction(INTERACTIVE);
                bytes.add((double) received.get());
                // Signed in, as on each later visit; the files come from the cache.
                long began = System.nanoTime();
                page.reload();
                page.waitForFunction(INTERACTIVE);
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        out.printf(
                "first load    %6.0f KiB, API included   ratio to the budget %.2f%n",
                Median.of(bytes) / 1024, Median.of(bytes) / MAX_BYTES);
        out.printf(
                "interactive   %6.0f ms                  ratio to the budget %.2f%n",
                Median.of(millis), Median.of(millis) / MAX_MILLIS);
    }

    private static long encoded(JsonObject event) {
        return event.get("encodedDataLength").getAsLong();
    }

    private void tail(PrintStream out, int seconds) throws IOException {
        for (boolean scrolls : new boolean[] {false, true}) {
            double idle = frames(0, seconds, scrolls);
            double busy = frames(EVENTS_PER_SECOND, seconds, scrolls);
            out.printf(
                    "live tail%s   %.1f frames/s with %d events/s, %.1f without   ratio %.2f%n",
                    scrolls ? ", scrolling" : "", busy, EVENTS_PER_SECOND, idle, busy / idle);
        }
    }

    private double frames(int eventsPerSecond, int seconds, boolean scrolls) throws IOException {
        try (BrowserContext context = context()) {
            context.addInitScript("(" + script("live-events.js") + ")(" + eventsPerSecond + ")");
            Page page = context.newPage();
            signIn(page);
            page.evaluate("() => { location.hash = '/events'; }");
            page.locator(".live.on").waitFor();
            page.locator(".tail-row").first().waitFor();
            return ((Number) page.evaluate(script("frames.js"), List.of(seconds, scrolls))).doubleValue();
        }
    }

    private BrowserContext context() {
        return browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(instance.base().toString())
                .setViewportSize(1280, 800));
    }

    private void signIn(Page page) {
        page.navigate("/");
        page.getByLabel("Email address").fill(instance.configuration().get(Key.ADMIN_EMAIL));
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                .fill(instance.configuration().get(Key.ADMIN_PASSWORD));
        page.keyboard().press("Enter");
        page.locator("space-frame h1").first().waitFor();
    }

    private static String script(String name) throws IOException {
        try (InputStream in = DashboardBenchmark.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
