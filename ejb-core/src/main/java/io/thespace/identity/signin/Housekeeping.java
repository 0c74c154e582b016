package io.thespace.identity.signin;

import io.thespace.identity.key.KeyRing;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Deletes expired sign-ins, refresh tokens and signing keys, in small transactions; any number of nodes may do so. */
@Singleton
public class Housekeeping {

    private static final Log LOG = Log.of(Housekeeping.class);
    private static final int BATCH = 1_000;
    private static final int MAX_BATCHES = 100;

    @Inject
    RefreshTokens refreshTokens;

    @Inject
    KeyRing keys;

    @Schedule(hour = "*", minute = "*/10", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void purge() {
        try {
            // Records that this node still holds its keys, before old ones are deleted.
            keys.signer();
            Actor platform = Actor.platform(null, "identity-housekeeping");
            int batches = 0;
            while (refreshTokens.purge(platform, BATCH) >= BATCH && batches < MAX_BATCHES) {
                batches++;
            }
        } catch (RuntimeException e) {
            // The next run does it; a timer that throws may not get one.
            LOG.warning("Expired sign-ins could not be deleted", "cause", e);
        }
    }
}
