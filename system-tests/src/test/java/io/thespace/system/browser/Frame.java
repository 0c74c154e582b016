package io.thespace.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The frame around every page: navigation and user menu. */
public final class Frame {

    private final Tab tab;
    private final Page page;

    Frame(Tab tab) {
        this.tab = tab;
        this.page = tab.page();
    }

    public Tab tab() {
        return tab;
    }

    /** Opens a page by its path, as a deep link does. */
    public Frame open(String path) {
        page.evaluate("path => { location.hash = path; }", path);
        page.waitForFunction("path => document.querySelector('space-frame')?.path === path", path.split("\\?", 2)[0]);
        page.locator("main h1").first().waitFor();
        return this;
    }

    /** The paths that the navigation leads to. */
    public List<String> navigation() {
        return page.locator("nav a").all().stream()
                .map(each -> each.getAttribute("href").substring(1))
                .toList();
    }

    public String heading() {
        return page.locator("main h1").first().textContent();
    }

    /** Chooses a theme in the user menu: "Light", "Dark" or "System". */
    public Frame theme(String name) {
        page.locator(".user").click();
        page.waitForResponse(
                response -> response.url().endsWith("/preferences")
                        && response.request().method().equals("GET"),
                () -> page.getByLabel(name, new Page.GetByLabelOptions().setExact(true))
                        .check());
        page.keyboard().press("Escape");
        page.waitForFunction(
                "name => document.documentElement.getAttribute('theme') === name", name.toLowerCase(Locale.ROOT));
        return this;
    }

    /** Signs out; the sign-in form is shown then. */
    public void signOut() {
        page.locator(".user").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        page.getByLabel("Email address").waitFor();
    }

    /** Loads the page anew, as F5 does. */
    public Frame reload() {
        page.reload();
        page.locator("space-frame h1").first().waitFor();
        return this;
    }

    /** A toast with this text. */
    public Frame notified(String text) {
        page.locator(".toast", new Page.LocatorOptions().setHasText(text))
                .first()
                .waitFor();
        return this;
    }

    /** Waits for a part of the page that has this name and this text. */
    public Frame shows(String text) {
        page.locator("main").getByText(text).first().waitFor();
        return this;
    }

    public Frame clicks(String button) {
        page.locator("main")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .first()
                .click();
        return this;
    }

    public Frame photograph(Path file) {
        tab.photograph(file);
        return this;
    }

    public PluginsPage plugins() {
        open("/plugins");
        return new PluginsPage(page);
    }

    public FinancePage finance() {
        open("/finance");
        return new FinancePage(page);
    }

    public EventsPage events() {
        open("/events");
        return new EventsPage(page);
    }
}
