package io.thespace.limit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rate limits that all callers of an organization share. Queried for each call, outside of transactions. */
public interface OrganizationQuotas {

    /** The limits of its calls; empty for none. */
    List<Counted> calls(UUID orgId);

    /** The limit of the tokens that it may have language models read and write; empty for none. */
    Optional<Counted> modelTokens(UUID orgId);
}
