/**
 * The data source, and the stamp that tells PostgreSQL which tenant a transaction is for.
 *
 * <p>Invariant: every transaction on the application's role is stamped with {@link io.thespace.tenant.Tenant#current()}
 * when it takes its connection. Without a tenant the stamp is empty, and row-level security shows no tenant's rows.
 */
package io.thespace.tenant;
