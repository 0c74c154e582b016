package io.thespace.hub;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The channels of the actor's organization, and the access to them. */
@Stateless
public class Channels {

    static final int MAX_CHANNELS = 1_000;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Event<ChannelChanged> changes;

    @Inject
    void tell(Event<ChannelChanged> listeners) {
        changes = listeners;
    }

    /** All of them, by id. */
    public List<ChannelView> list(Actor actor) {
        return em.createQuery("select c from Channel c where c.orgId = :org order by c.channelId", Channel.class)
                .setParameter("org", actor.orgId())
                .setMaxResults(MAX_CHANNELS)
                .getResultStream()
                .map(Channel::view)
                .toList();
    }

    /**
     * Returns a channel.
     *
     * @throws Rejection {@code CHANNEL_NOT_FOUND}
     */
    public ChannelView find(Actor actor, String id) {
        return channel(actor, id, LockModeType.NONE).view();
    }

    /**
     * Makes a channel.
     *
     * @throws Rejection {@code CHANNEL_EXISTS}, {@code CHANNELS_FULL}
     */
    public ChannelView create(Actor actor, ChannelOrder order) {
        oneAtATime(actor);
        if (channel(actor, order.id()).isPresent()) {
            throw new Rejection(HubError.CHANNEL_EXISTS, "There is a channel with this id; choose another.");
        }
        if (em.createQuery("select count(c) from Channel c where c.orgId = :org", Long.class)
                        .setParameter("org", actor.orgId())
                        .getSingleResult()
                >= MAX_CHANNELS) {
            throw new Rejection(
                    HubError.CHANNELS_FULL,
                    "Your organization has %d channels already; delete one first.".formatted(MAX_CHANNELS));
        }
        Channel channel =
                new Channel(UuidCreator.getTimeOrderedEpoch(), actor.orgId(), actor.userId(), order, Instant.now());
        em.persist(channel);
        changes.fire(new ChannelChanged(actor.orgId(), order.id(), null));
        return channel.view();
    }

    /**
     * Creates a channel of an organization that this transaction creates. No node is notified, since the organization has
     * no client yet.
     */
    public void createInitial(Actor actor, ChannelOrder order) {
        em.persist(new Channel(UuidCreator.getTimeOrderedEpoch(), actor.orgId(), actor.userId(), order, Instant.now()));
    }

    /**
     * Makes a channel unless there is one with this id, which stays as it is.
     *
     * @throws Rejection {@code CHANNELS_FULL}
     */
    public ChannelView ensure(Actor actor, ChannelOrder order) {
        oneAtATime(actor);
        return channel(actor, order.id()).map(Channel::view).orElseGet(() -> create(actor, order));
    }

    /** For each organization, so that what is counted stays so. */
    private void oneAtATime(Actor actor) {
        em.createNativeQuery("select pg_advisory_xact_lock(hashtextextended('channels/' || ?1, 4711))", Object.class)
                .setParameter(1, actor.orgId().toString())
                .getSingleResult();
    }

    /**
     * Changes a channel; members that lose access are removed from it.
     *
     * @throws Rejection {@code CHANNEL_NOT_FOUND}
     */
    public ChannelView change(Actor actor, String id, ChannelChange change) {
        Channel channel = channel(actor, id, LockModeType.PESSIMISTIC_WRITE);
        channel.change(change, Instant.now());
        changes.fire(new ChannelChanged(actor.orgId(), id, null));
        return channel.view();
    }

    /**
     * Deletes a channel with its members and its messages.
     *
     * @throws Rejection {@code CHANNEL_NOT_FOUND}
     */
    public void delete(Actor actor, String id) {
        em.remove(channel(actor, id, LockModeType.PESSIMISTIC_WRITE));
        changes.fire(new ChannelChanged(actor.orgId(), id, null));
    }

    /**
     * The members of a channel, the newest first.
     *
     * @throws Rejection {@code CHANNEL_NOT_FOUND}
     */
    public Page<ChannelMemberView> members(Actor actor, String id, PageRequest page) {
        Channel channel = channel(actor, id, LockModeType.NONE);
        TypedQuery<ChannelMember> rows = em.createQuery(
                        "select m from ChannelMember m where m.epoch = :epoch"
                                + (page.after().isEmpty() ? "" : " and m.id < :after")
                                + " order by m.id desc",
                        ChannelMember.class)
                .setParameter("epoch", channel.epoch())
                .setMaxResults(page.limit() + 1);
        page.after().ifPresent(after -> rows.setParameter("after", UUID.fromString(after)));
        Page<ChannelMember> members = Page.of(
                rows.getResultList(), page.limit(), member -> member.id().toString());
        return new Page<>(members.items().stream().map(ChannelMember::view).toList(), members.nextKey());
    }

