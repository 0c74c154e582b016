package io.thespace.hub.node;

import io.thespace.event.Events;
import io.thespace.event.LogSlice;
import io.thespace.hub.Access;
import io.thespace.hub.ChannelView;
import io.thespace.hub.Channels;
import io.thespace.hub.EventChannels;
import io.thespace.hub.HistoryView;
import io.thespace.hub.MessageView;
import io.thespace.hub.Messages;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Channels, their messages and the log of events, each call with the actor's tenant bound: frames and reviews have no request. */
final class TenantChannels {

    private static final int MAX_EVENTS = 100;

    private final Channels channels;
    private final Messages messages;
    private final Events events;

    TenantChannels(Channels channels, Messages messages, Events events) {
        this.channels = channels;
        this.messages = messages;
        this.events = events;
    }

    /** @throws Rejection as {@link Channels#access} */
    Access access(Actor actor, String channelId) {
        return in(actor, () -> channels.access(actor, channelId));
    }

    Map<String, Access> accesses(Actor actor, Collection<String> channelIds) {
        return in(actor, () -> channels.accesses(actor, channelIds));
    }

    List<ChannelView> progress(Actor actor, Collection<String> channelIds) {
        return in(actor, () -> channels.progress(actor, channelIds));
    }

    /** @throws Rejection as {@link Messages#send} */
    MessageView send(Actor actor, String channelId, String data) {
        return in(actor, () -> messages.send(actor, channelId, data));
    }

    /** @throws Rejection as {@link Messages#history} */
    HistoryView history(Actor actor, String channelId, UUID epoch, long since) {
        return in(actor, () -> messages.history(actor, channelId, epoch, since));
    }

    List<MessageView> after(Actor actor, UUID epoch, long since) {
        return in(actor, () -> messages.after(epoch, since));
    }

    /** The part of the log that a channel of events carries; see {@link Events#log}. */
    LogSlice eventLog(Actor actor, String channelId, UUID epoch, long after) {
        return in(actor, () -> events.log(actor, EventChannels.filter(channelId), epoch, after, MAX_EVENTS));
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private static <T> T in(Actor actor, Supplier<T> work) {
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return work.get();
        }
    }
}
