package io.thespace.sdk;

/**
 * The result of storing a memory.
 *
 * @param duplicate whether the content was stored already; the memory is then the unchanged existing one
 */
public record MemoryReceipt(Memory memory, boolean duplicate) {}
