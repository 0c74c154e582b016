package io.thespace.hub;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The messages of channels, each with its offset: they are numbered in the order in which they are committed. */
@Stateless
public class Messages {

    /** The maximum of messages in a response. */
    static final int MAX_MESSAGES = 50;

    static final int MAX_CHARACTERS = 262_144;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @EJB
    Channels channels;

    /**
     * Adds a message to a channel.
     *
     * @param data JSON
     * @throws Rejection {@code NOT_AUTHORIZED}, {@code READ_ONLY}
     */
    public MessageView send(Actor actor, String channelId, String data) {
        // Held until the commit: so a later offset is never seen before an earlier one.
        Channel channel = em.createQuery(
                        "select c from Channel c where c.orgId = :org and c.channelId = :id", Channel.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", channelId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElseThrow(Channels::notAuthorized);
        if (!channels.access(actor, channelId).writes()) {
            throw new Rejection(HubError.READ_ONLY, "You may read this channel but not write to it.");
        }
        ChannelMessage message =
                new ChannelMessage(UuidCreator.getTimeOrderedEpoch(), channel, actor.userId(), data, Instant.now());
        em.persist(message);
        return message.view();
    }

    /**
     * Returns the messages after an offset.
     *
     * @param epoch the epoch of the offset; null for the channel's own
     * @throws Rejection {@code NOT_AUTHORIZED}
     */
    public HistoryView history(Actor actor, String channelId, UUID epoch, long since) {
        Access access = channels.access(actor, channelId);
        if (access.epoch() == null || EventChannels.is(channelId)) {
            throw Rejection.of(
                    HubError.INVALID_FRAME, "channel_id", "This channel carries events and has no messages.");
        }
        List<MessageView> rows = after(access.epoch(), since);
        long last = rows.isEmpty()
                ? access.offset()
                : Math.max(access.offset(), rows.get(rows.size() - 1).offset());
        long first = em.createQuery("select min(m.offset) from ChannelMessage m where m.epoch = :epoch", Long.class)
                .setParameter("epoch", access.epoch())
                .getResultStream()
                .filter(offset -> offset != null)
                .findFirst()
                .orElse(last + 1);
        return page(access.epoch(), epoch == null || epoch.equals(access.epoch()), since, first, last, rows);
    }

    /** Returns the messages of a channel after an offset, for callers already admitted to it. */
    public List<MessageView> after(UUID epoch, long since) {
        return em.createQuery(
                        "select m from ChannelMessage m where m.epoch = :epoch and m.offset > :since order by m.offset",
                        ChannelMessage.class)
                .setParameter("epoch", epoch)
                .setParameter("since", since)
                .setMaxResults(MAX_MESSAGES)
                .getResultStream()
                .map(ChannelMessage::view)
                .toList();
    }

    /**
     * Nothing but what follows {@code since} without a gap; nothing at all where there is one.
     *
     * @param sameEpoch whether {@code since} counts in this channel
     * @param rows by offset
     */
    static HistoryView page(UUID epoch, boolean sameEpoch, long since, long first, long last, List<MessageView> rows) {
        boolean seamless = sameEpoch && since <= last && (rows.isEmpty() ? since == last : true);
        List<MessageView> messages = new ArrayList<>();
        int characters = 0;
        for (MessageView row : rows) {
            if (!seamless || row.offset() != since + messages.size() + 1) {
                return new HistoryView(epoch, false, false, first, last, List.of());
            }
            characters += row.data() == null ? 0 : row.data().length();
            if (!messages.isEmpty() && characters > MAX_CHARACTERS) {
                break;
            }
            messages.add(row);
        }
        return new HistoryView(
                epoch, seamless, seamless && since + messages.size() == last, first, last, List.copyOf(messages));
    }

    /** Returns the number of messages that still name this sender. */
    public long countBy(Actor actor, UUID senderId) {
        return em.createQuery(
                        "select count(m) from ChannelMessage m where m.orgId = :org and m.senderId = :sender",
                        Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("sender", senderId)
                .getSingleResult();
    }

    /** Up to {@code most} messages of a sender after an id, by id. */
    public List<MessageView> by(Actor actor, UUID senderId, UUID after, int most) {
        return sent(actor, senderId, after, most).stream()
                .map(ChannelMessage::view)
                .toList();
    }

    /** Erases up to {@code most} messages of a sender; their offsets stay. */
    public long erase(Actor actor, UUID senderId, int most) {
        List<ChannelMessage> messages = sent(actor, senderId, new UUID(0, 0), most);
        messages.forEach(ChannelMessage::erase);
        return messages.size();
    }

    private List<ChannelMessage> sent(Actor actor, UUID senderId, UUID after, int most) {
        return em.createQuery(
                        "select m from ChannelMessage m where m.orgId = :org and m.senderId = :sender and m.id > :after"
                                + " order by m.id",
                        ChannelMessage.class)
                .setParameter("org", actor.orgId())
                .setParameter("sender", senderId)
                .setParameter("after", after)
                .setMaxResults(most)
                .getResultList();
    }
}
