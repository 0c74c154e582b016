package io.thespace.memory;

/**
 * What became of an order.
 *
 * @param duplicate whether the content was kept already; then the memory is that one, as it was
 */
public record MemoryReceipt(MemoryView memory, boolean duplicate) {

    /** For the documentation. */
    public static final MemoryReceipt EXAMPLE = new MemoryReceipt(MemoryView.EXAMPLE, false);
}
