package io.thespace.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.redis.Redis;
import io.thespace.redis.TestRedis;
import io.thespace.transaction.PendingChanges;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RevisionWatchTest {

    private static final String NAME = "test-state";

    /** The revision in the database; below zero while the database is away. */
    private final AtomicLong revision = new AtomicLong();

    private final AtomicInteger loads = new AtomicInteger();
    private final Revisions revisions = new Revisions(new Redis(Optional.empty()));

    private RevisionWatch watch() {
        return revisions.watch(NAME, this::current, loads::incrementAndGet, Thread::new);
    }

    private long current() {
        long current = revision.get();
        if (current < 0) {
            throw new IllegalStateException("The database is away");
        }
        return current;
    }

    @Test
    void stateIsLoadedOnceForEachRevision() {
        try (RevisionWatch watch = watch()) {
            assertThat(loads).hasValue(1);
            watch.check();
            assertThat(loads).hasValue(1);
            revision.set(2);
            watch.check();
            watch.check();
            assertThat(loads).hasValue(2);
        }
    }

    @Test
    void aChangeOnThisNodeIsLoadedBeforeTheCallIsAnswered() {
        try (RevisionWatch watch = watch();
                PendingChanges call = PendingChanges.open()) {
            revision.set(1);
            revisions.changed(new RevisionChanged(NAME));
            call.await();
            assertThat(loads).hasValue(2);
            assertThat(watch.isAway()).isFalse();
        }
    }

    @Test
    void aChangeOfOtherStateIsNotWaitedFor() {
        try (RevisionWatch watch = watch();
                PendingChanges call = PendingChanges.open()) {
            revisions.changed(new RevisionChanged("other-state"));
            call.await();
            assertThat(loads).hasValue(1);
            assertThat(watch.isAway()).isFalse();
        }
    }

    @Test
    void whatWasLoadedStaysWhileTheDatabaseIsAway() {
        revision.set(-1);
        try (RevisionWatch watch = watch()) {
            assertThat(watch.isAway()).isTrue();
            assertThat(loads).hasValue(0);
            revision.set(7);
            watch.check();
            assertThat(watch.isAway()).isFalse();
            assertThat(loads).hasValue(1);
        }
    }

    @Test
    void aLoadThatFailsIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        try (RevisionWatch watch = revisions.watch(
                NAME,
                this::current,
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("Half of it is unreadable");
                    }
                },
                Thread::new)) {
            watch.check();
            assertThat(tries.get()).isGreaterThan(1);
            assertThat(watch.isAway()).isFalse();
        }
    }

    @Test
    void aChangeOnAnotherNodeIsLoadedByTheRegularCheck() throws Exception {
        CountDownLatch loaded = new CountDownLatch(2);
        try (RevisionWatch watch = revisions.watch(NAME, this::current, loaded::countDown, Thread::new)) {
            revision.set(1);
            assertThat(loaded.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.isAway()).isFalse();
        }
    }

    @Test
    void otherNodesAreNotifiedThroughRedis() throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        CountDownLatch subscribed = new CountDownLatch(1);
        try (TestRedis redis = new TestRedis();
                Redis.Listening other = redis.connect()
                        .listen("the-space:" + NAME, messages::add, subscribed::countDown, Thread::new)) {
            assertThat(other).isNotNull();
            assertThat(subscribed.await(30, TimeUnit.SECONDS)).isTrue();
            new Revisions(redis.connect()).changed(new RevisionChanged(NAME));
            assertThat(messages.poll(30, TimeUnit.SECONDS)).isEqualTo("changed");
        }
    }
}
