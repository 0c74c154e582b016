package io.thespace.hub;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Personal data of the hub: messages, and the channels that a person created or is a member of. */
@ApplicationScoped
public class HubPersonalData implements PersonalData {

    private static final String CHANNELS = "core.channels";
    private static final String MEMBERS = "core.channel_members";
    private static final String MESSAGES = "core.channel_messages";
    private static final int BATCH = 100;

    private Channels channels;
    private Messages messages;

    HubPersonalData() {}

    @Inject
    HubPersonalData(Channels channels, Messages messages) {
        this.channels = channels;
        this.messages = messages;
    }

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        if (subject.userId() == null) {
            return Map.of();
        }
        return stores(
                channels.countOf(actor, subject.userId()),
                channels.memberships(actor, subject.userId()).size(),
                messages.countBy(actor, subject.userId()));
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        if (subject.userId() == null) {
            return;
        }
        channels.by(actor, subject.userId()).forEach(channel -> sink.accept(CHANNELS, channel));
        channels.memberships(actor, subject.userId()).forEach(member -> sink.accept(MEMBERS, member));
        UUID after = new UUID(0, 0);
        List<MessageView> batch;
        do {
            batch = messages.by(actor, subject.userId(), after, BATCH);
            batch.forEach(message -> sink.accept(MESSAGES, message));
            after = batch.isEmpty() ? after : batch.get(batch.size() - 1).messageId();
        } while (batch.size() == BATCH);
    }

    /** Messages keep their offsets, without sender and content; channels are kept. */
    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        if (subject.userId() == null) {
            return Map.of();
        }
        return stores(
                channels.forget(actor, subject.userId()),
                channels.dismiss(actor, subject.userId()),
                messages.erase(actor, subject.userId(), most));
    }

    private static Map<String, Long> stores(long made, long memberships, long sent) {
        Map<String, Long> stores = new LinkedHashMap<>();
        stores.put(CHANNELS, made);
        stores.put(MEMBERS, memberships);
        stores.put(MESSAGES, sent);
        stores.values().removeIf(rows -> rows == 0);
        return stores;
    }
}
