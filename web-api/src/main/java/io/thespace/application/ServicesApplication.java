package io.thespace.application;

import io.thespace.jaxrs.RestApplication;
import jakarta.ws.rs.ApplicationPath;
import java.util.List;

/** {@code /services/{plugin}/…}: the endpoints of plugins by another name. */
@ApplicationPath("services")
public class ServicesApplication extends RestApplication {

    public ServicesApplication() {
        super(List.of());
    }

    @Override
    protected List<Class<?>> dispatchers() {
        return List.of(ServiceDispatcher.class);
    }
}
