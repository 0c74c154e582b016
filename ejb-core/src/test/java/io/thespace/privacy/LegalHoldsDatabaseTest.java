package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Legal holds and the erasures that they keep. */
class LegalHoldsDatabaseTest extends PrivacyCase {

    @Test
    void aHoldKeepsWhatIsAskedForLaterAndWhatRuns() {
        UUID running = asked(admin, DataRequestKind.ERASURE, null, "C-1017").id();
        Job job = begun(running);
        UUID hold = held("c-1017").id();
        refused(PrivacyError.JOB_LOST, () -> steps(s -> s.erase(job, "rows", new Rows(1), 1)));
        UUID later = asked(admin, DataRequestKind.ERASURE, null, "C-1017").id();
        UUID other = asked(admin, DataRequestKind.ERASURE, null, "C-1018").id();
        assertThat(state(running)).isEqualTo("held");
        assertThat(state(later)).isEqualTo("held");
        assertThat(state(other)).isEqualTo("queued");
        assertThat(asked(admin, DataRequestKind.ACCESS, null, "C-1017").state()).isEqualTo("queued");
        UUID second = held("C-1017").id();

        cleared(hold);
        assertThat(state(running)).isEqualTo("held");
        cleared(second);

        assertThat(state(running)).isEqualTo("queued");
        assertThat(state(later)).isEqualTo("queued");
        refused(PrivacyError.HOLD_CLEARED, () -> cleared(second));
        refused(
                PrivacyError.LEGAL_HOLD_NOT_FOUND,
                () -> holds(stranger, h -> h.clear(stranger, hold, new ClearanceOrder("x"))));
    }

    @Test
    void aHoldOnAnAddressKeepsItsUser() {
        held(EMAIL);
        assertThat(asked(admin, DataRequestKind.ERASURE, subject, null).state()).isEqualTo("held");
    }

    @Test
    void aHoldOnAnAddressKeepsItsUserWhoLeft() throws Exception {
        leave();
        held(EMAIL);
        assertThat(asked(admin, DataRequestKind.ERASURE, subject, null).state()).isEqualTo("held");
    }

    @Test
    void aHoldOnAUserWhoLeftKeepsTheirAddress() throws Exception {
        leave();
        holds(admin, h -> h.place(admin, new LegalHoldOrder(subject, null, "a matter")));
        assertThat(asked(admin, DataRequestKind.ERASURE, null, EMAIL).state()).isEqualTo("held");
    }

    private LegalHoldView held(String identifier) {
        return holds(admin, h -> h.place(admin, new LegalHoldOrder(null, identifier, "a matter")));
    }

    private String state(UUID id) {
        return requests(admin, r -> r.find(admin, id)).state();
    }
}