    /**
     * Makes a user of the organization a member of a channel, or another sort of member.
     *
     * @throws Rejection {@code CHANNEL_NOT_FOUND}, {@code USER_UNKNOWN}
     */
    public ChannelMemberView admit(Actor actor, String id, UUID userId, ChannelMemberOrder order) {
        // Locked: two at once would both add the same member.
        Channel channel = channel(actor, id, LockModeType.PESSIMISTIC_WRITE);
        if (em.createNativeQuery("select 1 from core.memberships where org_id = ?1 and user_id = ?2", Integer.class)
                .setParameter(1, actor.orgId())
                .setParameter(2, userId)
                .getResultList()
                .isEmpty()) {
            throw new Rejection(HubError.USER_UNKNOWN, "There is no user with this id in your organization.");
        }
        ChannelMember member = member(channel, userId).orElse(null);
        if (member == null) {
            member = new ChannelMember(UuidCreator.getTimeOrderedEpoch(), channel, userId, order.role(), Instant.now());
            em.persist(member);
        } else {
            member.become(order.role());
        }
        changes.fire(new ChannelChanged(actor.orgId(), id, userId));
        return member.view();
    }

    /**
     * Ends a membership.
     *
     * @throws Rejection {@code CHANNEL_NOT_FOUND}, {@code MEMBER_NOT_FOUND}
     */
    public void dismiss(Actor actor, String id, UUID userId) {
        Channel channel = channel(actor, id, LockModeType.PESSIMISTIC_WRITE);
        em.remove(member(channel, userId)
                .orElseThrow(() ->
                        new Rejection(HubError.MEMBER_NOT_FOUND, "There is no member with this id in the channel.")));
        changes.fire(new ChannelChanged(actor.orgId(), id, userId));
    }

    /**
     * Returns the actor's access to a channel.
     *
     * @throws Rejection {@code NOT_AUTHORIZED}, also when there is no such channel
     */
    public Access access(Actor actor, String id) {
        Channel channel = channel(actor, id).orElse(null);
        ChannelRole member = channel == null
                ? null
                : member(channel, actor.userId()).map(ChannelMember::role).orElse(null);
        return access(actor, id, channel, member).orElseThrow(Channels::notAuthorized);
    }

