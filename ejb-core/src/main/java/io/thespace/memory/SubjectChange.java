package io.thespace.memory;

import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.UUID;

/** What is to change about whom a memory is about; what is null stays, what is empty is cleared. */
public record SubjectChange(Optional<UUID> userId, Optional<@Size(min = 1, max = 320) String> identifier) {}
