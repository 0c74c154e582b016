package io.thespace.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;

/** The page of live events. */
public final class EventsPage {

    private final Page page;

    EventsPage(Page page) {
        this.page = page;
    }

    /** Waits until events come by themselves. */
    public EventsPage live() {
        page.locator(".live.on").waitFor();
        return this;
    }

    /** Waits for an event of a type. */
    public EventsPage shows(String type) {
        row(type).waitFor();
        return this;
    }

    /** Scrolls down by some pixels, once there are as many. */
    public EventsPage scroll(int pixels) {
        page.waitForFunction(
                "pixels => { const tail = document.querySelector('.tail');"
                        + " return tail.scrollHeight > tail.clientHeight + pixels; }",
                pixels);
        page.locator(".tail").evaluate("(tail, pixels) => tail.scrollTo(0, pixels)", pixels);
        return this;
    }

    /** Waits for new events that are held back from the list. */
    public EventsPage holds() {
        page.locator(".waiting").waitFor();
        return this;
    }

    /** Shows the events that were held back. */
    public EventsPage showNew() {
        page.locator(".waiting vaadin-button").click();
        page.locator(".waiting").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return this;
    }

    /** Opens an event and, from it, the explanation of the request that caused it; the explanation's text. */
    public String explain(String type) {
        row(type).click();
        page.locator("dialog .dialog-body a", new Page.LocatorOptions().setHasText("Explain"))
                .click();
        page.locator("section[aria-label=Timings]").first().waitFor();
        return page.locator("main").innerText();
    }

    private Locator row(String type) {
        return page.locator(".tail-row", new Page.LocatorOptions().setHasText(type))
                .first();
    }
}
