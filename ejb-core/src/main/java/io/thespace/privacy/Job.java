package io.thespace.privacy;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData.Subject;
import java.util.UUID;

/**
 * A data request that a node has taken.
 *
 * @param lease under which; a step under an older one is refused
 * @param actor the platform in the request's organization
 */
public record Job(UUID id, UUID lease, Actor actor, DataRequestKind kind, Subject subject) {}
