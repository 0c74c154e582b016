package io.thespace.memory;

/**
 * The result of storing a memory.
 *
 * @param duplicate whether the content was stored already; the memory is then the unchanged existing one
 */
public record MemoryReceipt(MemoryView memory, boolean duplicate) {

    /** For the documentation. */
    public static final MemoryReceipt EXAMPLE = new MemoryReceipt(MemoryView.EXAMPLE, false);
}
