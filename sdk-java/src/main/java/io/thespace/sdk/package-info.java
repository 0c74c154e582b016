/**
 * A client of the management API.
 *
 * <pre>{@code
 * ManagementClient space = ManagementClient.at(URI.create("https://space.example.org"))
 *         .bearer(() -> System.getenv("THE_SPACE_TOKEN"))
 *         .build();
 * Agent agent = space.agents().create(new AgentOrder("support", "gpt-4o-mini"));
 * space.agents().activate(agent.id());
 * for (Agent each : space.agents().list()) {
 *     System.out.println(each.name() + " is " + each.status());
 * }
 * }</pre>
 *
 * <p>Invariants: whatever is created is created once, also when an answer was lost and the call was sent again, since each
 * such call carries one {@code Idempotency-Key} for all its attempts. What can't be told apart like that is not sent again
 * unless the platform said that it did nothing. Every call ends within its time limit. The bearer is in no message and in
 * no {@code toString}.
 *
 * <p>What may fail: a {@link io.thespace.sdk.RefusedException} says what the platform refused and why, an
 * {@link io.thespace.sdk.UnreachableException} that there was no answer. Members and values that a later platform adds are
 * no failure: members are left out, and statuses and permissions are text.
 */
package io.thespace.sdk;
