package io.thespace.audit;

/**
 * The answer to a call that succeeded.
 *
 * @param status null when it has none
 * @param replayed whether it is that of an earlier call, and nothing was changed
 * @param digest SHA-256 of its body, in hexadecimal; null when it has none
 */
public record AuditedAnswer(Integer status, boolean replayed, String digest) {}
