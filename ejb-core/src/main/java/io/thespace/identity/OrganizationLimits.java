package io.thespace.identity;

import static io.thespace.json.MergePatch.merged;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** The limits that an organization was given. */
@Entity
@Table(name = "organization_limits")
class OrganizationLimits {

    @Id
    @Column(name = "org_id")
    private UUID orgId;

    @Column(name = "requests_per_minute")
    private Integer requestsPerMinute;

    @Column(name = "requests_per_day")
    private Long requestsPerDay;

    @Column(name = "model_tokens_per_day")
    private Long modelTokensPerDay;

    @Version
    private long version;

    protected OrganizationLimits() {}

    OrganizationLimits(UUID orgId) {
        this.orgId = orgId;
    }

    void change(RateLimitsChange change) {
        requestsPerMinute = merged(requestsPerMinute, change.requestsPerMinute());
        requestsPerDay = merged(requestsPerDay, change.requestsPerDay());
        modelTokensPerDay = merged(modelTokensPerDay, change.modelTokensPerDay());
    }

    RateLimits view() {
        return new RateLimits(requestsPerMinute, requestsPerDay, modelTokensPerDay);
    }
}
