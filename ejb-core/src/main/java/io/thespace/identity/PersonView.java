package io.thespace.identity;

import java.util.UUID;

/** A member's name. */
public record PersonView(UUID userId, String name) {}
