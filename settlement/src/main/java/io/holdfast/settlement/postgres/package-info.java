/**
 * Settlement: payments, orders, refunds and the webhook outbox, written to Postgres in one transaction with the cursor.
 *
 * <p>Runs on the settlement follower's thread. Every row has a natural key, so that what is settled again changes nothing;
 * what differs is an alarm and never an overwrite.
 */
package io.holdfast.settlement.postgres;
