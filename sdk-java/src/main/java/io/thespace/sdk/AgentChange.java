package io.thespace.sdk;

import java.util.List;

/** What is to change about an agent; what is null stays. */
public record AgentChange(String name, String description, String model, List<String> tools, Budget budget) {}
