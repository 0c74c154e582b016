package io.thespace.endpoint;

import io.thespace.plugin.api.Endpoint;
import java.util.List;

/** The endpoints of one of the platform's own capabilities; a CDI bean. Plugins declare theirs in the same way. */
public interface Resource {

    /** What the endpoints have in common, as the heading in the API documentation, for example {@code Identity}. */
    String group();

    /** Which API they belong to. */
    default Family family() {
        return Family.PLATFORM;
    }

    /** The endpoints, their paths below the family's prefix. */
    List<Endpoint<?>> endpoints();
}