    /** What the actor may do in those of some channels that they may read, as {@link #access} says of one. */
    public Map<String, Access> accesses(Actor actor, Collection<String> ids) {
        Map<String, Channel> channels = em.createQuery(
                        "select c from Channel c where c.orgId = :org and c.channelId in :ids", Channel.class)
                .setParameter("org", actor.orgId())
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(Channel::id, Function.identity()));
        List<UUID> epochs = channels.values().stream().map(Channel::epoch).toList();
        Map<UUID, ChannelRole> roles = epochs.isEmpty()
                ? Map.of()
                : em.createQuery(
                                "select m from ChannelMember m where m.epoch in :epochs and m.userId = :user",
                                ChannelMember.class)
                        .setParameter("epochs", epochs)
                        .setParameter("user", actor.userId())
                        .getResultStream()
                        .collect(Collectors.toMap(ChannelMember::epoch, ChannelMember::role));
        Map<String, Access> accesses = new HashMap<>();
        for (String id : ids) {
            Channel channel = channels.get(id);
            access(actor, id, channel, channel == null ? null : roles.get(channel.epoch()))
                    .ifPresent(access -> accesses.put(id, access));
        }
        return accesses;
    }

    /**
     * What the actor may do in a channel; empty when they may not read it.
     *
     * @param channel null when there is none
     * @param member what the actor is in it; null for nothing
     */
    private static Optional<Access> access(Actor actor, String id, Channel channel, ChannelRole member) {
        if (EventChannels.is(id) && actor.role() == Role.ADMIN) {
            return Optional.of(new Access(channel == null ? null : channel.epoch(), 0, false));
        }
        return channel == null || !channel.readableBy(actor.role(), member)
                ? Optional.empty()
                : Optional.of(
                        new Access(channel.epoch(), channel.lastOffset(), channel.writableBy(actor.role(), member)));
    }

    /**
     * Returns the sources of the events that the actor may receive.
     *
     * @return the sources, for example {@code /plugins/financial_business}; empty when all are allowed
     */
    public Optional<Set<String>> audible(Actor actor) {
        if (actor.role() == Role.ADMIN) {
            return Optional.empty();
        }
        Set<String> sources = new HashSet<>();
        List<Channel> carrying = em.createQuery(
                        "select c from Channel c where c.orgId = :org and (c.channelId = :all or c.channelId like :plugin)",
                        Channel.class)
                .setParameter("org", actor.orgId())
                .setParameter("all", EventChannels.ALL)
                .setParameter("plugin", EventChannels.OF_PLUGIN + "%")
                .setMaxResults(MAX_CHANNELS)
                .getResultList();
        for (Channel channel : carrying) {
            ChannelRole member =
                    member(channel, actor.userId()).map(ChannelMember::role).orElse(null);
            if (channel.readableBy(actor.role(), member)) {
                if (channel.id().equals(EventChannels.ALL)) {
                    return Optional.empty();
                }
                sources.add(EventChannels.source(channel.id()));
            }
        }
        return Optional.of(sources);
    }

    /** Returns the latest offsets of those of the channels that exist. */
    public List<ChannelView> progress(Actor actor, Collection<String> ids) {
        return em.createQuery("select c from Channel c where c.orgId = :org and c.channelId in :ids", Channel.class)
                .setParameter("org", actor.orgId())
                .setParameter("ids", ids)
                .getResultStream()
                .map(Channel::view)
                .toList();
    }

    /** Returns the number of channels that a user created. */
    public long countOf(Actor actor, UUID userId) {
        return em.createQuery("select count(c) from Channel c where c.orgId = :org and c.createdBy = :user", Long.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getSingleResult();
    }

    /** The channels that a user made. */
    public List<ChannelView> by(Actor actor, UUID userId) {
        return em.createQuery("select c from Channel c where c.orgId = :org and c.createdBy = :user", Channel.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getResultStream()
                .map(Channel::view)
                .toList();
    }

    /** Leaves the channels that a user made without them. */
    public long forget(Actor actor, UUID userId) {
        return em.createQuery("update Channel c set c.createdBy = null where c.orgId = :org and c.createdBy = :user")
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** Returns a user's explicit memberships in channels. */
    public List<ChannelMemberView> memberships(Actor actor, UUID userId) {
        return em.createQuery(
                        "select m from ChannelMember m where m.orgId = :org and m.userId = :user", ChannelMember.class)
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .getResultStream()
                .map(ChannelMember::view)
                .toList();
    }

    /** Ends all memberships of a user in channels. */
    public long dismiss(Actor actor, UUID userId) {
        return em.createQuery("delete from ChannelMember m where m.orgId = :org and m.userId = :user")
                .setParameter("org", actor.orgId())
                .setParameter("user", userId)
                .executeUpdate();
    }

    /** How {@link #access} refuses. */
    public static Rejection notAuthorized() {
        return new Rejection(HubError.NOT_AUTHORIZED, "Not authorized for this channel.");
    }

    private Optional<ChannelMember> member(Channel channel, UUID userId) {
        return em.createQuery(
                        "select m from ChannelMember m where m.epoch = :epoch and m.userId = :user",
                        ChannelMember.class)
                .setParameter("epoch", channel.epoch())
                .setParameter("user", userId)
                .getResultStream()
                .findFirst();
    }

    private Optional<Channel> channel(Actor actor, String id) {
        return rows(actor, id).getResultStream().findFirst();
    }

    private TypedQuery<Channel> rows(Actor actor, String id) {
        return em.createQuery("select c from Channel c where c.orgId = :org and c.channelId = :id", Channel.class)
                .setParameter("org", actor.orgId())
                .setParameter("id", id);
    }

    private Channel channel(Actor actor, String id, LockModeType lock) {
        return rows(actor, id)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Rejection(
                        HubError.CHANNEL_NOT_FOUND, "There is no channel with this id in your organization."));
    }
}
