package io.thespace.directive;

/** For whom a directive is. */
public enum DirectiveScope {
    /** For every agent of the organization. */
    ORGANIZATION,
    /** For one agent. */
    AGENT
}
