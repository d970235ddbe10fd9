package io.holdfast.settlement.redis;

import io.holdfast.embedded.EmbeddedRedis;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A Redis for all tests of a class, and for each a log, and a mirror that has not read it yet. */
abstract class MirrorFixture {
    static EmbeddedRedis server;

    MirrorRun run;

    private final String[] commands;

    /** With two holds in Berlin: alice's of two, bob's of one. */
    MirrorFixture() {
        this("create berlin GA=500@4500 VIP=20@9000 EUR", "place h1 berlin alice GA:2", "place h2 berlin bob VIP:1");
    }

    /** With what these commands put into the log. */
    MirrorFixture(final String... commands) {
        this.commands = commands;
    }

    @BeforeAll
    static void startRedis(@TempDir final Path directory) throws IOException {
        server = EmbeddedRedis.start(directory);
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @BeforeEach
    void begin(@TempDir final Path directory) {
        run = new MirrorRun(directory.resolve("data"), server.port());
        run.redis().ask("FLUSHALL");
        run.log.run(commands);
    }

    @AfterEach
    void end() {
        run.close();
    }
}
