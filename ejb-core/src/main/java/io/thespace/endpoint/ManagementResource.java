package io.thespace.endpoint;

/** A {@link Resource} of the management API. */
public interface ManagementResource extends Resource {

    @Override
    default Family family() {
        return Family.MANAGEMENT;
    }
}
