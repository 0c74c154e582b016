package io.thespace.sdk;

/** A change of a directive, drafted as its next version; null members keep the value of the latest version. */
public record DirectiveChange(String name, String content, Integer priority) {}
