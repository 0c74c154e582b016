package io.thespace.dashboard;

import io.thespace.identity.OrganizationView;
import io.thespace.identity.ProfileView;
import io.thespace.notification.NotificationView;
import io.thespace.notification.UnreadView;
import io.thespace.ui.PluginUiView.ModuleView;
import java.util.List;

/**
 * What the caller sees first.
 *
 * @param user the caller, with how many calls they may make
 * @param recent the newest notifications, up to ten
 */
public record DashboardView(
        ProfileView user,
        OrganizationView organization,
        List<DashboardPluginView> plugins,
        UnreadView unread,
        List<NotificationView> recent) {

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
