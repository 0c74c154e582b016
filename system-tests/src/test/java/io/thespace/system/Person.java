package io.thespace.system;

import java.util.UUID;

/** A user who can sign in with {@link Fixtures#PASSWORD}. */
record Person(UUID id, UUID orgId, String email) {}
