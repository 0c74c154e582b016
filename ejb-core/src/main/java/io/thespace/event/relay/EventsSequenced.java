package io.thespace.event.relay;

/** Fired on the node that gave events their positions in the log: they can be read from now on. */
public record EventsSequenced() {}
