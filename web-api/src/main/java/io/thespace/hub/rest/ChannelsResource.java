package io.thespace.hub.rest;

import io.thespace.endpoint.Resource;
import io.thespace.hub.ChannelChange;
import io.thespace.hub.ChannelMemberOrder;
import io.thespace.hub.ChannelMemberView;
import io.thespace.hub.ChannelOrder;
import io.thespace.hub.ChannelRole;
import io.thespace.hub.ChannelView;
import io.thespace.hub.Channels;
import io.thespace.hub.HubError;
import io.thespace.hub.Visibility;
import io.thespace.plugin.api.Call;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The channels of the hub, for administrators. */
@ApplicationScoped
class ChannelsResource implements Resource {

    private static final String ROOT = "/control-center/channels";
    private static final String ONE = ROOT + "/{channel_id}";
    private static final String MEMBERS = ONE + "/members";
    private static final String MEMBER = MEMBERS + "/{user_id}";

    private static final String CHANNEL = "channel_id";
    private static final String CHANNEL_WORDS = "The channel's id.";
    private static final String USER = "user_id";
    private static final String USER_WORDS = "The user.";

    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final UUID SOMEBODY = UUID.fromString("019a0000-0000-7000-8000-000000000002");
    private static final ChannelView VIEW = new ChannelView(
            "support",
            "Support",
            "organization",
            UUID.fromString("019a0000-0000-7000-8000-000000000060"),
            42,
            SOMEBODY,
            THEN,
            THEN);
    private static final ChannelMemberView MEMBER_VIEW = new ChannelMemberView(SOMEBODY, "reader", THEN);

    private Channels channels;

    ChannelsResource() {}

    @Inject
    ChannelsResource(Channels channels) {
        this.channels = channels;
    }

    @Override
    public String group() {
        return "Channels";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get(ROOT)
                        .summary("List the channels")
                        .description("The channels of the administrator's organization, by id; up to 1000.")
                        .role(Role.ADMIN)
                        .answersList(ChannelView.class, VIEW)
                        .handler(call -> channels.list(call.actor())),
                Endpoint.post(ROOT)
                        .body(ChannelOrder.class, new ChannelOrder("support", "Support", Visibility.ORGANIZATION))
                        .summary("Make a channel")
                        .description(
                                "`visibility` tells who may use it without being a member: `public` everybody in the"
                                        + " organization (guests and viewers only read), `organization` everybody but guests and"
                                        + " viewers, `private` nobody. The ids `events` and `plugin:` with a plugin's id carry"
                                        + " events: administrators may always join those, and a channel made with such an id opens"
                                        + " them to others.")
                        .role(Role.ADMIN)
                        .creates(ChannelView.class, VIEW)
                        .refuses(HubError.CHANNEL_EXISTS, HubError.CHANNELS_FULL)
                        .idempotent()
                        .handler(call -> channels.create(call.actor(), call.body())),
                Endpoint.get(ONE)
                        .summary("Read a channel")
                        .description("One channel, with the offset of its latest message.")
                        .path(CHANNEL, String.class, CHANNEL_WORDS, "support")
                        .role(Role.ADMIN)
                        .answers(ChannelView.class, VIEW)
                        .refuses(HubError.CHANNEL_NOT_FOUND)
                        .handler(call -> channels.find(call.actor(), channel(call))),
                Endpoint.put(ONE)
                        .path(CHANNEL, String.class, CHANNEL_WORDS, "support")
                        .body(ChannelChange.class, new ChannelChange("Support", Visibility.PRIVATE))
                        .summary("Change a channel")
                        .description("Whoever may not use it any more leaves it at once, on every node.")
                        .role(Role.ADMIN)
                        .answers(ChannelView.class, VIEW)
                        .refuses(HubError.CHANNEL_NOT_FOUND)
                        .handler(call -> channels.change(call.actor(), channel(call), call.body())),
                Endpoint.delete(ONE)
                        .summary("Delete a channel")
                        .description("With its members and its messages. Whoever is in it leaves it at once.")
                        .path(CHANNEL, String.class, CHANNEL_WORDS, "support")
                        .role(Role.ADMIN)
                        .refuses(HubError.CHANNEL_NOT_FOUND)
                        .handler(call -> {
                            channels.delete(call.actor(), channel(call));
                            return null;
                        }),
                Endpoint.get(MEMBERS)
                        .summary("List a channel's members")
                        .description("Those to whom the channel was opened by name, the newest first.")
                        .path(CHANNEL, String.class, CHANNEL_WORDS, "support")
                        .role(Role.ADMIN)
                        .answersPage(ChannelMemberView.class, MEMBER_VIEW)
                        .refuses(HubError.CHANNEL_NOT_FOUND)
                        .handler(call -> channels.members(call.actor(), channel(call), call.page())),
                Endpoint.put(MEMBER)
                        .path(CHANNEL, String.class, CHANNEL_WORDS, "support")
                        .path(USER, UUID.class, USER_WORDS, SOMEBODY)
                        .body(ChannelMemberOrder.class, new ChannelMemberOrder(ChannelRole.READER))
                        .summary("Add a member to a channel, or change one")
                        .description(
                                "A member's role, `reader` or `writer`, counts instead of what the channel's visibility"
                                        + " gives.")
                        .role(Role.ADMIN)
                        .answers(ChannelMemberView.class, MEMBER_VIEW)
                        .refuses(HubError.CHANNEL_NOT_FOUND, HubError.USER_UNKNOWN)
                        .handler(call ->
                                channels.admit(call.actor(), channel(call), call.path(USER, UUID.class), call.body())),
                Endpoint.delete(MEMBER)
                        .summary("Remove a member from a channel")
                        .description("Whoever may not use the channel without being a member leaves it at once.")
                        .path(CHANNEL, String.class, CHANNEL_WORDS, "support")
                        .path(USER, UUID.class, USER_WORDS, SOMEBODY)
                        .role(Role.ADMIN)
                        .refuses(HubError.CHANNEL_NOT_FOUND, HubError.MEMBER_NOT_FOUND)
                        .handler(call -> {
                            channels.dismiss(call.actor(), channel(call), call.path(USER, UUID.class));
                            return null;
                        }));
    }

    private static String channel(Call<?> call) {
        return call.path(CHANNEL, String.class);
    }
}
