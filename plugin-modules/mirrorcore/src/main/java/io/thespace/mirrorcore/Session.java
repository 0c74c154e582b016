package io.thespace.mirrorcore;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A conversation. Its turns change it, under its lock, so that its numbers are always those of its turns. */
@Entity
@Table(name = "session")
class Session {

    static final int MAX_TURNS = 10_000;
    static final int MAX_WORDS = 250_000;
    static final int MAX_CHARACTERS = 5_000_000;
    static final int MAX_SPEAKERS = 32;

    /** A UUIDv7, so the order of ids is the order of time. */
    @Id
    private UUID id;

    @Column(name = "org_id", updatable = false)
    private UUID orgId;

    private String title;

    @Column(name = "created_by", updatable = false)
    private UUID createdBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "active_at")
    private Instant activeAt;

    @Column(name = "completed_at")
    private Instant completedAt;

    private int turns;
    private int words;
    private int characters;

    @Column(name = "last_position")
    private int lastPosition;

    @Version
    private long version;

    protected Session() {}

    Session(Actor actor, String title) {
        this.id = UuidCreator.getTimeOrderedEpoch();
        this.orgId = actor.orgId();
        this.title = title;
        this.createdBy = actor.userId();
        this.createdAt = Instant.now();
        this.activeAt = createdAt;
    }

    UUID id() {
        return id;
    }

    UUID orgId() {
        return orgId;
    }

    int turns() {
        return turns;
    }

    int words() {
        return words;
    }

    int lastPosition() {
        return lastPosition;
    }

    void rename(String to) {
        title = to;
        activeAt = Instant.now();
    }

    /**
     * Makes room for a turn.
     *
     * @return its position
     * @throws Rejection {@code SESSION_COMPLETED} or {@code SESSION_FULL}
     */
    int grow(Counts more) {
        requireOpen();
        if (turns >= MAX_TURNS || words + more.words() > MAX_WORDS || characters + more.characters() > MAX_CHARACTERS) {
            throw full(
                    "A session has at most %d turns, %d words and %d characters; this one has %d, %d and %d. Go on in another one."
                            .formatted(MAX_TURNS, MAX_WORDS, MAX_CHARACTERS, turns, words, characters));
        }
        turns++;
        words += more.words();
        characters += more.characters();
        lastPosition++;
        activeAt = Instant.now();
        return lastPosition;
    }

    static Rejection full(String message) {
        return new Rejection(MirrorError.SESSION_FULL, message);
    }

    /** @throws Rejection {@code SESSION_COMPLETED} or {@code SESSION_EMPTY} */
    void complete() {
        requireOpen();
        if (turns == 0) {
            throw new Rejection(MirrorError.SESSION_EMPTY, "Session %s has no turn yet; add one first.".formatted(id));
        }
        completedAt = Instant.now();
        activeAt = completedAt;
    }

    private void requireOpen() {
        if (completedAt != null) {
            throw new Rejection(
                    MirrorError.SESSION_COMPLETED, "Session %s was completed at %s.".formatted(id, completedAt));
        }
    }

    SessionView view() {
        return new SessionView(id, title, createdBy, createdAt, completedAt, turns, words);
    }
}
