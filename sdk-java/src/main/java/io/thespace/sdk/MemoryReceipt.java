package io.thespace.sdk;

/**
 * What became of an order.
 *
 * @param duplicate whether the content was kept already; then the memory is that one, as it was
 */
public record MemoryReceipt(Memory memory, boolean duplicate) {}
