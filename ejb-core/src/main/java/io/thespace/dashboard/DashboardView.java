package io.thespace.dashboard;

import io.thespace.configuration.Rate;
import io.thespace.identity.OrganizationView;
import io.thespace.identity.ProfileView;
import io.thespace.identity.ProfileView.LimitsView;
import io.thespace.notification.NotificationView;
import io.thespace.notification.UnreadView;
import io.thespace.ui.PluginUiView.ModuleView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The overview of the caller.
 *
 * @param user the caller, with their rate limits
 * @param recent the newest notifications, up to ten
 */
public record DashboardView(
        ProfileView user,
        OrganizationView organization,
        List<DashboardPluginView> plugins,
        UnreadView unread,
        List<NotificationView> recent) {

    /** For the documentation. */
    public static final DashboardView EXAMPLE = new DashboardView(
            new ProfileView(
                    UUID.fromString("019a0000-0000-7000-8000-000000000002"),
                    "ada@example.org",
                    "Ada Lovelace",
                    UUID.fromString("019a0000-0000-7000-8000-000000000001"),
                    List.of("user"),
                    List.of("memory_read"),
                    new LimitsView(100, Map.of("gateway", new Rate(100, 60)))),
            new OrganizationView(
                    UUID.fromString("019a0000-0000-7000-8000-000000000001"),
                    "My organization",
                    "active",
                    Instant.parse("2026-01-31T12:00:00Z")),
            List.of(new DashboardPluginView(
                    "financial_business",
                    "Financial business",
                    "1.0.0",
                    "enabled",
                    "ok",
                    List.of(new ModuleView("Accounts", "/api/plugins/financial_business/ui/widget.js")))),
            new UnreadView(1, false),
            List.of(NotificationView.EXAMPLE));

    /**
     * A plugin on the dashboard.
     *
     * @param plugin its id
     * @param name as people read it
     * @param state for example {@code enabled}
     * @param status {@code ok}, {@code failing}, or its state when it does not run
     * @param widgets ES modules that export {@code mount(element, context)}
     */
    public record DashboardPluginView(
            String plugin, String name, String version, String state, String status, List<ModuleView> widgets) {}
}
