package io.thespace.limit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Organizations without limits, for tests of what is counted elsewhere. */
public final class NoQuotas implements OrganizationQuotas {

    /** Limits that nothing sets, and that ask no Redis. */
    public static Limits limits() {
        return new Limits(null, Map.of(), new NoQuotas(), System::nanoTime, event -> {});
    }

    @Override
    public List<Counted> calls(UUID orgId) {
        return List.of();
    }

    @Override
    public Optional<Counted> modelTokens(UUID orgId) {
        return Optional.empty();
    }
}
