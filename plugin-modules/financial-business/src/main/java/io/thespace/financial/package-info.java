/**
 * Accounts and transfers of a business on a double-entry ledger.
 *
 * <p>A transaction moves an amount of one currency between accounts of one organization as entries that sum to zero.
 * Customers' accounts belong to a user and never have a negative balance; the equity account, one for each currency, is
 * the business itself, pays for deposits and may be negative. Clients never name an equity account.
 *
 * <p>Invariants, enforced by the database (see {@code V1__ledger.sql}) independently of this code: transactions and
 * entries are only ever added; each transaction balances when it commits, in one currency; a balance is the sum of its
 * entries; a customer's balance is not negative; a transaction is reversed at most once; rows of other organizations
 * are not visible.
 *
 * <p>All accounts of a use case are locked in one statement and in the order of their ids, which prevents deadlocks of
 * opposite transfers. Failures: each use case rejects with {@link io.thespace.financial.FinancialError}, before any
 * change. A lock timeout and an unavailable database are thrown as {@link jakarta.persistence.PersistenceException},
 * which the platform reports as temporary.
 */
package io.thespace.financial;
