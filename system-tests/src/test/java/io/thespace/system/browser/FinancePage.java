package io.thespace.system.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** The page of accounts and transfers. */
public final class FinancePage {

    private final Page page;

    /** The page that the tab shows. */
    public FinancePage(Tab tab) {
        this.page = tab.page();
    }

    /** Opens an account for the caller. */
    public FinancePage openAccount() {
        int before = accounts().size();
        submit("Open an account", "Open");
        page.locator(".stat .code").nth(before).waitFor();
        return this;
    }

    /** The ids of the caller's accounts. */
    public List<String> accounts() {
        page.locator("section[aria-label=Transactions]").waitFor();
        return page.locator(".stat .code").allTextContents();
    }

    public FinancePage deposit(String account, String amount) {
        Locator form = part("Deposit");
        form.getByLabel("Account").fill(account);
        form.getByLabel("Amount").fill(amount);
        submit("Deposit", "Deposit");
        page.locator(".toast", new Page.LocatorOptions().setHasText("Deposit")).waitFor();
        return this;
    }

    public FinancePage transfer(String from, String to, String amount) {
        fill(from, to, amount);
        submit("Transfer", "Transfer");
        return this;
    }

    private void fill(String from, String to, String amount) {
        Locator form = part("Transfer");
        form.getByLabel("From").selectOption(from);
        form.getByLabel("To account").fill(to);
        form.getByLabel("Amount").fill(amount);
    }

    /** The same transfer by the keyboard alone, from the field that has the focus on. */
    public FinancePage transferByKeyboard(String to, String amount) {
        part("Transfer").getByLabel("From").focus();
        page.keyboard().press("Tab");
        page.keyboard().type(to);
        page.keyboard().press("Tab");
        page.keyboard().type(amount);
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        return this;
    }

    /** The same transfer by Enter on its button, which is held until after the answer. */
    public FinancePage transferByHeldKey(String from, String to, String amount) {
        fill(from, to, amount);
        button("Transfer", "Transfer").focus();
        page.keyboard().down("Enter");
        reports("Transfer: done.");
        page.keyboard().down("Enter");
        page.keyboard().up("Enter");
        return this;
    }

    /** Clicks on the button for a transfer once more: the second click of a double click. */
    public FinancePage endDoubleClick() {
        button("Transfer", "Transfer").hover();
        page.mouse().down(new Mouse.DownOptions().setClickCount(2));
        page.mouse().up(new Mouse.UpOptions().setClickCount(2));
        return this;
    }

    /** Clicks on the button for a transfer with the form as it is. */
    public FinancePage transferAgain() {
        submit("Transfer", "Transfer");
        return this;
    }

    /** Waits for a notification. */
    public FinancePage reports(String text) {
        page.locator(".toast", new Page.LocatorOptions().setHasText(text))
                .first()
                .waitFor();
        return this;
    }

    /** Waits for a row of the transactions that has all these texts. */
    public FinancePage lists(String... texts) {
        Locator row = page.locator("section[aria-label=Transactions] tbody tr");
        for (String text : texts) {
            row = row.filter(new Locator.FilterOptions().setHasText(text));
        }
        row.first().waitFor();
        return this;
    }

    /** What the server said of the last transfer. */
    public String refusal() {
        Locator alert = part("Transfer").getByRole(AriaRole.ALERT);
        alert.waitFor();
        return alert.innerText();
    }

    private void submit(String part, String button) {
        button(part, button).click();
    }

    private Locator button(String part, String name) {
        return part(part)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator part(String name) {
        return page.locator("section[aria-label='" + name + "']");
    }
}
