package io.holdfast.settlement.reconcile;

import java.sql.SQLException;

/** Takes what differs between the journal and a table, row by row. */
interface RowFindings {
    /** The journal's row is not in the table. */
    void missing(Table table, Row expected) throws SQLException;

    /** The journal's row is not in the table, since its key belongs to an earlier payment, or to one of a lost history. */
    void taken(Table table, Row expected, Row found) throws SQLException;

    /** Both have the row, and a column says different things. */
    void different(Table table, String key, int column, String expected, String found, JournalPayment payment)
            throws SQLException;

    /** The table has a row that the journal does not know. */
    void extra(Table table, Row found);
}
