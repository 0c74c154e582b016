package io.thespace.hub.rest;

import static io.thespace.hub.HubError.CHANNELS_FULL;
import static io.thespace.hub.HubError.CHANNEL_EXISTS;
import static io.thespace.hub.HubError.CHANNEL_NOT_FOUND;
import static io.thespace.hub.HubError.MEMBER_NOT_FOUND;
import static io.thespace.hub.HubError.USER_UNKNOWN;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.hub.ChannelChange;
import io.thespace.hub.ChannelMemberOrder;
import io.thespace.hub.ChannelMemberView;
import io.thespace.hub.ChannelOrder;
import io.thespace.hub.ChannelView;
import io.thespace.hub.Channels;
import io.thespace.hub.HubError;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/control-center/channels}: the channels of the hub, for administrators. */
@ApplicationScoped
@Governed
@Path("control-center/channels")
@Tag(name = "Channels")
@Requires(role = Role.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChannelsResource {

    private static final String ID = "The channel's id.";
    private static final String USER = "The user.";
    private static final String USER_ID = "019a0000-0000-7000-8000-000000000002";

    private Channels channels;
    private CurrentCall call;

    public ChannelsResource() {}

    @Inject
    ChannelsResource(Channels channels, CurrentCall call) {
        this.channels = channels;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List the channels",
            description = "The channels of the administrator's organization, by id; up to 1000.")
    public List<ChannelView> list() {
        return channels.list(call.actor());
    }

    @POST
    @Operation(
            summary = "Create a channel",
            description = "`visibility` defines who may use the channel without being a member: `public` all users"
                    + " of the organization (guests and viewers read only), `organization` all users except"
                    + " guests and viewers, `private` none. The ids `events` and `plugin:` with a plugin's id"
                    + " carry events: administrators may always join those, and a channel created with such an"
                    + " id opens them to others.")
    @APIResponse(responseCode = "201")
    @Idempotent
    @HubError.Refuses({CHANNEL_EXISTS, CHANNELS_FULL})
    public ChannelView create(@Valid ChannelOrder order) {
        return channels.create(call.actor(), order);
    }

    @GET
    @Path("{channel_id}")
    @Operation(summary = "Read a channel", description = "One channel, with the offset of its latest message.")
    @HubError.Refuses(CHANNEL_NOT_FOUND)
    public ChannelView find(
            @PathParam("channel_id") @Parameter(description = ID, example = "support") String channelId) {
        return channels.find(call.actor(), channelId);
    }

    @PUT
    @Path("{channel_id}")
    @Operation(
            summary = "Change a channel",
            description = "Users who lose access are removed from the channel at once, on every node.")
    @HubError.Refuses(CHANNEL_NOT_FOUND)
    public ChannelView change(
            @PathParam("channel_id") @Parameter(description = ID, example = "support") String channelId,
            @Valid ChannelChange change) {
        return channels.change(call.actor(), channelId, change);
    }

    @DELETE
    @Path("{channel_id}")
    @Operation(
            summary = "Delete a channel",
            description = "Deletes the channel with its members and messages. Connected users are removed at once.")
    @HubError.Refuses(CHANNEL_NOT_FOUND)
    public void delete(@PathParam("channel_id") @Parameter(description = ID, example = "support") String channelId) {
        channels.delete(call.actor(), channelId);
    }

    @GET
    @Path("{channel_id}/members")
    @Operation(
            summary = "List a channel's members",
            description = "The users with a membership in the channel, the newest first.")
    @HubError.Refuses(CHANNEL_NOT_FOUND)
    public Page<ChannelMemberView> members(
            @PathParam("channel_id") @Parameter(description = ID, example = "support") String channelId) {
        return channels.members(call.actor(), channelId, call.page());
    }

    @PUT
    @Path("{channel_id}/members/{user_id}")
    @Operation(
            summary = "Add a member to a channel, or change one",
            description = "A member's role, `reader` or `writer`, overrides the channel's visibility.")
    @HubError.Refuses({CHANNEL_NOT_FOUND, USER_UNKNOWN})
    public ChannelMemberView admit(
            @PathParam("channel_id") @Parameter(description = ID, example = "support") String channelId,
            @PathParam("user_id") @Parameter(description = USER, example = USER_ID) UUID userId,
            @Valid ChannelMemberOrder order) {
        return channels.admit(call.actor(), channelId, userId, order);
    }

    @DELETE
    @Path("{channel_id}/members/{user_id}")
    @Operation(
            summary = "Remove a member from a channel",
            description = "A user who has no access without the membership is removed from the channel at once.")
    @HubError.Refuses({CHANNEL_NOT_FOUND, MEMBER_NOT_FOUND})
    public void dismiss(
            @PathParam("channel_id") @Parameter(description = ID, example = "support") String channelId,
            @PathParam("user_id") @Parameter(description = USER, example = USER_ID) UUID userId) {
        channels.dismiss(call.actor(), channelId, userId);
    }
}
