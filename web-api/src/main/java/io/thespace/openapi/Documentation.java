package io.thespace.openapi;

import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.endpoint.Family;
import io.thespace.endpoint.Resource;
import io.thespace.endpoint.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Brings each family's documentation. */
@ApplicationScoped
class Documentation {

    @Produces
    Resource platform(Routes routes) {
        return new DocsResource(Family.PLATFORM, routes, Configuration.get().get(Key.DOCS_PUBLIC));
    }

    @Produces
    Resource management(Routes routes) {
        return new DocsResource(Family.MANAGEMENT, routes, Configuration.get().get(Key.DOCS_PUBLIC));
    }
}
