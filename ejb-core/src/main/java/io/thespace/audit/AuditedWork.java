package io.thespace.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Work whose record joins its transaction. Not a session bean: no server lets go of an application while one of its session
 * beans is being called, and a plugin's handler may never come back.
 */
@ApplicationScoped
public class AuditedWork {

    private AuditTrail trail;

    AuditedWork() {}

    @Inject
    public AuditedWork(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Does work and writes its record in one transaction: either both are there or none.
     *
     * @param answer what it came to, as it is to be recorded; empty when it came to nothing
     * @throws Exception what the work throws; whatever it wrote is then rolled back
     */
    @Transactional(rollbackOn = Exception.class)
    public <T> T within(AuditDraft draft, Callable<T> work, Function<T, Optional<AuditedAnswer>> answer)
            throws Exception {
        T result = work.call();
        answer.apply(result).ifPresent(one -> trail.write(draft, one));
        return result;
    }
}
