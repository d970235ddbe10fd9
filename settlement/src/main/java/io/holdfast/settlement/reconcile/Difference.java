package io.holdfast.settlement.reconcile;

/**
 * One thing of which the journal and a store say different things.
 *
 * @param store {@code postgres} or {@code redis}
 * @param kind a table, {@code hold}, {@code stock} or {@code cursor}
 * @param key what it is about: a payment's id, an order's, a hold's, a drop
 * @param what {@code missing}, {@code extra}, or the column or field that differs
 * @param journal what the journal says; empty where it says nothing
 * @param found what the store says; empty where it says nothing
 */
public record Difference(String store, String kind, String key, String what, String journal, String found) {
    public static final String POSTGRES = "postgres";
    public static final String REDIS = "redis";
    public static final String MISSING = "missing";
    public static final String EXTRA = "extra";

    /** In a sentence. */
    @Override
    public String toString() {
        final String in = POSTGRES.equals(store) ? "Postgres" : "Redis";
        final String about = kind + " " + key + ": ";
        return switch (what) {
            case MISSING -> about + "missing in " + in + " (" + journal + ")";
            case EXTRA -> about + "in " + in + " only (" + found + ")";
            default -> about + what + " is " + found + " in " + in + ", the journal says " + journal;
        };
    }
}
