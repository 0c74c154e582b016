package io.thespace.sdk;

import java.util.Map;

/** A change of an organization's limits; members that are not set are unchanged, null means no limit of its own. */
public final class RateLimitsChange extends MergePatch<RateLimitsChange> {

    public RateLimitsChange() {
        this(Map.of());
    }

    private RateLimitsChange(Map<String, Object> members) {
        super(members, RateLimitsChange::new);
    }

    public RateLimitsChange requestsPerMinute(Integer requestsPerMinute) {
        return with("requests_per_minute", requestsPerMinute);
    }

    public RateLimitsChange requestsPerDay(Long requestsPerDay) {
        return with("requests_per_day", requestsPerDay);
    }

    public RateLimitsChange modelTokensPerDay(Long modelTokensPerDay) {
        return with("model_tokens_per_day", modelTokensPerDay);
    }
}
