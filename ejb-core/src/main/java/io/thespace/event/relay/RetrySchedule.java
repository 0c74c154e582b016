package io.thespace.event.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The delays of retries, and the pauses of a subscriber that cannot process any event.
 *
 * @param delays before the second attempt, the third and so on, in whole seconds; after the last of these attempts the event is parked
 * @param firstPause the first pause, doubled with each consecutive pause
 * @param maxPause the maximum pause
 */
public record RetrySchedule(List<Duration> delays, Duration firstPause, Duration maxPause) {

    /** Eight attempts within about two minutes. */
    static final RetrySchedule USUAL = new RetrySchedule(
            Stream.of(1, 2, 4, 8, 16, 32, 64).map(Duration::ofSeconds).toList(),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));

    public RetrySchedule {
        delays = List.copyOf(delays);
    }

    int maxAttempts() {
        return delays.size() + 1;
    }

    /** The time until the next attempt, with up to a quarter of jitter, in whole seconds; null to park the event. */
    Duration delay(int attempts) {
        if (attempts > delays.size()) {
            return null;
        }
        long seconds = delays.get(attempts - 1).toSeconds();
        return Duration.ofSeconds(seconds + ThreadLocalRandom.current().nextLong(seconds / 4 + 1));
    }
}
