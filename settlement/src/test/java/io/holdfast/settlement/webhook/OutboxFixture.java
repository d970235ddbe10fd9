package io.holdfast.settlement.webhook;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A Postgres for all tests of a class, and for each an empty outbox. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OutboxFixture {
    OutboxDatabase database;

    @BeforeAll
    void startPostgres(@TempDir final Path directory) throws Exception {
        database = new OutboxDatabase(directory);
    }

    @AfterAll
    void stopPostgres() {
        database.close();
    }

    @BeforeEach
    void clear() throws Exception {
        database.clear();
    }
}
