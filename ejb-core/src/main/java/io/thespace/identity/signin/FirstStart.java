package io.thespace.identity.signin;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.identity.Organizations;
import io.thespace.identity.access.Revocations;
import io.thespace.identity.key.KeyRing;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.tenant.Tenant;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens the signing keys and the node's ears for revocations at each start, and makes the first organization and the first administrator at the very first one.
 *
 * <p>Unless {@link Key#ADMIN_PASSWORD} is set, the administrator's password is generated and lies in {@code
 * SPACE_HOME/first-admin-password}, readable by its owner alone; it is written before the administrator exists, so that an
 * administrator with an unknown password cannot come to be.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@TransactionManagement(TransactionManagementType.BEAN)
public class FirstStart {

    private static final Log LOG = Log.of(FirstStart.class);

    @Inject
    KeyRing keys;

    @Inject
    Passwords passwords;

    @Inject
    Organizations organizations;

    @Inject
    Revocations revocations;

    @PostConstruct
    void begin() {
        keys.open();
        revocations.listen();
        Configuration configuration = Configuration.get();
        Actor platform = Actor.platform(UuidCreator.getTimeOrderedEpoch(), "first-start");
        if (organizations.untouched(platform)) {
            Optional<String> chosen = configuration.find(Key.ADMIN_PASSWORD);
            if (chosen.isPresent()) {
                found(configuration, platform, chosen.get());
            } else {
                foundWithFile(configuration, platform);
            }
        }
    }

    private void foundWithFile(Configuration configuration, Actor platform) {
        Path home = configuration.get(Key.HOME);
        PasswordFile file = PasswordFile.write(home);
        boolean founded = false;
        try {
            founded = found(configuration, platform, file.password());
        } finally {
            if (!founded) {
                file.remove();
            }
        }
        if (founded) {
            file.keep();
            LOG.info("The first administrator's password is in SPACE_HOME/" + PasswordFile.NAME);
        }
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private boolean found(Configuration configuration, Actor platform, String password) {
        String hash = passwords.hash(password);
        UUID orgId = platform.orgId();
        boolean founded;
        try (Tenant tenant = Tenant.bind(orgId)) {
            founded = organizations.found(
                    platform, configuration.get(Key.ORGANIZATION_NAME), configuration.get(Key.ADMIN_EMAIL), hash);
        }
        if (founded) {
            LOG.info("First organization and administrator created", "org_id", orgId);
        }
        return founded;
    }
}
