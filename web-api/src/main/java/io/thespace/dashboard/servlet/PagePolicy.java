package io.thespace.dashboard.servlet;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import java.net.URI;

/** The content security policy of the dashboard's page. */
final class PagePolicy {

    /** Vaadin's components add style elements, and plugins' modules may show images of their own data. */
    private static final String OWN_ORIGIN =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PagePolicy() {}

    /** The policy; calls leave the own origin only for the token endpoint of a configured provider. */
    static String of(Configuration configuration) {
        return configuration
                .find(Key.OIDC_TOKEN_URL)
                .map(endpoint -> OWN_ORIGIN + "; connect-src 'self' " + origin(endpoint))
                .orElse(OWN_ORIGIN);
    }

    /** The origin of a URL (RFC 6454), which a source expression of a policy may be. */
    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
