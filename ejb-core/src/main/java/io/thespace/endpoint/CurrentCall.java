package io.thespace.endpoint;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Upload;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The admitted call that this thread works for, as resources use it. */
@ApplicationScoped
public class CurrentCall {

    /** Who calls. */
    public Actor actor() {
        return CallContext.current().actor();
    }

    /** Which page is asked for; null unless the endpoint answers with pages. */
    public PageRequest page() {
        return CallContext.current().page();
    }

    /** The file that came; empty unless the endpoint takes one. */
    public Optional<Upload> upload() {
        return CallContext.current().upload();
    }

    /** The key that came, for an endpoint that passes the call on to another one. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(CallContext.current().request().idempotencyKey());
    }
}
