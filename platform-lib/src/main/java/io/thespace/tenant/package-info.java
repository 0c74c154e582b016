/**
 * The data source, and the stamp that binds a transaction in PostgreSQL to its tenant.
 *
 * <p>Invariant: every transaction on the application's role is stamped with {@link io.thespace.tenant.Tenant#current()}
 * when it takes its connection. Without a tenant the stamp is empty, and row-level security hides all tenants' rows.
 */
package io.thespace.tenant;
