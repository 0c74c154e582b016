package io.thespace.sdk;

import java.util.List;

/**
 * An agent is to be.
 *
 * @param description null for none
 * @param model the language model that it thinks with, by its name on the platform
 * @param tools which tools it may use; null for none
 * @param budget what it may spend in a calendar month; null for none
 */
public record AgentOrder(String name, String description, String model, List<String> tools, Budget budget) {

    public AgentOrder(String name, String model) {
        this(name, null, model, null, null);
    }
}
