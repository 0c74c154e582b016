package io.thespace.dashboard;

import io.thespace.dashboard.DashboardView.DashboardPluginView;
import io.thespace.identity.Organizations;
import io.thespace.identity.Users;
import io.thespace.limit.Limits;
import io.thespace.notification.Notifications;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.ui.PluginUiView;
import io.thespace.ui.UiModules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Assembles the dashboard's start page from the other capabilities. */
@ApplicationScoped
public class Dashboards {

    private static final PageRequest RECENT = new PageRequest(10, Optional.empty());

    private Users users;
    private Organizations organizations;
    private Limits limits;
    private Plugins plugins;
    private UiModules modules;
    private Notifications notifications;

    Dashboards() {}

    @Inject
    Dashboards(
            Users users,
            Organizations organizations,
            Limits limits,
            Plugins plugins,
            UiModules modules,
            Notifications notifications) {
        this.users = users;
        this.organizations = organizations;
        this.limits = limits;
        this.plugins = plugins;
        this.modules = modules;
        this.notifications = notifications;
    }

    /**
     * Returns the overview of the actor.
     *
     * @throws Rejection {@code SUSPENDED} when the user was deleted, {@code ORGANIZATION_NOT_FOUND}
     */
    public DashboardView read(Actor actor) {
        Map<String, PluginUiView> ui =
                modules.list().stream().collect(Collectors.toMap(PluginUiView::plugin, one -> one));
        List<DashboardPluginView> shown = plugins.list().stream()
                .map(plugin -> new DashboardPluginView(
                        plugin.id(),
                        plugin.name(),
                        plugin.version(),
                        plugin.state(),
                        plugins.health(plugin.id()).status(),
                        ui.containsKey(plugin.id()) ? ui.get(plugin.id()).widgets() : List.of()))
                .toList();
        return new DashboardView(
                users.me(actor, limits.of(actor.role())),
                organizations.find(actor, actor.orgId()),
                shown,
                notifications.unread(actor),
                notifications.list(actor, false, RECENT).items());
    }
}
