package io.holdfast.settlement.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is to blame for a failed statement: the rows, nobody, or the weather. */
class SqlFaultTest {
    @ParameterizedTest
    @CsvSource({
        "40001, AGAIN", // serialization failure
        "40P01, AGAIN", // deadlock
        "22001, DATA", // string too long
        "22021, DATA", // not in the encoding
        "23502, DATA", // null
        "23505, DATA", // unique
        "23514, DATA", // check
        "44000, DATA", // with check option
        "54000, DATA", // too long for an index
        "P0001, DATA", // raised by a trigger
        "08006, AWAY", // connection lost
        "08001, AWAY", // no connection
        "25006, AWAY", // a standby
        "25P03, AWAY", // idle in a transaction
        "28P01, AWAY", // wrong password
        "3D000, AWAY", // no such database
        "42P01, AWAY", // no such table
        "42501, AWAY", // no right to it
        "53100, AWAY", // disk full
        "53200, AWAY", // out of memory
        "53300, AWAY", // too many connections
        "55P03, AWAY", // lock not to be had
        "57014, AWAY", // statement timeout
        "57P01, AWAY", // shut down by an administrator
        "57P03, AWAY", // not yet up
        "58030, AWAY", // its disk failed
        "XX000, AWAY", // a fault of its own
        ", AWAY", // none: the pool's or the driver's own
    })
    void shouldBlameRowsOnlyForWhatTheyAre(final String state, final SqlFault fault) {
        assertThat(SqlFault.of(new SQLException("failed", state))).isEqualTo(fault);
    }
}
