package io.thespace.dashboard.rest;

import static io.thespace.identity.IdentityError.ORGANIZATION_NOT_FOUND;
import static io.thespace.identity.IdentityError.SUSPENDED;
import static io.thespace.preference.PreferenceError.PREFERENCES_CHANGED;
import static io.thespace.preference.PreferenceError.TAG_MISSING;
import static io.thespace.preference.PreferenceError.TIME_ZONE_UNKNOWN;

import io.thespace.dashboard.DashboardView;
import io.thespace.dashboard.Dashboards;
import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Requires;
import io.thespace.endpoint.Tagged;
import io.thespace.identity.IdentityError;
import io.thespace.notification.NotificationView;
import io.thespace.notification.Notifications;
import io.thespace.notification.ReadOrder;
import io.thespace.notification.ReadReceipt;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import io.thespace.preference.PreferenceError;
import io.thespace.preference.Preferences;
import io.thespace.preference.PreferencesOrder;
import io.thespace.preference.PreferencesView;
import io.thespace.preference.TaggedPreferences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/frontend}: the caller's dashboard, notifications and preferences. */
@ApplicationScoped
@Governed
@Path("frontend")
@Tag(name = "Frontend")
@Requires(role = Role.GUEST)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FrontendResource {

    private Dashboards dashboards;
    private Notifications notifications;
    private Preferences preferences;
    private CurrentCall call;

    public FrontendResource() {}

    @Inject
    FrontendResource(Dashboards dashboards, Notifications notifications, Preferences preferences, CurrentCall call) {
        this.dashboards = dashboards;
        this.notifications = notifications;
        this.preferences = preferences;
        this.call = call;
    }

    @GET
    @Path("dashboard")
    @Operation(
            summary = "Get the dashboard",
            description = "The caller with their limits, their organization, every plugin with its widgets and"
                    + " health, the number of unread notifications, and the newest ten.")
    @IdentityError.Refuses({SUSPENDED, ORGANIZATION_NOT_FOUND})
    public DashboardView dashboard() {
        return dashboards.read(call.actor());
    }

    @GET
    @Path("notifications")
    @Operation(
            summary = "List the caller's notifications",
            description = "Events of the organization, the newest first: administrators get all events, other users"
                    + " those of the channels `events` and `plugin:…` that they have access to, and events that"
                    + " they caused or that are about them. The caller's preferences mute event types. Events"
                    + " older than `SPACE_NOTIFICATION_DAYS` are not listed. A page may have fewer items than"
                    + " its limit and still have a next cursor.")
    public Page<NotificationView> notifications(
            @QueryParam("unread")
                    @DefaultValue("false")
                    @Parameter(description = "Only those that are unread.", example = "true")
                    boolean unread) {
        return notifications.list(call.actor(), unread, call.page());
    }

    @POST
    @Path("notifications/read")
    @Operation(
            summary = "Mark notifications as read",
            description = "Those with the ids, up to 100; without ids all that are unread among the newest 10,000"
                    + " events. Ids of what the caller is not told of change nothing. Marking them again changes"
                    + " nothing either, so it needs no `Idempotency-Key`.")
    public ReadReceipt read(@Valid ReadOrder order) {
        return notifications.read(call.actor(), order);
    }

    @GET
    @Path("preferences")
    @Operation(
            summary = "Get the caller's preferences",
            description = "Theme, locale, time zone and notifications in this organization. A change must send the"
                    + " `ETag` of the response as `If-Match`.")
    public Tagged<PreferencesView> preferences() {
        return tagged(preferences.read(call.actor()));
    }

    @PUT
    @Path("preferences")
    @Operation(
            summary = "Change the caller's preferences",
            description = "Replaces the whole document. If it has changed since the caller read it, the response is"
                    + " 412 and nothing is changed: read it again and repeat the change.")
    @PreferenceError.Refuses({TAG_MISSING, TIME_ZONE_UNKNOWN, PREFERENCES_CHANGED})
    public Tagged<PreferencesView> change(
            @HeaderParam(HttpHeaders.IF_MATCH)
                    @Parameter(description = "The ETag of the preferences that are to be replaced.", example = "\"1\"")
                    String tag,
            @Valid PreferencesOrder order) {
        return tagged(preferences.change(call.actor(), order, tag));
    }

    private static Tagged<PreferencesView> tagged(TaggedPreferences of) {
        return new Tagged<>(of.preferences(), of.tag());
    }
}
