package io.thespace.sdk;

import java.util.List;

/**
 * Request to create an agent.
 *
 * @param description null for none
 * @param model the name of its language model on the platform
 * @param tools the tools that it may use; null for none
 * @param budget its spending limit per calendar month; null for none
 */
public record AgentOrder(String name, String description, String model, List<String> tools, Budget budget) {

    public AgentOrder(String name, String model) {
        this(name, null, model, null, null);
    }
}
