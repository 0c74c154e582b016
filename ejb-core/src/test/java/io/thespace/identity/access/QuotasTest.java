package io.thespace.identity.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.identity.Organizations;
import io.thespace.identity.RateLimits;
import io.thespace.limit.Counted;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {

    private static final UUID ORG = UUID.randomUUID();

    private final AtomicLong nanos = new AtomicLong(-1);
    private final Stored stored = new Stored();
    private final Quotas quotas = new Quotas(stored, nanos::get);

    private static final class Stored extends Organizations {

        private RateLimits limits = new RateLimits(null, null, null);
        private boolean away;
        private int asked;
        private Runnable meanwhile = () -> {};

        @Override
        public RateLimits quota(Actor actor) {
            asked++;
            if (away) {
                throw new IllegalStateException("The database is away");
            }
            assertThat(Tenant.current()).contains(ORG);
            assertThat(actor.orgId()).isEqualTo(ORG);
            RateLimits answer = limits;
            meanwhile.run();
            return answer;
        }
    }

    private List<Long> calls() {
        return quotas.calls(ORG).stream().map(one -> one.rate().calls()).toList();
    }

    private void pass(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    @Test
    void eachStoredLimitIsOneOfItsOwn() {
        assertThat(quotas.calls(ORG)).isEmpty();
        assertThat(quotas.modelTokens(ORG)).isEmpty();
        stored.limits = new RateLimits(60, 9_000L, 1_000_000_000_000L);
        pass(900);
        assertThat(quotas.calls(ORG))
                .extracting(Counted::policy)
                .containsExactly("organization-minute", "organization-day");
        assertThat(quotas.calls(ORG)).extracting(one -> one.rate().seconds()).containsExactly(60, 86_400);
        Counted tokens = quotas.modelTokens(ORG).orElseThrow();
        assertThat(tokens.rate().calls()).isEqualTo(1_000_000_000_000L);
        assertThat(quotas.calls(ORG)).extracting(Counted::key).doesNotContain(tokens.key());
    }

    @Test
    void aChangeIsSeenWithinASecondAndAtOnceWhenItIsTold() {
        assertThat(calls()).isEmpty();
        stored.limits = new RateLimits(60, null, null);
        pass(899);
        assertThat(calls()).isEmpty();
        assertThat(stored.asked).isEqualTo(1);
        pass(1);
        assertThat(calls()).containsExactly(60L);

        stored.limits = new RateLimits(30, null, null);
        quotas.outdated(new AccessStatusInvalidated(UUID.randomUUID()));
        assertThat(calls()).containsExactly(60L);
        quotas.outdated(new AccessStatusInvalidated(ORG));
        assertThat(calls()).containsExactly(30L);
        assertThat(calls()).containsExactly(30L);
        assertThat(stored.asked).isEqualTo(3);
    }

    @Test
    void anAnswerFromBeforeAChangeIsNotKept() {
        stored.meanwhile = () -> {
            stored.meanwhile = () -> {};
            quotas.outdated(new AccessStatusInvalidated(ORG));
        };
        assertThat(calls()).isEmpty();
        stored.limits = new RateLimits(30, null, null);
        assertThat(calls()).containsExactly(30L);
    }

    /** The first one's question is still under way when the second comes. */
    @Test
    void noCallGoesByTheLimitsFromBeforeAChange() {
        assertThat(calls()).isEmpty();
        quotas.outdated(new AccessStatusInvalidated(ORG));
        stored.limits = new RateLimits(30, null, null);
        List<Long> second = new ArrayList<>();
        stored.meanwhile = () -> {
            stored.meanwhile = () -> {};
            second.addAll(calls());
        };
        assertThat(calls()).containsExactly(30L);
        assertThat(second).containsExactly(30L);
    }

    @Test
    void afterAChangeWithoutTheDatabaseWhatWasSeenHolds() {
        stored.limits = new RateLimits(60, null, null);
        assertThat(calls()).containsExactly(60L);
        quotas.outdated(new AccessStatusInvalidated(ORG));
        stored.away = true;
        assertThat(calls()).containsExactly(60L);
        assertThat(calls()).containsExactly(60L);
        assertThat(stored.asked).isEqualTo(2);
    }

    @Test
    void withoutTheDatabaseWhatWasSeenHolds() {
        stored.limits = new RateLimits(60, null, null);
        assertThat(calls()).containsExactly(60L);
        stored.away = true;
        pass(2_000);
        assertThat(calls()).containsExactly(60L);
        assertThat(calls()).containsExactly(60L);
        assertThat(stored.asked).isEqualTo(2);
        assertThat(quotas.calls(UUID.randomUUID())).isEmpty();

        stored.away = false;
        stored.limits = new RateLimits(30, null, null);
        pass(900);
        assertThat(calls()).containsExactly(30L);
    }
}
