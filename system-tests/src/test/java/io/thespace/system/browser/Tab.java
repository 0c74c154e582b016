package io.thespace.system.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tab of the browser, with what went wrong in it. */
public final class Tab implements AutoCloseable {

    /** Listens for what the content security policy refuses; the console names most of it too. */
    private static final String LISTEN = "document.addEventListener('securitypolicyviolation',"
            + " event => console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI))";

    private static final String LOGOUT = "/api/auth/logout";

    private static final double LIMIT_MILLIS = 20_000;

    /** Waits until nothing loads any more, so that what is looked at is what a user sees. */
    private static final String SETTLED = "() => document.querySelector('.loading') === null";

    private static final String VIOLATIONS =
            "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.flatMap(rule =>"
                    + " rule.nodes.map(node => rule.id + ': ' + node.html + ' ' + node.failureSummary))";

    private static final String AXE = axe();

    private final BrowserContext context;
    private final Page page;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private WebSocketRoute socket;

    Tab(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(LIMIT_MILLIS);
        context.addInitScript(LISTEN);
        page = context.newPage();
        load();
    }

    private Tab(Tab other) {
        this.context = other.context;
        page = context.newPage();
        load();
    }

    private void load() {
        page.onConsoleMessage(this::listen);
        page.onPageError(problems::add);
        page.navigate("/");
    }

    private void listen(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            problems.add(message.text() + " at " + message.location());
        }
    }

    /** Another tab of the same browser, which shares the sign-in. */
    public Frame another() {
        Tab tab = new Tab(this);
        tab.page.locator("space-frame h1").first().waitFor();
        return new Frame(tab);
    }

    /** Waits for the sign-in form. */
    public void isSignedOut() {
        page.getByLabel("Email address").waitFor();
    }

    /** Signs in. */
    public Frame signIn(String email, String password) {
        page.getByLabel("Email address").fill(email);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        page.keyboard().press("Enter");
        page.locator("space-frame h1").first().waitFor();
        return new Frame(this);
    }

    /** Signs in with the keyboard alone: the form has the focus in its first field. */
    public Frame signInByKeyboard(String email, String password) {
        page.waitForFunction("() => document.activeElement?.closest('vaadin-text-field') !== null");
        page.keyboard().type(email);
        page.keyboard().press("Tab");
        page.keyboard().type(password);
        page.keyboard().press("Enter");
        page.locator("space-frame h1").first().waitFor();
        return new Frame(this);
    }

    /** Signs in with an external provider, whose user is signed in there. */
    public Frame signInWith(String provider) {
        leaveFor(provider);
        page.locator("space-frame h1").first().waitFor();
        return new Frame(this);
    }

    /** Attempts a sign-in with an external provider that is refused; the error. */
    public String refusedSignInWith(String provider) {
        leaveFor(provider);
        return alert();
    }

    private void leaveFor(String provider) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in with " + provider))
                .click();
    }

    /** The error that is shown. */
    public String alert() {
        page.getByRole(AriaRole.ALERT).waitFor();
        return page.getByRole(AriaRole.ALERT).innerText();
    }

    /** Signs out where there is no user menu. */
    public void signOut() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        isSignedOut();
    }

    /** The same, with the status that the server answers to the sign-out. */
    public int signOutOfServer() {
        return page.waitForResponse(response -> response.url().endsWith(LOGOUT), this::signOut)
                .status();
    }

    /** The refresh token of the sign-in. */
    public String refreshToken() {
        return (String) page.evaluate("() => JSON.parse(sessionStorage.getItem('space.sign-in')).refresh");
    }

    /** Lets no request for this path reach the server. */
    public Tab cutOff(String path) {
        page.route("**" + path, Route::abort);
        return this;
    }

    /** Lets requests for this path reach the server again. */
    public Tab connect(String path) {
        page.unroute("**" + path);
        return this;
    }

    /** Loads the page anew, whatever comes of it. */
    public Tab reload() {
        page.reload();
        return this;
    }

    /** Waits for the page that reports why the dashboard cannot start. */
    public void failsToStart() {
        page.locator("main.centered .failed").waitFor();
    }

    /** Lets the WebSockets of the page, once it is loaded anew, receive frames that are not the server's. */
    public void takesFrames() {
        page.routeWebSocket(url -> url.contains("/api/v1/ws"), route -> {
            route.connectToServer();
            socket = route;
        });
    }

    /** Sends a frame to the page by the WebSocket that was opened last. */
    public void receives(String frame) {
        socket.send(frame);
    }

    /** How many dialogs are open. */
    public int dialogs() {
        return page.locator("dialog[open]").count();
    }

    /** Loads a page by its address. */
    public void goTo(String path) {
        page.navigate(path);
    }

    public String address() {
        return page.url();
    }

    /** Takes the network away, or gives it back. */
    public void offline(boolean away) {
        context.setOffline(away);
    }

    /** Attempts a sign-in that is refused; the form's error. */
    public String refusedSignIn(String email, String password) {
        page.getByLabel("Email address").fill(email);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        page.keyboard().press("Enter");
        return alert();
    }

    /** Errors and warnings of the console, and violations of the content security policy. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What axe-core finds wrong with the accessibility of what is shown now. */
    @SuppressWarnings("unchecked")
    public List<String> violations() {
        page.waitForFunction(SETTLED);
        page.evaluate(AXE);
        return (List<String>) page.evaluate(VIOLATIONS);
    }

    /** By how many pixels the page is wider than the window. */
    public int overflow() {
        page.waitForFunction(SETTLED);
        return ((Number) page.evaluate("() => Math.max(...[document.documentElement, document.querySelector('main')]"
                        + ".map(each => each.scrollWidth - each.clientWidth))"))
                .intValue();
    }

    /** Writes what is shown into a PNG file. */
    public void photograph(Path file) {
        page.waitForFunction(SETTLED);
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    Page page() {
        return page;
    }

    @Override
    public void close() {
        context.close();
    }

    private static String axe() {
        try (InputStream in = Tab.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
