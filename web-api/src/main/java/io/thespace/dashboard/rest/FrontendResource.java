package io.thespace.dashboard.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.configuration.Rate;
import io.thespace.dashboard.DashboardView;
import io.thespace.dashboard.DashboardView.DashboardPluginView;
import io.thespace.dashboard.Dashboards;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.Resource;
import io.thespace.identity.IdentityError;
import io.thespace.identity.OrganizationView;
import io.thespace.identity.ProfileView;
import io.thespace.identity.ProfileView.LimitsView;
import io.thespace.json.Json;
import io.thespace.notification.NotificationView;
import io.thespace.notification.Notifications;
import io.thespace.notification.ReadOrder;
import io.thespace.notification.ReadReceipt;
import io.thespace.notification.UnreadView;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import io.thespace.preference.NotificationChoices;
import io.thespace.preference.PreferenceError;
import io.thespace.preference.Preferences;
import io.thespace.preference.PreferencesOrder;
import io.thespace.preference.PreferencesView;
import io.thespace.preference.TaggedPreferences;
import io.thespace.ui.PluginUiView.ModuleView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a frontend shows to whoever is signed in: the dashboard, notifications and preferences. */
@ApplicationScoped
class FrontendResource implements Resource {

    private static final String PREFERENCES = "/frontend/preferences";

    private static final UUID ORGANIZATION = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final UUID EVENT = UUID.fromString("019a0000-0000-7000-8000-000000000080");
    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final NotificationView NOTIFICATION = new NotificationView(
            EVENT,
            "funds_transferred",
            "/plugins/financial_business",
            "019a0000-0000-7000-8000-000000000010",
            THEN,
            false,
            null,
            "{\"amount\": 100.00, \"currency\": \"USD\"}");
    private static final NotificationChoices CHOICES = new NotificationChoices(false, List.of("session_started"));
    private static final PreferencesView PREFERRED = new PreferencesView("dark", "de-AT", "Europe/Vienna", CHOICES);
    private static final DashboardView DASHBOARD = new DashboardView(
            new ProfileView(
                    UUID.fromString("019a0000-0000-7000-8000-000000000002"),
                    "ada@example.org",
                    "Ada Lovelace",
                    ORGANIZATION,
                    List.of("user"),
                    new LimitsView(100, Map.of("gateway", new Rate(100, 60)))),
            new OrganizationView(ORGANIZATION, "My organization", "active", THEN),
            List.of(new DashboardPluginView(
                    "financial_business",
                    "Financial business",
                    "1.0.0",
                    "enabled",
                    "ok",
                    List.of(new ModuleView("Accounts", "/api/plugins/financial_business/ui/widget.js")))),
            new UnreadView(1, false),
            List.of(NOTIFICATION));

    private Dashboards dashboards;
    private Notifications notifications;
    private Preferences preferences;

    FrontendResource() {}

    @Inject
    FrontendResource(Dashboards dashboards, Notifications notifications, Preferences preferences) {
        this.dashboards = dashboards;
        this.notifications = notifications;
        this.preferences = preferences;
    }

    @Override
    public String group() {
        return "Frontend";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/frontend/dashboard")
                        .summary("What the caller sees first")
                        .description(
                                "The caller with their limits, their organization, every plugin with its widgets and how it"
                                        + " is, how many notifications are unread, and the newest ten.")
                        .role(Role.GUEST)
                        .answers(DashboardView.class, DASHBOARD)
                        .refuses(IdentityError.SUSPENDED, IdentityError.ORGANIZATION_NOT_FOUND)
                        .handler(call -> dashboards.read(call.actor())),
                Endpoint.get("/frontend/notifications")
                        .query("unread", Boolean.class, "Only those that are unread.", true)
                        .summary("List the caller's notifications")
                        .description("The events of the organization that the caller may hear of, the newest first:"
                                + " administrators all, others those of the channels `events` and `plugin:…` that are open to"
                                + " them, and those that they caused or that are about them. The caller's preferences mute"
                                + " types of events. What is older than `SPACE_NOTIFICATION_DAYS` is not listed. A page may"
                                + " have fewer items than its limit and a cursor for more.")
                        .role(Role.GUEST)
                        .answersPage(NotificationView.class, NOTIFICATION)
                        .handler(call -> notifications.list(
                                call.actor(),
                                call.query("unread", Boolean.class).orElse(false),
                                call.page())),
                Endpoint.post("/frontend/notifications/read")
                        .body(ReadOrder.class, new ReadOrder(List.of(EVENT)))
                        .summary("Mark notifications as read")
                        .description(
                                "Those with the ids, up to 100; without ids all that are unread among the newest 10,000"
                                        + " events. Ids of what the caller is not told of change nothing. Marking them again changes"
                                        + " nothing either, so it needs no `Idempotency-Key`.")
                        .role(Role.GUEST)
                        .answers(ReadReceipt.class, new ReadReceipt(1, new UnreadView(0, false)))
                        .handler(call -> notifications.read(call.actor(), call.body())),
                Endpoint.get(PREFERENCES)
                        .summary("Read the caller's preferences")
                        .description(
                                "Theme, locale, time zone and notifications in this organization. The `ETag` of the"
                                        + " answer is what a change has to name in `If-Match`.")
                        .role(Role.GUEST)
                        .answers(PreferencesView.class, PREFERRED)
                        .handler(call -> answer(preferences.read(call.actor()))),
                Endpoint.put(PREFERENCES)
                        .header("If-Match", "The ETag of the preferences that are to be replaced.", "\"1\"")
                        .body(PreferencesOrder.class, new PreferencesOrder("dark", "de-AT", "Europe/Vienna", CHOICES))
                        .summary("Change the caller's preferences")
                        .description(
                                "Replaces the whole document. When it was changed since the caller read it, that is 412"
                                        + " and nothing is done: read it again, and repeat the change.")
                        .role(Role.GUEST)
                        .answers(PreferencesView.class, PREFERRED)
                        .refuses(
                                PreferenceError.TAG_MISSING,
                                PreferenceError.TIME_ZONE_UNKNOWN,
                                PreferenceError.PREFERENCES_CHANGED)
                        .handler(call -> answer(preferences.change(
                                call.actor(),
                                call.body(),
                                call.header("If-Match").orElse(null)))));
    }

    private static Answer answer(TaggedPreferences tagged) throws JsonProcessingException {
        return new Answer(
                200,
                "application/json",
                Json.MAPPER.writeValueAsBytes(tagged.preferences()),
                Map.of("ETag", tagged.tag()),
                false);
    }
}
