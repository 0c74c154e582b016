package io.thespace.invitation;

/** Fired by a use case after which an invitation may no longer be worth what it was. */
public record InvitationChanged() {}
