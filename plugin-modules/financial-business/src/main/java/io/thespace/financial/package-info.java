/**
 * The business's money: accounts and transfers on a double-entry ledger.
 *
 * <p>A transaction moves an amount of one currency between accounts of one organization as entries that sum to zero.
 * Customers' accounts belong to a user and never go below zero; the equity account, one for each currency, is the
 * business itself, pays for deposits and may be negative. Clients never name an equity account.
 *
 * <p>Invariants, kept by the database itself (see {@code V1__ledger.sql}) whatever the code here does: transactions and
 * entries are only ever added; each transaction balances when it commits, in one currency; a balance is the sum of its
 * entries; a customer's balance is not negative; a transaction is reversed at most once; no row of another organization
 * is seen.
 *
 * <p>What locks accounts locks all it needs in one statement and in the order of their ids, so opposite transfers wait
 * for each other and never deadlock. What may fail: each use case refuses with {@link
 * io.thespace.financial.FinancialError}, before it changes anything. A wait for a lock that runs out, and a database
 * that is away, come out as the {@link jakarta.persistence.PersistenceException} they are, which the platform answers as
 * "try again".
 */
package io.thespace.financial;
