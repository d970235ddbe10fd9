package io.holdfast.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plays a table: what is commanded when, which events that leads to, the stock after it, the answer.
 *
 * <pre>
 *   at | command               | events        | stock    | answer
 *    0 | create berlin GA=5    | DropCreated   | GA 5/0/0 |
 *   +5 | place h1 berlin a GA:2| HoldPlaced h1 | GA 3/2/0 |
 * </pre>
 *
 * <p>{@code at} is in seconds after the start, with a plus after the row above, empty for the same moment. Several events
 * stand with commas between; {@code -} is none. An empty cell is not checked. Stock is of the drop that a command named
 * last. Every table ends with the check that all roads lead to the state it reached.
 */
final class Scenario {
    private final CoreDriver driver = new CoreDriver(1);
    private final Replica follower = new Replica(2);
    private double now;
    private String drop = "";

    private Scenario() {
        driver.journalTo(follower);
    }

    static Scenario play(final String table) {
        return new Scenario().then(table);
    }

    /** Goes on with another table. */
    Scenario then(final String table) {
        final List<String> rows = new ArrayList<>(table.lines().toList());
        final List<String> columns = cells(rows.remove(0));
        for (final String row : rows) {
            play(row, columns, cells(row));
        }
        checkRoads();
        return this;
    }

    private static List<String> cells(final String row) {
        return Arrays.stream(row.split("\\|", -1)).map(String::trim).toList();
    }

    private void play(final String row, final List<String> columns, final List<String> cells) {
        final String at = cells.get(columns.indexOf("at"));
        if (!at.isEmpty()) {
            now = at.startsWith("+") ? now + Double.parseDouble(at.substring(1)) : Double.parseDouble(at);
        }
        final Command command = Command.of(cells.get(columns.indexOf("command")));
        final List<String> events = driver.at(now).run(command);
        final String answer = cell(columns, cells, "answer").isEmpty() ? "" : driver.answerText();
        if (!command.drop.isEmpty()) {
            drop = command.drop;
        }
        check(row, cell(columns, cells, "events"), events.isEmpty() ? "-" : String.join(", ", events));
        check(row, cell(columns, cells, "answer"), answer);
        if (!cell(columns, cells, "stock").isEmpty()) {
            check(row, cell(columns, cells, "stock"), driver.stock(drop));
        }
    }

    private static String cell(final List<String> columns, final List<String> cells, final String name) {
        final int column = columns.indexOf(name);
        return column < 0 || column >= cells.size() ? "" : cells.get(column);
    }

    private static void check(final String row, final String expected, final String actual) {
        if (!expected.isEmpty()) {
            assertThat(actual).as("row: %s", row.trim()).isEqualTo(expected);
        }
    }

    private void checkRoads() {
        final long hash = driver.core().stateHash();
        assertThat(follower.core().stateHash()).as("state by events").isEqualTo(hash);
        assertThat(Replica.copyOf(driver.core(), 3).stateHash())
                .as("state by snapshot")
                .isEqualTo(hash);
    }

    CoreDriver driver() {
        return driver;
    }
}
