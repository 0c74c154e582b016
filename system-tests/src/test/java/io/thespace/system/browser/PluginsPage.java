package io.thespace.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Base64;

/** The page of the plugins. */
public final class PluginsPage {

    /** Drops a file, as the mouse does. */
    private static final String DROP = "(target, [name, content]) => {"
            + " const bytes = Uint8Array.from(atob(content), each => each.charCodeAt(0));"
            + " const transfer = new DataTransfer();"
            + " transfer.items.add(new File([bytes], name, {type: 'application/zip'}));"
            + " for (const type of ['dragover', 'drop']) {"
            + "   target.dispatchEvent(new DragEvent(type, {dataTransfer: transfer, bubbles: true, cancelable: true}));"
            + " } }";

    private final Page page;

    PluginsPage(Page page) {
        this.page = page;
    }

    /** Drops an archive onto the page, grants what it asks for, and waits until it is enabled. */
    public PluginsPage install(String name, byte[] archive) {
        page.locator(".drop")
                .evaluate(DROP, new String[] {name, Base64.getEncoder().encodeToString(archive)});
        page.locator("dialog")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Install and enable"))
                .click();
        page.locator(".toast.success").first().waitFor();
        return this;
    }

    /** The card of a plugin. */
    public String card(String name) {
        Locator card = card(page, name);
        card.waitFor();
        return card.innerText();
    }

    /** Removes a plugin with its data, and types its id as asked. */
    public PluginsPage remove(String name, String id) {
        card(page, name)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                .click();
        Locator dialog = page.locator("dialog");
        dialog.getByLabel("Delete its data").check();
        Locator remove = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"));
        if (remove.isEnabled()) {
            throw new AssertionError("A plugin can be removed without typing its id");
        }
        dialog.getByLabel("to confirm").fill(id);
        remove.click();
        dialog.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        return this;
    }

    /** Asks for a plugin to be enabled, does something else, and goes on with it; the error. */
    public String refusedToEnable(String name, Runnable meanwhile) {
        card(page, name)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Enable"))
                .click();
        Locator dialog = page.locator("dialog");
        Locator enable = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Enable"));
        enable.waitFor();
        meanwhile.run();
        enable.click();
        Locator alert = dialog.getByRole(AriaRole.ALERT);
        alert.waitFor();
        return alert.innerText();
    }

    /** Whether archives can be installed here. */
    public boolean installs() {
        return page.locator(".drop").count() > 0;
    }

    private static Locator card(Page page, String name) {
        return page.locator(".plugin", new Page.LocatorOptions().setHasText(name));
    }
}
