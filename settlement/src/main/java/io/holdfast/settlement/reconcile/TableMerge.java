package io.holdfast.settlement.reconcile;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges what the journal would have in a table with what is there, both in the journal's order. What is not found in its
 * place is looked up by its key before it is said to be missing or extra: its sequence may be what differs.
 */
class TableMerge {
    /** The journal's rows that are looked up by key at once. */
    static final int LOOKUPS_MAX = 500;

    /** Rows out of place that are remembered until their key turns up; beyond, each counts as it was found. */
    private static final int OUT_OF_PLACE_MAX = 20_000;

    private final Table table;
    private final PostgresSession postgres;
    private final RowStream stream;
    private final RowFindings findings;

    /** The journal's rows that were not in their place, to be looked up. */
    private final List<Row> absent = new ArrayList<>();

    /** Rows that the journal did not have in their place, by key; and keys whose rows are known to stand elsewhere. */
    private final Map<String, Row> strays = new LinkedHashMap<>();

    private final Set<String> movedKeys = new HashSet<>();

    TableMerge(final Table table, final PostgresSession postgres, final RowStream stream, final RowFindings findings) {
        this.table = table;
        this.postgres = postgres;
        this.stream = stream;
        this.findings = findings;
    }

    /** The journal has this row; called in the order of sequences. Returns whether it stood in its place. */
    final boolean expect(final Row expected) throws SQLException {
        boolean isFound = false;
        while (stream.peek() != null && stream.peek().sequence() <= expected.sequence()) {
            final Row row = stream.take();
            if (row.sequence() == expected.sequence() && row.key().equals(expected.key())) {
                isFound = true;
                compare(expected, row);
            } else {
                stray(row);
            }
        }
        return isFound;
    }

    /** Looks for the row that did not stand in its place, sooner or later. */
    final void lookUp(final Row expected) throws SQLException {
        absent.add(expected);
        if (absent.size() == LOOKUPS_MAX) {
            lookUp();
        }
    }

    /** Both have the row: compares what they say. */
    void compare(final Row expected, final Row found) throws SQLException {
        for (int i = 0; i < expected.values().length; i++) {
            compare(i, expected, found);
        }
    }

    final void compare(final int column, final Row expected, final Row found) throws SQLException {
        if (!expected.values()[column].equals(found.values()[column])) {
            findings.different(
                    table,
                    expected.key(),
                    column,
                    expected.values()[column],
                    found.values()[column],
                    expected.payment());
        }
    }

    private void stray(final Row row) {
        if (movedKeys.remove(row.key())) {
            return;
        }
        if (strays.size() < OUT_OF_PLACE_MAX) {
            strays.put(row.key(), row);
        } else {
            findings.extra(table, row);
        }
    }

    /** Looks up by key all that was not in its place. */
    final void lookUp() throws SQLException {
        if (absent.isEmpty()) {
            return;
        }
        final Map<String, Row> found = new HashMap<>();
        for (final Row row :
                postgres.byKeys(table, absent.stream().map(Row::key).toList())) {
            found.put(row.key(), row);
        }
        for (final Row expected : absent) {
            place(expected, found.get(expected.key()));
        }
        absent.clear();
    }

    private void place(final Row expected, final Row found) throws SQLException {
        final Row next = stream.peek();
        if (found == null) {
            findings.missing(table, expected);
        } else if (found.isOfLostHistory()) {
            strays.remove(expected.key());
            findings.taken(table, expected, found);
        } else if (strays.remove(expected.key()) != null) {
            compare(expected, found);
        } else if (next != null && found.sequence() >= next.sequence()) {
            if (movedKeys.size() < OUT_OF_PLACE_MAX) {
                movedKeys.add(expected.key());
            }
            compare(expected, found);
        } else {
            findings.taken(table, expected, found);
        }
    }

    /** The journal has no more rows. */
    void finish() throws SQLException {
        while (stream.peek() != null) {
            stray(stream.take());
        }
        lookUp();
        strays.values().forEach(row -> findings.extra(table, row));
        strays.clear();
    }

    final PostgresSession postgres() {
        return postgres;
    }
}
