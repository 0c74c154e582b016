package io.thespace.sdk;

import java.util.Map;
import java.util.UUID;

/** {@code /management/v1/organizations}. */
public final class Organizations {

    private static final String ALL = "/organizations";
    private static final String PATH = ALL + "/";

    private final Transport transport;

    Organizations(Transport transport) {
        this.transport = transport;
    }

    /** All of the platform, the newest first; for platform administrators. */
    public Listing<Organization> list() {
        return new Listing<>(transport, ALL, Organization.class);
    }

    /** Creates an organization and invites its first owner; for platform administrators. */
    public NewOrganization create(OrganizationOrder order) {
        return transport.postOnce(ALL, order, NewOrganization.class);
    }

    /** The caller's own. */
    public Organization get(UUID id) {
        return transport.get(PATH + id, Organization.class);
    }

    public Organization rename(UUID id, String name) {
        return transport.patch(PATH + id, Map.of("name", name), Organization.class);
    }

    /** The caller's own: its users are locked out. */
    public void delete(UUID id) {
        transport.delete(PATH + id, null);
    }

    /** Any but the caller's own; for platform administrators. */
    public Organization suspend(UUID id) {
        return transport.post(PATH + id + "/suspend", null, Organization.class);
    }

    /** Takes {@link #suspend} back. */
    public Organization reactivate(UUID id) {
        return transport.post(PATH + id + "/reactivate", null, Organization.class);
    }

    public RateLimits limits(UUID id) {
        return transport.get(PATH + id + "/rate-limits", RateLimits.class);
    }

    public RateLimits changeLimits(UUID id, RateLimitsChange change) {
        return transport.patch(PATH + id + "/rate-limits", change, RateLimits.class);
    }
}
