package io.thespace.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;

/** The page of a workflow, and of a run that is started on it. */
public final class RunPage {

    private final Page page;

    RunPage(Page page) {
        this.page = page;
    }

    /** Starts a run of the workflow; its page is shown then. */
    public RunPage start() {
        button(page.locator("main"), "Start a run").click();
        button(page.locator("dialog"), "Start").click();
        page.waitForURL("**/#/runs/*");
        return this;
    }

    /** Waits for a task of the run, and for the run's diagram. */
    public RunPage waitsFor(String task) {
        page.locator(".task", new Page.LocatorOptions().setHasText(task)).waitFor();
        page.locator(".diagram img").waitFor();
        return this;
    }

    /** Completes the task with the decision of this button, and confirms it. */
    public RunPage decide(String decision) {
        button(page.locator(".task"), decision).click();
        button(page.locator("dialog"), decision).click();
        page.locator("dialog").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return this;
    }

    /** Waits until the run is in this state. */
    public RunPage ends(String state) {
        page.locator(".page-header .badge", new Page.LocatorOptions().setHasText(state))
                .waitFor();
        return this;
    }

    private static Locator button(Locator within, String name) {
        return within.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
