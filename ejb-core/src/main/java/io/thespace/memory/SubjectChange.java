package io.thespace.memory;

import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;

/** A change of a memory's subject, as a {@link io.thespace.json.MergePatch}. */
public record SubjectChange(Optional<UUID> userId, Optional<@Size(min = 1, max = 320) String> identifier) {}
