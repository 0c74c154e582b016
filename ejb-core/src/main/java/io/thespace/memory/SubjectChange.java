package io.thespace.memory;

import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;

/** What is to change about whom a memory is about, as a {@link io.thespace.json.MergePatch}. */
public record SubjectChange(Optional<UUID> userId, Optional<@Size(min = 1, max = 320) String> identifier) {}
