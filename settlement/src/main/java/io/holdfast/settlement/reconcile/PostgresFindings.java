package io.holdfast.settlement.reconcile;

import java.sql.SQLException;
import java.util.Optional;

/** Names what differs in Postgres, and hands on to a repair what can be repaired. */
final class PostgresFindings implements RowFindings {
    private final Findings findings;
    private final Optional<PostgresRepair> repair;
    private final long settledSequence;

    /**
     * @param settledSequence where settlement stands: what comes after is not repaired but settled
     */
    PostgresFindings(final Findings findings, final Optional<PostgresRepair> repair, final long settledSequence) {
        this.findings = findings;
        this.repair = repair;
        this.settledSequence = settledSequence;
    }

    @Override
    public void missing(final Table table, final Row expected) throws SQLException {
        final boolean isSettled = expected.sequence() <= settledSequence;
        final String journal = expected.payment().words()
                + (isSettled ? "" : ", not settled yet: settlement stands at sequence " + settledSequence);
        add(table.sqlName(), expected.key(), Difference.MISSING, journal, "");
        if (isSettled && repair.isPresent()) {
            repair.get().insert(table, expected);
        }
    }

    @Override
    public void taken(final Table table, final Row expected, final Row found) {
        final String journal = expected.payment().words() + "; a row of sequence " + found.sequence()
                + ofLostHistory(found) + " bears its key, for a person to look at";
        add(table.sqlName(), expected.key(), Difference.MISSING, journal, "");
    }

    @Override
    public void different(
            final Table table,
            final String key,
            final int column,
            final String expected,
            final String found,
            final JournalPayment payment)
            throws SQLException {
        final String name = table.columns().get(column).name();
        if (Table.ITEMS.equals(name)) {
            add(Table.ITEMS, key, "items", expected, found);
            if (repair.isPresent()) {
                repair.get().setItems(key, payment, found, expected);
            }
            return;
        }
        add(table.sqlName(), key, name, expected, found);
        if (repair.isPresent()) {
            repair.get().set(table, key, table.columns().get(column), found, expected);
        }
    }

    @Override
    public void extra(final Table table, final Row found) {
        add(
                table.sqlName(),
                found.key(),
                Difference.EXTRA,
                "",
                words(table, found) + (found.isOfLostHistory() ? "," : "") + ofLostHistory(found));
    }

    /** Items of orders that there are not. */
    void extraItems(final String order, final String items) {
        add(Table.ITEMS, order, Difference.EXTRA, "", items + ", of no order");
    }

    private static String ofLostHistory(final Row row) {
        return row.isOfLostHistory() ? " of a history that was lost" : "";
    }

    private static String words(final Table table, final Row row) {
        final StringBuilder words = new StringBuilder();
        for (int i = 0; i < row.values().length; i++) {
            words.append(i == 0 ? "" : ", ")
                    .append(table.columns().get(i).name())
                    .append(' ')
                    .append(row.values()[i]);
        }
        return words.toString();
    }

    private void add(final String kind, final String key, final String what, final String journal, final String found) {
        findings.add(new Difference(Difference.POSTGRES, kind, key, what, journal, found));
    }
}
