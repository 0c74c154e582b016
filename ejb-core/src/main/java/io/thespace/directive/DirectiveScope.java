package io.thespace.directive;

/** The scope of a directive. */
public enum DirectiveScope {
    /** For every agent of the organization. */
    ORGANIZATION,
    /** For one agent. */
    AGENT
}
