package io.thespace.endpoint;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Upload;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The admitted call that this thread works for, as resources use it. */
@ApplicationScoped
public class CurrentCall {

    /** Returns the caller. */
    public Actor actor() {
        return CallContext.current().actor();
    }

    /** Returns the requested page; null unless the endpoint returns pages. */
    public PageRequest page() {
        return CallContext.current().page();
    }

    /** Returns the uploaded file; empty unless the endpoint takes one. */
    public Optional<Upload> upload() {
        return CallContext.current().upload();
    }
}
