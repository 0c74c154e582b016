package io.thespace.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The frame around every page: navigation and user menu. */
public final class Frame {

    private static final int MAX_ENTRIES = 100;

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

    /** The value of a field of the page. */
    public String field(String label) {
        return page.locator("main").getByLabel(label).inputValue();
    }

    public Frame clicks(String button) {
        page.locator("main")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button))
                .first()
                .click();
        return this;
    }

    /** Enters a value into a field of the page. */
    public Frame enters(String label, String value) {
        page.locator("main").getByLabel(label).fill(value);
        return this;
    }

    /** Fills in a field of a section of the page. */
    public Frame entersIn(String section, String label, String value) {
        page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(section).setExact(true))
                .getByLabel(label)
                .fill(value);
        return this;
    }

    /** Follows a link of the dialog that is open. */
    public Frame followsInDialog(String link) {
        page.locator("dialog")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link))
                .click();
        return this;
    }

    /** Enters a value into a field of the dialog that is open. */
    public Frame entersInDialog(String label, String value) {
        page.locator("dialog").getByLabel(label).fill(value);
        return this;
    }

    /** Waits for a text in the dialog that is open. */
    public Frame showsInDialog(String text) {
        page.locator("dialog").getByText(text).first().waitFor();
        return this;
    }

    /** The row of a list that has this text. */
    public String row(String text) {
        Locator row = page.locator("main tr", new Page.LocatorOptions().setHasText(text));
        row.waitFor();
        return row.innerText();
    }

    /** Opens the details of the row of a list that has this text. */
    public Frame details(String row) {
        page.locator("main tr", new Page.LocatorOptions().setHasText(row))
                .locator(".cell")
                .click();
        return this;
    }

    /** The file that a button of the dialog that is open saves. */
    public Path saves(String button) {
        return page.waitForDownload(() -> clicksInDialog(button)).path();
    }

    /** The headings of the rows of a chart's table. */
    public List<String> rows(String chart) {
        Locator rows = page.locator("section[aria-label='" + chart + "'] tbody th");
        rows.first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        return rows.allTextContents();
    }

    /** Presses a button of the dialog that is open. */
    public Frame clicksInDialog(String button) {
        page.locator("dialog")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
        return this;
    }

    /** Copies the call of the dialog that is open. */
    public Frame copiesCallOfDialog() {
        page.locator("dialog [aria-label^='Copy as curl']").click();
        return this;
    }

    /** Waits for a toast within the dialog that is open, outside of which nothing can be used. */
    public Frame notifiedInDialog(String text) {
        page.locator("dialog .toast", new Page.LocatorOptions().setHasText(text))
                .waitFor();
        return this;
    }

    public Frame opensSearch() {
        page.keyboard().press("Control+k");
        page.locator("dialog .palette").waitFor();
        return this;
    }

    /** Dismisses a toast. */
    public Frame dismisses(String text) {
        page.locator(".toast", new Page.LocatorOptions().setHasText(text))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Dismiss"))
                .click();
        return this;
    }

    /** Waits until no error is shown in the page. */
    public Frame hasNoError() {
        page.locator("main .failed").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return this;
    }

    /** Opens the form that creates something here, if there is one for the caller. */
    public boolean create() {
        page.waitForFunction("() => document.querySelector('.loading') === null");
        Locator create = page.locator("main .page-header vaadin-button[theme=primary]");
        if (create.count() == 0) {
            return false;
        }
        create.first().click();
        page.locator("dialog form").waitFor();
        return true;
    }

    /** Creates something as the form offers it. */
    public Frame createAsOffered(String action) {
        create();
        page.locator("dialog footer vaadin-button[theme=primary]").click();
        page.locator("dialog").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return notified(action + ": done.");
    }

    /** Searches with the keyboard, and opens the first hit. */
    public Frame search(String text) {
        String before = page.url();
        page.keyboard().press("Control+k");
        page.locator("dialog .palette input").fill(text);
        page.locator("dialog .palette[aria-busy=false] li").first().waitFor();
        page.keyboard().press("Enter");
        page.waitForFunction(
                "before => location.href !== before"
                        + " && document.querySelector('space-frame').path === location.hash.slice(1).split('?')[0]",
                before);
        page.locator("main h1").first().waitFor();
        page.waitForFunction("() => document.querySelector('.loading') === null");
        return this;
    }

    /** Waits until the header tells that there are unread notifications, or that there are none. */
    public Frame hasUnread(boolean some) {
        page.locator(".bell .count")
                .waitFor(new Locator.WaitForOptions()
                        .setState(some ? WaitForSelectorState.VISIBLE : WaitForSelectorState.DETACHED));
        return this;
    }

    /** Closes the dialog that is open. */
    public Frame escape() {
        page.keyboard().press("Escape");
        page.locator("dialog").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return this;
    }

    /** Walks through the navigation with Tab to an entry, and opens it with Enter. */
    public Frame navigateByKeyboard(String entry) {
        page.locator(".skip").focus();
        for (int i = 0; i < MAX_ENTRIES; i++) {
            page.keyboard().press("Tab");
            if (entry.equals(page.evaluate("() => document.activeElement.textContent.trim()"))) {
                page.keyboard().press("Enter");
                page.waitForFunction("() => document.activeElement?.id === 'content'");
                return this;
            }
        }
        throw new AssertionError("Tab does not lead to " + entry);
    }

    /** Goes to a page that may not load. */
    public Frame tryToOpen(String path) {
        page.evaluate("path => { location.hash = path; }", path);
        return this;
    }

    /** Waits until the server is reported as away. */
    public Frame isAway() {
        page.locator(".away").waitFor();
        return this;
    }

    /** Waits until the server is no longer reported as away. */
    public Frame isBack() {
        page.locator(".away").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return this;
    }

    /** Writes the page into a PNG file, without the notifications of what was done before. */
    public Frame photograph(Path file) {
        page.evaluate("() => document.querySelector('.toasts')?.replaceChildren()");
        tab.photograph(file);
        return this;
    }

    /** Does something with the row of a list that has this text. */
    public Frame acts(String row, String action) {
        page.locator("main tr", new Page.LocatorOptions().setHasText(row))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(action))
                .click();
        return this;
    }

    /** Fills a field of the dialog that is open. */
    public Frame fills(String label, String value) {
        page.locator("dialog")
                .getByLabel(label, new Locator.GetByLabelOptions().setExact(true))
                .fill(value);
        return this;
    }

    /** Chooses a value in the dialog that is open. */
    public Frame chooses(String label, String value) {
        page.locator("dialog").getByLabel(label).selectOption(value);
        return this;
    }

    /** Does what the dialog that is open is for, and waits until it is closed. */
    public Frame confirms(String action) {
        page.locator("dialog")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(action).setExact(true))
                .click();
        page.locator("dialog").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return this;
    }

    /** Waits until a list has so many rows. */
    public Frame hasRows(int rows) {
        page.waitForFunction("rows => document.querySelectorAll('main tbody tr').length === rows", rows);
        return this;
    }

    /** The name of the element that has the focus. */
    public String focused() {
        return (String) page.evaluate("() => document.activeElement.localName");
    }

    /** Follows a link of the dialog that is open to another site, which sends the browser back. */
    public Frame leavesBy(String link) {
        page.locator("dialog")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(link))
                .click();
        page.locator("space-frame h1").first().waitFor();
        return this;
    }

    public PluginsPage plugins() {
        open("/plugins");
        return new PluginsPage(page);
    }

    public FinancePage finance() {
        open("/finance");
        return new FinancePage(tab);
    }

    /** The page of a workflow. */
    public RunPage workflow(String id) {
        open("/workflows/" + id);
        return new RunPage(page);
    }

    public EventsPage events() {
        open("/events");
        return new EventsPage(page);
    }
}
