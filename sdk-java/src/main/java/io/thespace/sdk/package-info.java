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
 * <p>Invariants: resources are created once, even if a response was lost and the call was sent again, since each such
 * call has one {@code Idempotency-Key} for all its attempts. Calls that are not idempotent are not sent again unless
 * the platform reported that it did nothing. Every call ends within its time limit. The bearer is not part of any
 * message or {@code toString}.
 *
 * <p>Failures: a {@link io.thespace.sdk.RefusedException} reports a rejection with its reason, an {@link
 * io.thespace.sdk.UnreachableException} a missing response. Members and values that a later platform adds are
 * tolerated: members are ignored, and statuses and permissions are text.
 */
package io.thespace.sdk;
