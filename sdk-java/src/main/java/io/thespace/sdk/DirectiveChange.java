package io.thespace.sdk;

/** What is to be different in a directive's next version; what is null is as in the latest one. */
public record DirectiveChange(String name, String content, Integer priority) {}
