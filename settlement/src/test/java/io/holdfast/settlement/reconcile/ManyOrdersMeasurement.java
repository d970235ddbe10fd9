package io.holdfast.settlement.reconcile;

import io.holdfast.core.Command;
import io.holdfast.embedded.EmbeddedPostgres;
import io.holdfast.settlement.log.SampleLog;
import io.holdfast.settlement.postgres.PostgresConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Compares a journal of very many orders with a Postgres that has them all, in a process with a heap of 128 MiB.
 *
 * <p>Arguments: how many orders; a directory to work in. Not a test: a million takes minutes to make.
 */
final class ManyOrdersMeasurement {
    private ManyOrdersMeasurement() {}

    public static void main(final String[] arguments) throws Exception {
        if (arguments.length == 4) {
            compare(Path.of(arguments[0]), new PostgresConfig(arguments[1], arguments[2], arguments[3]));
            return;
        }
        final int count = Integer.parseInt(arguments[0]);
        final Path home = Path.of(arguments[1]);
        final Path data = Files.createDirectories(home.resolve("data"));
        try (SampleLog sample = SampleLog.create(data, 64 << 20);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(home.resolve("postgres"))) {
            sample.run("rules live=10000000 finished=10000000 payments=20000000", "create berlin GA=9000000@4500 EUR");
            for (int i = 1; i <= count; i++) {
                sample.add(Command.of("place h" + i + " berlin b-" + i + " GA:1 key=k" + i))
                        .add(Command.of("pay p" + i + " h" + i + " 4500 EUR"));
            }
            sample.commit();
            settle(postgres, count, sample);
            System.out.printf(
                    "made %,d orders, the journal has %,d bytes%n",
                    count, sample.journal().durablePosition());
            final int status = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "--add-opens",
                            "java.base/jdk.internal.misc=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ManyOrdersMeasurement.class.getName(),
                            data.toString(),
                            postgres.jdbcUrl(),
                            postgres.user(),
                            postgres.password()))
                    .inheritIO()
                    .start()
                    .waitFor();
            System.out.println("exit status " + status);
        }
    }

    /** Sequences: 1 start, 2 rules, 3 the drop; order i is paid by 3 + 2 i. */
    private static void settle(final EmbeddedPostgres postgres, final int count, final SampleLog sample)
            throws Exception {
        final String hold = "('486f6c64-0000-4000-0000-' || lpad(to_hex(i), 12, '0'))::uuid";
        final String rows = " from generate_series(1, " + count + ") i";
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                var schema = TestPostgres.class.getResourceAsStream("../postgres/schema/V1__settlement.sql")) {
            statement.execute("create schema holdfast");
            statement.execute("set search_path to holdfast");
            statement.execute(new String(schema.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            statement.execute(
                    "insert into payments select 'p' || i, " + hold + ", 'PAID', 4500, 'EUR', 3 + 2 * i" + rows);
            statement.execute("insert into orders select " + hold + ", 'berlin', 'b-' || i, 'p' || i, 4500, 'EUR',"
                    + " to_timestamp(" + Command.START_MS / 1_000 + "), 3 + 2 * i, false" + rows);
            statement.execute("insert into order_items select " + hold + ", 'GA', 1, 4500" + rows);
            statement.execute("insert into settlement_cursor values ('"
                    + sample.log().id() + "', " + (3 + 2L * count) + ", 0, gen_random_uuid(), 1)");
            statement.execute("analyze");
        }
    }

    private static void compare(final Path data, final PostgresConfig postgres) throws InterruptedException {
        final long beganNs = System.nanoTime();
        final ReconcileReport report = new Reconciler(
                        new ReconcileConfig(data, Optional.empty(), Optional.of(postgres), Optional.empty(), false, 10),
                        count -> {})
                .run();
        System.out.printf(
                "compared %s: %,d differences, in %.1f s with a heap of %d MiB%n%s%n",
                report.compared(),
                report.differenceCount(),
                (System.nanoTime() - beganNs) / 1e9,
                Runtime.getRuntime().maxMemory() >> 20,
                report.differences());
    }
}
